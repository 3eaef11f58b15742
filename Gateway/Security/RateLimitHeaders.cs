using System.Globalization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace OnlineCompiler.Gateway.Security;

/// <summary>
/// Tells a caller who runs programs how many more runs may follow, in every answer, refusals too, so that clients can slow down before
/// they are told to: the fields <c>RateLimit-Policy</c> and <c>RateLimit</c> of draft-ietf-httpapi-ratelimit-headers-10.
/// </summary>
internal static class RateLimitHeaders
{
    public const string Policy = "RateLimit-Policy";
    public const string Limit = "RateLimit";

    public static void UseRateLimitHeaders(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<IOptions<RateLimitOptions>>().Value;
        var budget = app.Services.GetRequiredService<RunBudget>();
        var policy = string.Create(CultureInfo.InvariantCulture, $"\"{RateLimits.Runs}\";q={limits.RunBurst};w={SecondsFor(limits.RunBurst, limits)}");
        app.Use((context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>() is { PolicyName: RateLimits.Runs })
            {
                context.Response.OnStarting(() =>
                {
                    var left = budget.Left(Caller.Of(context));
                    context.Response.Headers[Policy] = policy;
                    context.Response.Headers[Limit] = string.Create(
                        CultureInfo.InvariantCulture, $"\"{RateLimits.Runs}\";r={left};t={SecondsFor(limits.RunBurst - left, limits)}");
                    return Task.CompletedTask;
                });
            }
            return next(context);
        });
    }

    private static long SecondsFor(long runs, RateLimitOptions limits) => (runs + limits.RunsPerSecond - 1) / limits.RunsPerSecond;
}

using System.Globalization;
using Microsoft.AspNetCore.RateLimiting;

namespace OnlineCompiler.Gateway.Security.Limits;

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
        var budget = app.Services.GetRequiredService<RunBudget>();
        app.Use((context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>() is { PolicyName: RateLimits.Runs })
            {
                context.Response.OnStarting(() =>
                {
                    var (limits, left) = budget.Look(context);
                    context.Response.Headers[Policy] = string.Create(
                        CultureInfo.InvariantCulture, $"\"{RateLimits.Runs}\";q={limits.Burst};w={SecondsFor(limits.Burst, limits)}");
                    context.Response.Headers[Limit] = string.Create(
                        CultureInfo.InvariantCulture, $"\"{RateLimits.Runs}\";r={left};t={SecondsFor(limits.Burst - left, limits)}");
                    return Task.CompletedTask;
                });
            }
            return next(context);
        });
    }

    private static long SecondsFor(long runs, RunLimits limits) => (long)Math.Ceiling(limits.TimeFor(runs).TotalSeconds);
}

using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OnlineCompiler.Gateway.Api;
using OnlineCompiler.Gateway.Callbacks;
using OnlineCompiler.Gateway.Judge0.Access;
using OnlineCompiler.Gateway.Judge0.Languages;
using OnlineCompiler.Gateway.Judge0.Running;
using OnlineCompiler.Gateway.Judge0.Server;
using OnlineCompiler.Gateway.Judge0.Submissions;
using OnlineCompiler.Gateway.Judge0.Wire;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Judge0;

/// <summary>
/// What clients of Judge0 CE speak, under <c>/judge0</c>. Behind it are the same calls, callers and limits as behind the native API.
/// </summary>
internal static class Judge0Api
{
    private const string Prefix = "/judge0";
    private const string CorsPolicy = "judge0";

    public static void AddJudge0(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<Judge0Options>()
            .BindConfiguration(Judge0Options.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddOptions<Judge0Limits>()
            .BindConfiguration(Judge0Limits.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<JudgeLanguages>();
        builder.Services.AddSingleton<JudgeStore>();
        builder.Services.AddSingleton<JudgeRuns>();
        builder.Services.AddSingleton<JudgeAccess>();
        builder.Services.AddSingleton<JudgeCalls>();
        builder.Services.AddSingleton<Statistics>();
        builder.Services.AddSingleton<JudgeFollower>();
        builder.Services.AddSingleton<ICallbackFormat, JudgeCallbackFormat>();
        builder.Services.AddHostedService(services => services.GetRequiredService<JudgeFollower>());
        builder.Services.AddOptions<CorsOptions>().Configure((CorsOptions cors, IOptions<CorsSettings> settings, IOptions<Judge0Options> options) =>
            cors.AddPolicy(CorsPolicy, policy => AllowPages(policy, settings.Value, options.Value)));
    }

    public static void MapJudge0(this WebApplication app)
    {
        var judge0 = Common(app.MapGroup(Prefix)).AddEndpointFilter(AuthenticateAsync);
        judge0.MapSubmissions();
        judge0.MapBatches();
        judge0.MapLanguages();
        judge0.MapServer();

        var open = Common(app.MapGroup(Prefix));
        open.MapGet("/", () => Results.Text("", "text/html")).ExcludeFromDescription();
        open.Map("/{**path}", IResult () => throw JudgeRefusal.Bare(StatusCodes.Status404NotFound)).WithOrder(int.MaxValue - 2).ExcludeFromDescription();
    }

    private static RouteGroupBuilder Common(RouteGroupBuilder judge0) => judge0
        .WithTags("Judge0 CE")
        .WithBodyLimit()
        .WithMetadata(new EnableCorsAttribute(CorsPolicy), JudgeError.Shape)
        .RequireRateLimiting(RateLimits.Requests)
        .AddEndpointFilter(RefuseAsync)
        .WithMetadata(
            new ProducesResponseTypeMetadata(StatusCodes.Status401Unauthorized, typeof(JudgeError), ["application/json"]),
            new ProducesResponseTypeMetadata(StatusCodes.Status403Forbidden, typeof(JudgeError), ["application/json"]),
            new ProducesResponseTypeMetadata(StatusCodes.Status429TooManyRequests, typeof(JudgeError), ["application/json"]),
            new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, typeof(JudgeError), ["application/json"]));

    private static async ValueTask<object?> RefuseAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        try
        {
            return await next(invocation);
        }
        catch (JudgeRefusal refusal)
        {
            return refusal.ToResult(invocation.HttpContext.Request);
        }
    }

    private static ValueTask<object?> AuthenticateAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        invocation.HttpContext.RequestServices.GetRequiredService<JudgeAccess>().Authenticate(invocation.HttpContext.Request);
        return next(invocation);
    }

    // Pages send no cookies here.
    private static void AllowPages(CorsPolicyBuilder policy, CorsSettings settings, Judge0Options options)
    {
        (options.AnyOrigin ? policy.AllowAnyOrigin() : policy.WithOrigins(settings.Origins))
            .AllowAnyMethod()
            .AllowAnyHeader()
            .WithExposedHeaders(HeaderNames.RetryAfter, TraceResponse.HeaderName);
    }
}

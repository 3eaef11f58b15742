using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OnlineCompiler.Gateway.Api;
using OnlineCompiler.Gateway.Piston.Connect;
using OnlineCompiler.Gateway.Piston.Errors;
using OnlineCompiler.Gateway.Piston.Jobs;
using OnlineCompiler.Gateway.Piston.Runtimes;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Piston;

/// <summary>
/// What clients of Piston v2 speak, at both addresses that they hard-code: that of a server of one's own, and that of Piston's
/// public gateway. Behind it are the same calls, callers and limits as behind the native API.
/// </summary>
internal static class PistonApi
{
    private const string CorsPolicy = "piston";

    public static void AddPiston(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PistonOptions>()
            .BindConfiguration(PistonOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<InstalledRuntimes>();
        builder.Services.AddOptions<CorsOptions>().Configure((CorsOptions cors, IOptions<CorsSettings> settings, IOptions<PistonOptions> options) =>
            cors.AddPolicy(CorsPolicy, policy => AllowPages(policy, settings.Value, options.Value)));
    }

    public static void MapPiston(this WebApplication app)
    {
        Map(app, PistonServer.Own);
        // Described once: two addresses of one thing.
        Map(app, PistonServer.Public).ExcludeFromDescription();
        Common(app.MapGroup(PistonServer.Own.Prefix)).Map("/{**path}", Refuse).WithOrder(int.MaxValue - 2).ExcludeFromDescription();
    }

    private static RouteGroupBuilder Map(WebApplication app, PistonServer server)
    {
        var piston = Common(app.MapGroup(server.Prefix));
        piston.MapRuntimes(server);
        piston.MapJobs(server);
        piston.MapConnect(server);
        return piston;
    }

    private static RouteGroupBuilder Common(RouteGroupBuilder piston) => piston
        .WithTags("Piston v2")
        .WithBodyLimit()
        .WithMetadata(new EnableCorsAttribute(CorsPolicy), PistonErrors.Shape)
        .RequireRateLimiting(RateLimits.Requests)
        .ProducesPistonError(StatusCodes.Status401Unauthorized)
        .ProducesPistonError(StatusCodes.Status403Forbidden)
        .ProducesPistonError(StatusCodes.Status429TooManyRequests)
        .ProducesPistonError(StatusCodes.Status503ServiceUnavailable);

    private static RouteGroupBuilder ProducesPistonError(this RouteGroupBuilder piston, int status) =>
        piston.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(PistonError), ["application/json"]));

    // Pages send no cookies here, and some send a key that nobody asks for.
    private static void AllowPages(CorsPolicyBuilder policy, CorsSettings settings, PistonOptions options)
    {
        (options.AnyOrigin ? policy.AllowAnyOrigin() : policy.WithOrigins(settings.Origins))
            .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Delete)
            .AllowAnyHeader()
            .WithExposedHeaders(HeaderNames.RetryAfter, TraceResponse.HeaderName);
    }

    // Piston looks at the header before it looks for the path, and has no 405.
    private static void Refuse(HttpRequest request)
    {
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        throw isRead || PistonBody.IsJson(request)
            ? new ProblemException(ProblemKind.NotFound.Problem("Not Found"))
            : PistonBody.NotJson();
    }
}

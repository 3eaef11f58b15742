using System.Text.Json;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace OnlineCompiler.ServiceDefaults;

/// <summary>Liveness says that the process answers; readiness names every check and what is wrong with it.</summary>
internal static class HealthExtensions
{
    public const string Path = "/health";
    private const string LiveTag = "live";

    public static void AddDefaultHealthChecks<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder =>
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks($"{Path}/live", new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag), ResponseWriter = WriteAsync });
        app.MapHealthChecks($"{Path}/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });

        // Registered by AddGrpcServer; answers what "ready" does, over the connection that calls take.
        if (app.Services.GetService<HealthServiceImpl>() is not null)
            app.MapGrpcHealthChecksService();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        var checks = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new { status = Lower(entry.Value.Status), description = entry.Value.Description });
        return JsonSerializer.SerializeAsync(
            context.Response.Body, new { status = Lower(report.Status), checks }, JsonSerializerOptions.Web, context.RequestAborted);
    }

    private static string Lower(HealthStatus status) => status.ToString().ToLowerInvariant();
}

using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OnlineCompiler.Web.StaticFiles;

/// <summary>Not ready without a page to serve: the client was not built, or not published.</summary>
internal sealed class ClientAppHealthCheck(IWebHostEnvironment environment) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(environment.WebRootFileProvider.GetFileInfo("index.html").Exists
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("wwwroot/index.html is missing; `dotnet build` makes it, with Node.js 20.19 or newer."));
}

using System.Net;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OnlineCompiler.Gateway.Tests.Services;

/// <summary>What stands behind a Gateway under test: real gRPC over HTTP/2 and a real web host, on ports of their own.</summary>
internal sealed class FakeServices : IAsyncDisposable
{
    private const int MaxMessageBytes = 48 * 1024 * 1024;
    private readonly WebApplication _app;

    private FakeServices()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = MaxMessageBytes);
        builder.Services.AddSingleton(Execution);
        builder.Services.AddSingleton(Callbacks);
        builder.Services.AddSingleton(Sessions);
        builder.Services.AddSingleton(Assistant);
        builder.Services.AddSingleton(Health);

        _app = builder.Build();
        _app.MapGrpcService<FakeExecution>();
        _app.MapGrpcService<FakeCallbacks>();
        _app.MapGrpcService<FakeSessions>();
        _app.MapGrpcService<FakeAssistant>();
        _app.MapGrpcService<HealthServiceImpl>();
        _app.MapGet("/health/live", () => "live");
        _app.MapGet("/", WritePage);
        _app.MapGet("/s/{id}", WriteProgramsPage);
    }

    public FakeExecution Execution { get; } = new();

    public FakeCallbacks Callbacks { get; } = new();

    public FakeSessions Sessions { get; } = new();

    public FakeAssistant Assistant { get; } = new();

    public HealthServiceImpl Health { get; } = new();

    public string GrpcUrl => _app.Urls.First();

    public string WebUrl => _app.Urls.Last();

    public static async Task<FakeServices> StartAsync()
    {
        var services = new FakeServices();
        services.Health.SetStatus("", HealthCheckResponse.Types.ServingStatus.Serving);
        await services._app.StartAsync();
        return services;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static IResult WritePage(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = "script-src 'self'";
        return Results.Content("<title>the web</title>", "text/html");
    }

    /// <summary>Compressed, unchanged or in part, as the web host's, to whoever asks for that.</summary>
    private static IResult WriteProgramsPage(HttpContext context)
    {
        var asked = context.Request.Headers;
        if (asked.IfNoneMatch.Count > 0)
            return Results.StatusCode(StatusCodes.Status304NotModified);
        if (asked.AcceptEncoding.Count > 0)
            context.Response.Headers.ContentEncoding = "br";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.ContentSecurityPolicy = "script-src 'self'";
        var page = "<!doctype html><html><head><title>the web</title></head><body>the page</body></html>"u8.ToArray();
        return Results.File(page, "text/html", entityTag: new("\"page\""), enableRangeProcessing: true);
    }
}

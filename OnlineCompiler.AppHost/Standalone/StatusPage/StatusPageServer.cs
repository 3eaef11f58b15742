using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OnlineCompiler.AppHost.Standalone.Orchestration;

namespace OnlineCompiler.AppHost.Standalone.StatusPage;

/// <summary>Serves the status page: on this machine only, at <c>StatusPage:Port</c> (18888; any free one when taken, or 0).</summary>
internal sealed class StatusPageServer(
    Orchestrator orchestrator, IResourceCollection resources, ResourceNotificationService notifications, PortReservations ports, IConfiguration configuration)
    : IHostedService, IDisposable
{
    public const string PortKey = "StatusPage:Port";
    private const int DefaultPort = 18888;

    private readonly CancellationTokenSource _stopping = new();
    private WebApplication? _app;

    /// <summary>Where the page is; null before the start.</summary>
    public Uri? Address { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Address = new Uri($"http://localhost:{ports.Hold(configuration.GetValue(PortKey, DefaultPort))}");
        // It would watch every folder below the one it was started from, for settings that it does not have.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.ToString());
        // A page elsewhere must not read this one through a name of its own that leads to this machine.
        builder.Configuration["AllowedHosts"] = "localhost;127.0.0.1;[::1]";

        _app = builder.Build();
        MapPage(_app);
        await _app.StartAsync(cancellationToken);
        await Console.Out.WriteLineAsync($"Status page: {Address.GetLeftPart(UriPartial.Authority)}");
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        if (_app is null)
            return;

        await _app.StopAsync(cancellationToken);
        await _app.DisposeAsync();
        _app = null;
    }

    public void Dispose() => _stopping.Dispose();

    private void MapPage(WebApplication app)
    {
        var assets = typeof(StatusPageServer).Assembly;
        var page = new StatusPageHtml(new Variables.SecretMask(resources), notifications);
        app.UseHostFiltering();

        app.MapGet("/", () => Results.Content(page.Page(orchestrator.Runners), "text/html; charset=utf-8"));
        app.MapGet("/status.css", () => Results.Stream(assets.GetManifestResourceStream("status.css")!, "text/css; charset=utf-8"));
        app.MapGet("/status.js", () => Results.Stream(assets.GetManifestResourceStream("status.js")!, "text/javascript; charset=utf-8"));
        app.MapGet("/resources", () => Results.Json(orchestrator.Runners.Select(runner => ResourceStatus.Of(runner, notifications))));
        app.MapGet("/events", (CancellationToken aborted) => TypedResults.ServerSentEvents(WatchAsync(page, aborted)));
        app.MapGet("/resources/{name}/log", IResult (string name, CancellationToken aborted) => orchestrator.Find(name) is { } runner
            ? TypedResults.ServerSentEvents(FollowAsync(runner, aborted))
            : TypedResults.NotFound());
    }

    private async IAsyncEnumerable<SseItem<string>> WatchAsync(StatusPageHtml page, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, _stopping.Token);
        await foreach (var change in notifications.WatchAsync(ended.Token))
        {
            if (orchestrator.Find(change.Resource.Name) is not { } runner)
                continue;

            yield return new SseItem<string>(page.Overview(orchestrator.Runners), "part");
            yield return new SseItem<string>(page.Summary(runner), "part");
            yield return new SseItem<string>(page.Variables(runner), "part");
        }
    }

    private async IAsyncEnumerable<SseItem<LogLine>> FollowAsync(ResourceRunner runner, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, _stopping.Token);
        await foreach (var line in runner.Output.ReadAsync(ended.Token))
            yield return new SseItem<LogLine>(line, "line");
    }
}

using System.Net.WebSockets;
using System.Text.Json;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Interactive;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Readiness;

/// <summary>
/// Calls this very Gateway as other programs and the page will, some times, before it is ready: what the runtime has compiled and
/// connected by then need not be waited for by the first callers. It counts for the rate limit of the machine's own address. Where it
/// does not succeed nothing is lost: whether programs run is for <see cref="TrialRunCheck"/> to say.
/// </summary>
internal sealed class WarmUp(
    IServer server,
    IHostApplicationLifetime lifetime,
    IHttpClientFactory clients,
    ExecutionClient execution,
    IOptions<ReadinessOptions> options,
    ILogger<WarmUp> logger) : BackgroundService, IHealthCheck
{
    public const string Name = "warm-up";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private volatile bool _isOver;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        _isOver ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus, "The first programs are being run."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        patience.CancelAfter(Patience);
        try
        {
            if (options.Value.WarmUpRuns > 0)
                await RunAsync(patience.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or WebSocketException or RpcException or OperationCanceledException)
        {
            logger.WarmUpEnded(exception);
        }
        finally
        {
            _isOver = true;
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await StartedAsync(cancellationToken);
        var languages = await execution.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: cancellationToken);
        if (TrialProgram.Choose(languages.Languages) is not { } program || OwnAddress() is not { } address)
            return;

        var body = JsonSerializer.SerializeToUtf8Bytes(BodyOf(program.Request), ApiJson.Options);
        var start = JsonSerializer.SerializeToUtf8Bytes(new ClientFrame { Type = "start", Execution = BodyOf(program.Request) with { Stdin = null } }, ApiJson.Options);
        using var http = clients.CreateClient(Name);
        http.BaseAddress = address;
        for (var run = 0; run < options.Value.WarmUpRuns; run++)
        {
            await PostAsync(http, body, cancellationToken);
            await ConnectAsync(address, start, cancellationToken);
        }
    }

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The port for HTTP, which is the first; that for gRPC speaks nothing else. Null when there is only one with TLS.</summary>
    private Uri? OwnAddress() => server.Features.Get<IServerAddressesFeature>()?.Addresses
        .Select(BindingAddress.Parse)
        .Where(binding => binding.Scheme == Uri.UriSchemeHttp)
        .Select(binding => new UriBuilder(Uri.UriSchemeHttp, "localhost", binding.Port).Uri)
        .FirstOrDefault();

    private static ExecutionBody BodyOf(ExecuteRequest request) => new()
    {
        Language = request.Language,
        Files = [.. request.Files.Select(file => new FileBody { Path = file.Path, Content = TextOrBytes.From(file.Content) })],
        Stdin = TextOrBytes.From(request.Stdin),
    };

    private static async Task PostAsync(HttpClient http, byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        using var answer = await http.PostAsync("/api/v1/executions", content, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    private static async Task ConnectAsync(Uri address, byte[] start, CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = Uri.UriSchemeWs, Path = "/api/v1/executions/connect" }.Uri, cancellationToken);
        await socket.SendAsync(start, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        var received = new byte[4096];
        while (socket.State is WebSocketState.Open && (await socket.ReceiveAsync(received, cancellationToken)).MessageType is not WebSocketMessageType.Close)
        {
        }
    }
}

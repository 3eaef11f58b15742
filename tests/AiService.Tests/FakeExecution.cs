using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnlineCompiler.Execution.V1;
using ExecutionBase = OnlineCompiler.Execution.V1.Execution.ExecutionBase;

namespace OnlineCompiler.AiService.Tests;

/// <summary>An execution service on a local port that answers as the test says; it runs nothing.</summary>
internal sealed class FakeExecution : ExecutionBase, IAsyncDisposable
{
    private WebApplication? _app;

    public ExecuteRequest? Received { get; private set; }

    public Func<ExecuteResponse> Answer { get; set; } = () => new ExecuteResponse
    {
        Outcome = Outcome.Succeeded,
        Run = new StageResult { Outcome = Outcome.Succeeded, ExitCode = 0, Stdout = ByteString.CopyFromUtf8("proved\n") },
    };

    public string Url => _app!.Urls.Single();

    public static async Task<FakeExecution> StartAsync()
    {
        var execution = new FakeExecution();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(execution);
        execution._app = builder.Build();
        execution._app.MapGrpcService<FakeExecution>();
        await execution._app.StartAsync();
        return execution;
    }

    public override Task<ExecuteResponse> Execute(ExecuteRequest request, ServerCallContext context)
    {
        Received = request;
        return Task.FromResult(Answer());
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}

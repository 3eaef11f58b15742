using Grpc.Core;
using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Sandbox.Tasks.Wire;
using OnlineCompiler.Worker.V1;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Worker;

internal enum CallEnd
{
    /// <summary>A program was run, or given up: there is no second one.</summary>
    JobDone,

    /// <summary>The dispatcher left, or the worker was stopped, before there was a job.</summary>
    NoJob,
}

/// <summary>One call to the dispatcher, in the order of Protos/worker.proto: hello, job, ready, go, and the run.</summary>
internal sealed class WorkerCall(
    Workers.WorkersClient client, ISandbox sandbox, IOptions<WorkerOptions> options, ILogger<WorkerCall> logger)
{
    /// <summary>Of what a job may bring; the dispatcher's own limits are lower.</summary>
    private const long MaxFilesBytes = 1024L * 1024 * 1024;

    /// <summary>Only for a job of the dispatcher's, which is trusted; the bound is against a slip.</summary>
    private const int MaxFiles = 65_536;

    private static readonly TimeSpan _goodbyePatience = TimeSpan.FromSeconds(2);

    private static readonly string _version =
        typeof(WorkerCall).Assembly.GetName().Version?.ToString() ?? "";

    /// <summary>In the last call: there was someone, though it may have been a proxy.</summary>
    public bool HasSaidHello { get; private set; }

    /// <exception cref="RpcException">The dispatcher cannot be reached, or refuses this worker.</exception>
    public async Task<CallEnd> ServeAsync(CancellationToken stoppingToken)
    {
        stoppingToken.ThrowIfCancellationRequested();
        HasSaidHello = false;
        var headers = new Metadata { { WorkerProtocol.TokenHeader, WorkerProtocol.TokenScheme + options.Value.Token } };
        using var leaving = new CancellationTokenSource();
        using var call = client.Work(headers, cancellationToken: leaving.Token);
        await call.RequestStream.WriteAsync(new WorkerMessage { Hello = Hello() }, stoppingToken);
        HasSaidHello = true;

        (string Id, SandboxOrder Order)? job;
        // Only while it waits: from "ready" on it keeps its word and runs the job.
        await using (stoppingToken.Register(() => _ = SayGoodbyeAsync(call, leaving)))
            job = await ReadJobAsync(call.ResponseStream);
        if (job is not { } given || stoppingToken.IsCancellationRequested)
            return CallEnd.NoJob;

        await call.RequestStream.WriteAsync(new WorkerMessage { Ready = new Ready() }, CancellationToken.None);
        if (!await call.ResponseStream.MoveNext(CancellationToken.None) || call.ResponseStream.Current.Go is null)
            return CallEnd.NoJob;
        logger.JobStarted(given.Id);
        using (var run = new JobRun(call, sandbox, options.Value.FinishWithin))
            await run.RunAsync(given.Order, stoppingToken);
        logger.JobEnded(given.Id);
        return CallEnd.JobDone;
    }

    /// <summary>An orderly end of our side: the dispatcher gives the job that may be on its way to another.</summary>
    private static async Task SayGoodbyeAsync(AsyncDuplexStreamingCall<WorkerMessage, DispatcherMessage> call, CancellationTokenSource leaving)
    {
        try
        {
            leaving.CancelAfter(_goodbyePatience);
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or ObjectDisposedException)
        {
            // The call has ended meanwhile.
        }
    }

    /// <summary>Null when the call ended first.</summary>
    private static async Task<(string Id, SandboxOrder Order)?> ReadJobAsync(IAsyncStreamReader<DispatcherMessage> messages)
    {
        if (!await messages.MoveNext(CancellationToken.None))
            return null;
        var job = messages.Current.Job ?? throw new InvalidDataException($"The dispatcher sent {messages.Current.MessageCase} before a job.");
        var files = new List<WorkspaceFile>();
        var assembly = new FileAssembly(MaxFilesBytes, MaxFiles);
        while (files.Count < job.FileCount)
        {
            if (!await messages.MoveNext(CancellationToken.None))
                return null;
            var piece = messages.Current.File ?? throw new InvalidDataException($"The dispatcher sent {messages.Current.MessageCase} in place of a file.");
            if (assembly.Add(piece) is { } file)
                files.Add(file);
        }
        return (job.JobId, JobMessages.Order(job, files));
    }

    private Hello Hello()
    {
        var weaknesses = sandbox.Readiness.Weaknesses;
        // With fewer promises kept than a full sandbox's, it counts as the weaker one.
        var isolation = options.Value.Backend == SandboxBackend.Process ? SandboxIsolation.Process
            : weaknesses.Count > 0 ? SandboxIsolation.WithoutCgroups
            : SandboxIsolation.Full;
        var places = sandbox.Places;
        return new Hello
        {
            Protocol = WorkerProtocol.Version,
            WorkerId = options.Value.Id,
            Version = _version,
            Isolation = isolation.ToWire(),
            Places = new Places { Packs = places.Packs, Toolchains = places.Toolchains, Temporary = places.Temporary, OffersRoots = places.OffersRoots },
            Weaknesses = { weaknesses.Take(WorkerProtocol.MaxWeaknesses).Select(weakness => weakness[..Math.Min(weakness.Length, WorkerProtocol.MaxWeaknessLength)]) },
        };
    }
}

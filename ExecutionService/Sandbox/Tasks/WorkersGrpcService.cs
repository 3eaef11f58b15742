using System.Text.RegularExpressions;
using Grpc.Core;
using OnlineCompiler.ExecutionService.Draining;
using OnlineCompiler.ExecutionService.Sandbox.Tasks.Wire;
using OnlineCompiler.ServiceDefaults;
using OnlineCompiler.Worker.V1;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks;

/// <summary>The door for workers, as Protos/worker.proto tells: checks who dials in, and keeps them in the pool.</summary>
internal sealed partial class WorkersGrpcService(
    WorkerPool pool, WorkerTokens tokens, WorkerTelemetry telemetry, Drain drain, ILogger<WorkersGrpcService> logger)
    : Workers.WorkersBase
{
    private const int MaxVersionLength = 64;

    private const int MaxPathLength = 4096;

    private static readonly TimeSpan _helloPatience = TimeSpan.FromSeconds(10);

    public override async Task Work(
        IAsyncStreamReader<WorkerMessage> requestStream, IServerStreamWriter<DispatcherMessage> responseStream, ServerCallContext context)
    {
        if (!tokens.Accepts(context.RequestHeaders.GetValue(WorkerProtocol.TokenHeader)))
        {
            logger.WorkerRefused(context.Peer, "its token is wrong");
            throw new RpcException(new Status(
                StatusCode.Unauthenticated, $"The worker's token is not this dispatcher's: Worker:Token must equal its {TaskOptions.Section}:Token."));
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, drain.Over);
        var hello = await ReadHelloAsync(requestStream, context.Peer, ending.Token);
        using var worker = new WorkerConnection(Introduction(hello), responseStream);
        logger.WorkerJoined(worker.Id, context.Peer, hello.Version);
        pool.Add(worker);
        await worker.ReceiveAsync(requestStream, ending.Token);

        var state = pool.Remove(worker);
        if (drain.Over.IsCancellationRequested)
            throw new RpcException(new Status(StatusCode.Unavailable, "The dispatcher is stopping."));
        if (!worker.IsDone && !(state == WorkerState.Idle && worker.SaidGoodbye))
        {
            telemetry.RecordLost(state);
            logger.WorkerLost(worker.Id, state);
        }
    }

    private async Task<Hello> ReadHelloAsync(IAsyncStreamReader<WorkerMessage> requests, string peer, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_helloPatience);
        var hello = await requests.MoveNext(patience.Token) ? requests.Current.Hello : null;
        if (hello is not null && hello.Protocol != WorkerProtocol.Version)
        {
            logger.WorkerRefused(peer, $"it speaks version {hello.Protocol} of the protocol");
            throw new RpcException(new Status(
                StatusCode.FailedPrecondition,
                $"The worker speaks version {hello.Protocol} of the protocol, this dispatcher version {WorkerProtocol.Version}: run both from one release."));
        }

        var violations = new FieldViolations();
        if (hello is null)
            violations.Add("hello", "must be the first message");
        else
            Check(hello, violations);
        violations.ThrowIfAny();
        return hello!;
    }

    private static void Check(Hello hello, FieldViolations violations)
    {
        violations.AddIf(!WorkerIdPattern().IsMatch(hello.WorkerId), "hello.worker_id", "must be 1-64 letters, digits, '.', '-' or '_'");
        violations.AddIf(hello.Version.Length > MaxVersionLength, "hello.version", $"must be at most {MaxVersionLength} characters");
        violations.AddIf(hello.Isolation.FromWire() is null, "hello.isolation", "must be what a worker's own sandbox gives");
        violations.AddIf(hello.Weaknesses.Count > WorkerProtocol.MaxWeaknesses, "hello.weaknesses", $"must hold at most {WorkerProtocol.MaxWeaknesses}");
        violations.AddIf(hello.Weaknesses.Any(weakness => weakness.Length > WorkerProtocol.MaxWeaknessLength), "hello.weaknesses", $"must be at most {WorkerProtocol.MaxWeaknessLength} characters each");
        violations.AddIf(!new[] { hello.Places?.Packs, hello.Places?.Toolchains, hello.Places?.Temporary }.All(IsPath), "hello.places", $"must be three paths of 1 to {MaxPathLength} characters");
    }

    private static bool IsPath(string? path) => path is { Length: > 0 and <= MaxPathLength };

    private static WorkerIntroduction Introduction(Hello hello) => new(
        hello.WorkerId,
        hello.Isolation.FromWire()!.Value,
        hello.Weaknesses,
        new SandboxPlaces(hello.Places.Packs, hello.Places.Toolchains, hello.Places.Temporary) { OffersRoots = hello.Places.OffersRoots });

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex WorkerIdPattern();
}

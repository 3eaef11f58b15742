using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace OnlineCompiler.ExecutionService.Sandbox.SelfTest;

/// <summary>
/// The chosen backend, behind a test of itself: before the first program of a stranger runs, a probe of ours has, and what it
/// met was what docs/sandbox.md promises. A broken promise is a problem of readiness, and nothing runs.
/// </summary>
internal sealed class ProvenSandbox(ISandbox backend, IOptions<SandboxOptions> options, ILogger<ProvenSandbox> logger)
    : ISandbox, IHostedService
{
    private readonly Lock _lock = new();
    private IReadOnlyList<string> _advice = [];
    private IReadOnlyList<string> _lastFailure = ["The sandbox is testing itself."];
    private Task<IReadOnlyList<string>>? _proving;

    public SandboxPlaces Places => backend.Places;

    public SandboxReadiness Readiness
    {
        get
        {
            var readiness = backend.Readiness;
            if (!readiness.IsReady)
                return readiness with { Problems = [.. readiness.Problems, .. _advice] };
            // A backend may become ready after the start (workers dial in when they like): it is tested then.
            var proving = Prove();
            if (!proving.IsCompleted)
                return SandboxReadiness.NotReady(_lastFailure);
            return proving.Result.Count > 0 ? SandboxReadiness.NotReady(proving.Result) : readiness;
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (backend.Readiness.IsReady)
            await Prove().WaitAsync(cancellationToken);
        else if (options.Value.Backend == SandboxBackend.Namespaces)
            _advice = [.. Diagnosis.Explain(MachineFacts.Read()), .. Posix.IsRoot ? [Diagnosis.WeakerSandbox] : Array.Empty<string>()];
    }

    public void Expect(SandboxOrder order) => backend.Expect(order);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<ISandboxRun> StartAsync(SandboxOrder order, CancellationToken cancellationToken)
    {
        var readiness = backend.Readiness;
        var problems = readiness.IsReady ? await Prove().WaitAsync(cancellationToken) : [.. readiness.Problems, .. _advice];
        if (problems.Count > 0)
            throw new SandboxUnavailableException(string.Join(' ', problems));
        return await backend.StartAsync(order, cancellationToken);
    }

    private Task<IReadOnlyList<string>> Prove()
    {
        // Elsewhere: one that failed before it is kept here would be kept for good.
        lock (_lock)
            return _proving ??= Task.Run(ProveAsync);
    }

    private async Task<IReadOnlyList<string>> ProveAsync()
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var broken = await SandboxProof.FindBrokenAsync(backend);
            // A machine that is busy beyond measure looks like one that breaks promises; only what is broken twice is broken.
            if (broken.Count > 0)
                broken = await SandboxProof.FindBrokenAsync(backend);
            Report(broken, Stopwatch.GetElapsedTime(started));
            return broken;
        }
        catch (Exception exception) when (exception is SandboxUnavailableException or IOException)
        {
            IReadOnlyList<string> failure = [$"The sandbox's self-test could not be run: {exception.Message}", .. Diagnosis.Explain(MachineFacts.Read())];
            Report(failure, Stopwatch.GetElapsedTime(started));
            // Nothing is known yet: whoever asks next has it tested anew.
            lock (_lock)
                (_lastFailure, _proving) = (failure, null);
            return failure;
        }
    }

    private void Report(IReadOnlyList<string> broken, TimeSpan elapsed)
    {
        if (broken.Count == 0)
            logger.SelfTestPassed(elapsed);
        foreach (var problem in broken)
            logger.SelfTestFailed(problem);
    }
}

using System.IO.Pipelines;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>What goes on beside reading a stage's events: input on its way in, the interactive clock. Disposing stops it.</summary>
internal sealed class AttachedStage : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Action? _detach;
    private Task _work = Task.CompletedTask;

    private AttachedStage(CancellationToken cancellationToken, Action? detach = null)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _detach = detach;
    }

    /// <summary>The run's clock; only interactive runs have one.</summary>
    public InteractiveClock? Clock { get; private init; }

    /// <summary>A compiler reads nothing; its user may interrupt it.</summary>
    public static AttachedStage Compiling(ISandboxRun run, InteractiveInput? input, CancellationToken cancellationToken)
    {
        input?.SetCompiler(run);
        var stage = new AttachedStage(cancellationToken, () => input?.SetCompiler(null));
        stage._work = run.EndInputAsync(stage._stop.Token).AsTask();
        return stage;
    }

    /// <summary>All input is known, and ends.</summary>
    public static AttachedStage Fed(ISandboxRun run, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        var stage = new AttachedStage(cancellationToken);
        stage._work = FeedAsync(run, input, stage._stop.Token);
        return stage;
    }

    /// <summary>Input comes from another program, and ends when that one's output does.</summary>
    public static AttachedStage Piped(ISandboxRun run, PipeReader input, CancellationToken cancellationToken)
    {
        var stage = new AttachedStage(cancellationToken);
        stage._work = PipeAsync(run, input, stage._stop.Token);
        return stage;
    }

    /// <summary>Input comes as its user types it.</summary>
    public static AttachedStage Interactive(ISandboxRun run, InteractiveInput input, InteractiveClock clock, CancellationToken cancellationToken)
    {
        var stage = new AttachedStage(cancellationToken) { Clock = clock };
        stage._work = Task.WhenAll(input.PumpAsync(run, clock, stage._stop.Token), clock.WatchAsync(stage._stop.Token));
        return stage;
    }

    public async ValueTask DisposeAsync()
    {
        _detach?.Invoke();
        await _stop.CancelAsync();
        // Its only failure is that the program left first.
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static async Task FeedAsync(ISandboxRun run, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        if (input.Length > 0)
            await run.WriteInputAsync(input, cancellationToken);
        await run.EndInputAsync(cancellationToken);
    }

    private static async Task PipeAsync(ISandboxRun run, PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            foreach (var piece in read.Buffer)
                await run.WriteInputAsync(piece, cancellationToken);
            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }
        await run.EndInputAsync(cancellationToken);
    }
}

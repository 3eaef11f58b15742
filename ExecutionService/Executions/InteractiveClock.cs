using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>
/// Keeps the time of a program that talks with its user. Its wall-time limit counts only while it is at work, that is,
/// while it computes or prints, and starts anew with each input; waiting is bounded by the idle limit instead.
/// Whether a program waits cannot be asked of the kernel for all the ways there are to wait, but a program that neither
/// uses the processor nor prints does nothing that a limit must stop.
/// </summary>
internal sealed class InteractiveClock(ISandboxRun run, TimeSpan wallTimeLimit, TimeSpan idleLimit, TimeProvider time)
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(200);

    private int _inputs;
    private int _outputs;

    /// <summary>Someone typed.</summary>
    public void CountInput() => Interlocked.Increment(ref _inputs);

    /// <summary>The program printed.</summary>
    public void CountOutput() => Interlocked.Increment(ref _outputs);

    /// <summary>Watches until cancelled, or kills the run when a limit is reached.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        var (worked, idle) = (TimeSpan.Zero, TimeSpan.Zero);
        var (cpuTime, inputs, outputs) = (run.ReadCpuTime(), 0, 0);
        while (true)
        {
            var from = time.GetTimestamp();
            await Task.Delay(_tick, time, cancellationToken);
            var elapsed = time.GetElapsedTime(from);

            var used = run.ReadCpuTime() - cpuTime;
            var hasWorked = used > elapsed / 20 || Volatile.Read(ref _outputs) != outputs;
            var hasInput = Volatile.Read(ref _inputs) != inputs;
            (cpuTime, inputs, outputs) = (cpuTime + used, Volatile.Read(ref _inputs), Volatile.Read(ref _outputs));

            worked = hasInput ? TimeSpan.Zero : hasWorked ? worked + elapsed : worked;
            idle = hasInput || hasWorked ? TimeSpan.Zero : idle + elapsed;
            if (worked > wallTimeLimit)
                run.Kill(SandboxOutcome.WallTimeLimit, LimitMessages.WallTime(wallTimeLimit));
            else if (idle > idleLimit)
                run.Kill(SandboxOutcome.Cancelled, LimitMessages.Idle(idleLimit));
            else
                continue;
            return;
        }
    }
}

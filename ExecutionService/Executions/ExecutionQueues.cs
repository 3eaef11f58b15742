using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>Where everything that runs waits for its place: programs that work in one queue, those that wait for someone to type in another.</summary>
internal sealed class ExecutionQueues
{
    public ExecutionQueues(IOptions<ExecutionOptions> options, Backlog backlog, TimeProvider time, ExecutionTelemetry telemetry)
    {
        PlacesPerCaller = options.Value.ConcurrentPerCaller;
        Working = new FairQueue(options.Value.MaxConcurrent, options.Value.ConcurrentPerCaller, options.Value.MaxQueued, time);
        Interactive = new FairQueue(options.Value.MaxInteractive, options.Value.InteractivePerCaller, capacity: 0, time);
        telemetry.Observe(Working, Interactive);
        backlog.Watch(() => Working.WaitingCount);
    }

    public FairQueue Working { get; }

    public FairQueue Interactive { get; }

    /// <summary>Of the working ones, for any one caller.</summary>
    public int PlacesPerCaller { get; }
}

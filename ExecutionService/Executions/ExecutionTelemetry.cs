using System.Diagnostics;
using System.Diagnostics.Metrics;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>Spans and metrics of executions; none holds anything that a user wrote.</summary>
internal sealed class ExecutionTelemetry : IDisposable
{
    private const string Name = "OnlineCompiler.Execution";

    private static readonly ActivitySource _activities = new(Name);

    private readonly Meter _meter;
    private readonly Counter<long> _executions;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _queueTime;

    public ExecutionTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _executions = _meter.CreateCounter<long>("onlinecompiler.executions", "{execution}", "Executions by language and outcome.");
        _duration = _meter.CreateHistogram<double>("onlinecompiler.stage.duration", "s", "Wall time of programs, by language and stage.");
        _queueTime = _meter.CreateHistogram<double>("onlinecompiler.queue.duration", "s", "Time from a request to its first stage.");
    }

    public void Observe(FairQueue queue, FairQueue interactiveQueue)
    {
        _meter.CreateObservableUpDownCounter("onlinecompiler.queue.waiting", () => queue.WaitingCount, "{execution}", "Executions that wait.");
        _meter.CreateObservableUpDownCounter("onlinecompiler.executions.running", () => queue.RunningCount, "{execution}", "Executions under way.");
        _meter.CreateObservableUpDownCounter(
            "onlinecompiler.executions.interactive", () => interactiveQueue.RunningCount, "{execution}", "Interactive executions under way.");
    }

    /// <summary>Starts the span <c>sandbox compile</c> or <c>sandbox run</c>.</summary>
    public static Activity? StartStage(Execution execution, ExecutionStage stage) =>
        _activities.StartActivity(stage == ExecutionStage.Compile ? "sandbox compile" : "sandbox run", ActivityKind.Internal)
            ?.SetTag("onlinecompiler.language", execution.Language.Id)
            .SetTag("onlinecompiler.language.version", execution.Version)
            .SetTag("onlinecompiler.request.id", execution.RequestId);

    public static void EndStage(Activity? activity, SandboxReport report, bool isCached) =>
        activity?.SetTag("onlinecompiler.outcome", report.Outcome.ToString())
            .SetTag("onlinecompiler.cached", isCached)
            .SetTag("onlinecompiler.wall_time_ms", report.WallTime.TotalMilliseconds)
            .SetTag("onlinecompiler.cpu_time_ms", (report.UserCpuTime + report.SystemCpuTime).TotalMilliseconds)
            .SetTag("onlinecompiler.memory_peak_bytes", report.MemoryPeakBytes);

    public void RecordQueueTime(TimeSpan waited) => _queueTime.Record(waited.TotalSeconds);

    public void RecordResult(Execution execution, ExecutionFinished result)
    {
        var language = KeyValuePair.Create<string, object?>("language", execution.Language.Id);
        _executions.Add(1, language, KeyValuePair.Create<string, object?>("outcome", result.Outcome.ToString()));
        if (result.Compile is { IsCached: false } compile)
            _duration.Record(compile.Report.WallTime.TotalSeconds, language, KeyValuePair.Create<string, object?>("stage", "compile"));
        if (result.Run is { } run)
            _duration.Record(run.Report.WallTime.TotalSeconds, language, KeyValuePair.Create<string, object?>("stage", "run"));
    }

    public void Dispose() => _meter.Dispose();
}

using System.Diagnostics.Metrics;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks;

/// <summary>Metrics of the workers that dialled in; what autoscaling of workers looks at.</summary>
internal sealed class WorkerTelemetry : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _lost;
    private readonly Histogram<double> _wait;

    public WorkerTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create("OnlineCompiler.Workers");
        _lost = _meter.CreateCounter<long>("onlinecompiler.workers.lost", "{worker}", "Workers that left before their job was done, or before they had one.");
        _wait = _meter.CreateHistogram<double>("onlinecompiler.workers.wait.duration", "s", "Time that jobs waited for a worker.");
    }

    public void Observe(WorkerPool pool)
    {
        _meter.CreateObservableGauge("onlinecompiler.workers.idle", () => pool.IdleCount, "{worker}", "Workers that wait for a job.");
        _meter.CreateObservableGauge("onlinecompiler.workers.busy", () => pool.BusyCount, "{worker}", "Workers that have a job.");
    }

    public void RecordLost(WorkerState state) => _lost.Add(1, KeyValuePair.Create<string, object?>("state", state == WorkerState.Busy ? "busy" : "idle"));

    public void RecordWait(TimeSpan waited) => _wait.Record(waited.TotalSeconds);

    public void Dispose() => _meter.Dispose();
}

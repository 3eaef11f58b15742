using System.Diagnostics.Metrics;

namespace OnlineCompiler.ExecutionService.Sandbox.Prepared;

/// <summary>Metrics of the stages made ahead, by mould.</summary>
internal sealed class PreparedTelemetry : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _taken;
    private readonly Counter<long> _misses;

    public PreparedTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create("OnlineCompiler.Prepared");
        _taken = _meter.CreateCounter<long>("onlinecompiler.pool.taken", "{stage}", "Stages that were ready when they were asked for.");
        _misses = _meter.CreateCounter<long>("onlinecompiler.pool.misses", "{stage}", "Stages that had to be made when they were asked for.");
    }

    public void Observe(PreparedPool pool)
    {
        _meter.CreateObservableGauge("onlinecompiler.pool.ready", () => Measure(pool, count => count.Ready), "{stage}", "Stages that wait for an order.");
        _meter.CreateObservableGauge("onlinecompiler.pool.target", () => Measure(pool, count => count.Target), "{stage}", "Stages that should wait for an order.");
    }

    public void RecordTaking(Mould mould, bool isHit) => (isHit ? _taken : _misses).Add(1, TagOf(mould));

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Measure(PreparedPool pool, Func<ShelfCount, int> count) =>
        // Moulds of one language may differ in its limits.
        pool.Counts.GroupBy(each => each.Mould.Name).Select(moulds => new Measurement<int>(moulds.Sum(count), TagOf(moulds.First().Mould)));

    private static KeyValuePair<string, object?> TagOf(Mould mould) => KeyValuePair.Create<string, object?>("mould", mould.Name);
}

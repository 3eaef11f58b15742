using System.Diagnostics.Metrics;

namespace OnlineCompiler.ExecutionService.Compilation;

/// <summary>Metrics of kept compilations.</summary>
internal sealed class CompilationTelemetry : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;

    public CompilationTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create("OnlineCompiler.Compilation");
        _hits = _meter.CreateCounter<long>("onlinecompiler.compile_cache.hits", "{compilation}", "Compilations answered without compiling, by language and where they were found.");
        _misses = _meter.CreateCounter<long>("onlinecompiler.compile_cache.misses", "{compilation}", "Compilations that had to be made, by language.");
    }

    public void Observe(CompilationFiles files) =>
        _meter.CreateObservableUpDownCounter("onlinecompiler.compile_cache.size", () => files.Bytes, "By", "Compilations on disk.");

    /// <param name="where"><c>memory</c>, <c>disk</c>, or <c>shared</c> with another request that compiled it just then.</param>
    /// <param name="language">Id.</param>
    public void CountHit(string language, string where) =>
        _hits.Add(1, KeyValuePair.Create<string, object?>("language", language), KeyValuePair.Create<string, object?>("where", where));

    public void CountMiss(string language) => _misses.Add(1, KeyValuePair.Create<string, object?>("language", language));

    public void Dispose() => _meter.Dispose();
}

using System.Diagnostics.Metrics;

namespace OnlineCompiler.ExecutionService.Judging;

/// <summary>Metrics of judgements.</summary>
internal sealed class JudgingTelemetry : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _judgements;
    private readonly Counter<long> _tests;

    public JudgingTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create("OnlineCompiler.Judging");
        _judgements = _meter.CreateCounter<long>("onlinecompiler.judgements", "{judgement}", "Judgements by language and verdict.");
        _tests = _meter.CreateCounter<long>("onlinecompiler.judgement.tests", "{test}", "Tests of judgements by language and verdict.");
    }

    public void CountTest(string language, Verdict verdict) => _tests.Add(1, Tag("language", language), Tag("verdict", verdict.ToString()));

    public void CountJudgement(string language, Verdict verdict) => _judgements.Add(1, Tag("language", language), Tag("verdict", verdict.ToString()));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => KeyValuePair.Create<string, object?>(name, value);
}

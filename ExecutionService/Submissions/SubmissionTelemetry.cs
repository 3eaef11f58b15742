using System.Diagnostics.Metrics;

namespace OnlineCompiler.ExecutionService.Submissions;

/// <summary>
/// Metrics of submissions. Those that wait are the same ones whichever instance tells of them: of several instances the largest
/// value counts, not the sum.
/// </summary>
internal sealed class SubmissionTelemetry : IDisposable
{
    private const string Name = "OnlineCompiler.Submissions";

    private readonly Meter _meter;
    private readonly Counter<long> _submitted;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _waited;
    private volatile Work? _last;

    public SubmissionTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _submitted = _meter.CreateCounter<long>("onlinecompiler.submissions", "{submission}", "Submissions that were accepted, by kind; repeats are not.");
        _ended = _meter.CreateCounter<long>("onlinecompiler.submissions.ended", "{submission}", "Submissions that came to their final state, by state.");
        _attempts = _meter.CreateCounter<long>("onlinecompiler.submissions.attempts", "{attempt}", "Times that a submission was begun, by kind.");
        _waited = _meter.CreateHistogram<double>("onlinecompiler.submissions.wait.duration", "s", "Time from a submission to its first attempt, by kind.");
        _meter.CreateObservableGauge("onlinecompiler.submissions.waiting", () => _last?.Waiting ?? 0, "{submission}", "Submissions that wait, of all instances.");
        _meter.CreateObservableGauge(
            "onlinecompiler.submissions.waiting.age", () => _last?.LongestWait.TotalSeconds ?? 0, "s", "For how long the first of those that wait has.");
    }

    public void RecordSubmitted(SubmissionKind kind) => _submitted.Add(1, Tag(kind));

    public void RecordEnded(SubmissionState state, int count = 1) =>
        _ended.Add(count, KeyValuePair.Create<string, object?>("state", state.ToString()));

    public void RecordWork(Work work)
    {
        _last = work;
        if (work.Failed > 0)
            RecordEnded(SubmissionState.Failed, work.Failed);
        foreach (var taken in work.Taken)
        {
            _attempts.Add(1, Tag(taken.Kind));
            if (taken.Attempt == 1)
                _waited.Record(taken.Age.TotalSeconds, Tag(taken.Kind));
        }
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(SubmissionKind kind) => new("kind", kind.ToString());
}

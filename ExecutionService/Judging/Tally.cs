using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Judging;

/// <summary>Sums up the tests of a judgement, in whatever order they end.</summary>
internal sealed class Tally(IReadOnlyList<JudgeTest> tests, TimeSpan queueTime)
{
    private readonly Ruling?[] _rulings = new Ruling?[tests.Count];

    /// <summary>Of the last stage that ran.</summary>
    public SandboxIsolation? Isolation { get; set; }

    public void Add(TestJudged judged)
    {
        _rulings[judged.Test.Index] = judged.Ruling;
        Isolation = judged.Run?.Report.Isolation ?? Isolation;
    }

    /// <param name="verdict">Where no test decides.</param>
    /// <param name="message">Why none does.</param>
    public JudgementFinished Finish(Verdict? verdict = null, string message = "") => new()
    {
        Verdict = verdict ?? _rulings.FirstOrDefault(IsFailed)?.Verdict ?? Verdict.Accepted,
        Score = _rulings.Sum(ruling => ruling!.Score),
        Points = tests.Sum(test => test.Points),
        AcceptedCount = _rulings.Count(ruling => ruling!.Verdict == Verdict.Accepted),
        FailedCount = _rulings.Count(IsFailed),
        SkippedCount = _rulings.Count(ruling => ruling!.Verdict == Verdict.Skipped),
        Message = message,
        QueueTime = queueTime,
        Isolation = Isolation,
    };

    private static bool IsFailed(Ruling? ruling) => ruling!.Verdict is not (Verdict.Accepted or Verdict.Skipped);
}

using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Judging.Comparing;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Judging;

/// <summary>A checked request to judge a program.</summary>
internal sealed record Judgement
{
    public required Executions.Execution Program { get; init; }

    public required IReadOnlyList<JudgeTest> Tests { get; init; }

    public required Judge Judge { get; init; }

    public bool StopsAtFirstFailure { get; init; }
}

internal sealed record JudgeTest
{
    /// <summary>Place in the request, from 0.</summary>
    public required int Index { get; init; }

    public required string Id { get; init; }

    public ReadOnlyMemory<byte> Input { get; init; }

    public ReadOnlyMemory<byte> ExpectedOutput { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The program's, with what the test says in their place.</summary>
    public required RequestedLimits Limits { get; init; }

    public double Points { get; init; } = 1;

    public bool IsHidden { get; init; }
}

/// <summary>What decides whether an output is right.</summary>
internal abstract record Judge;

internal sealed record ComparingJudge(Comparison Comparison) : Judge;

internal sealed record CheckingJudge(Executions.Execution Checker) : Judge;

internal sealed record InteractingJudge(Executions.Execution Interactor) : Judge;

internal enum JudgePart
{
    Program,
    Checker,
    Interactor,
}

/// <summary>What happens to a judgement; the last event is <see cref="JudgementFinished"/>.</summary>
internal abstract record JudgementEvent;

internal sealed record JudgementAccepted : JudgementEvent;

/// <param name="Part">What was compiled.</param>
/// <param name="Run">How that went.</param>
internal sealed record PartCompiled(JudgePart Part, ProgramRun Run) : JudgementEvent;

/// <param name="Test">Of the judgement.</param>
/// <param name="Ruling">What was decided.</param>
/// <param name="Run">The program's run; null when there was none, or none that came to its end.</param>
internal sealed record TestJudged(JudgeTest Test, Ruling Ruling, ProgramRun? Run) : JudgementEvent
{
    public static TestJudged Skipped(JudgeTest test) => new(test, new Ruling(Verdict.Skipped), Run: null);

    /// <summary>Without what nobody will see.</summary>
    public TestJudged ForShow() => this with { Run = Run?.ForShow() };
}

internal sealed record JudgementFinished : JudgementEvent
{
    public required Verdict Verdict { get; init; }

    public required double Score { get; init; }

    public required double Points { get; init; }

    public required int AcceptedCount { get; init; }

    public required int FailedCount { get; init; }

    public required int SkippedCount { get; init; }

    /// <summary>Why no test ran.</summary>
    public string Message { get; init; } = "";

    /// <summary>From the request until its first stage started.</summary>
    public required TimeSpan QueueTime { get; init; }

    /// <summary>Of the last stage that ran; null when none did.</summary>
    public SandboxIsolation? Isolation { get; init; }
}

using System.Runtime.CompilerServices;
using OnlineCompiler.ExecutionService.Executions;

namespace OnlineCompiler.ExecutionService.Judging;

/// <summary>
/// Runs judgements: everything is compiled once, then each test runs in sandboxes of its own.
/// <code>
///   (1) queue ─► (2) compile program, then checker or interactor ─► (3) tests, several at once ─► (4) result
/// </code>
/// </summary>
internal sealed class JudgementRunner(
    ExecutionQueues queues, ProgramRunner programs, TestJudge judge, TimeProvider time, ExecutionTelemetry executionTelemetry, JudgingTelemetry telemetry)
{
    /// <summary>Runs a judgement; leaving the enumeration kills what is running.</summary>
    /// <exception cref="QueueFullException">It was refused.</exception>
    /// <exception cref="Sandbox.SandboxUnavailableException">It could not be run; nobody's program is at fault.</exception>
    public async IAsyncEnumerable<JudgementEvent> RunAsync(Judgement judgement, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // (1)
        var arrived = time.GetTimestamp();
        var entering = queues.Working.EnterAsync(judgement.Program.Caller, cancellationToken);
        if (!entering.IsFaulted)
            yield return new JudgementAccepted();
        using var place = await entering;
        var queueTime = time.GetElapsedTime(arrived);
        executionTelemetry.RecordQueueTime(queueTime);
        var tally = new Tally(judgement.Tests, queueTime);

        // (2)
        var compiled = new List<CompiledProgram>();
        foreach (var (part, execution) in PartsOf(judgement))
        {
            var program = await programs.CompileAsync(execution, cancellationToken);
            compiled.Add(program);
            if (program.Compile is not { } compile)
                continue;
            tally.Isolation = compile.Report.Isolation;
            yield return new PartCompiled(part, compile);
            if (program.CanRun)
                continue;
            foreach (var test in judgement.Tests)
                yield return Count(judgement, tally, TestJudged.Skipped(test));
            yield return Finish(judgement, NothingRuns(tally, part));
            yield break;
        }

        // (3)
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var crew = new TestCrew(
            judgement.Program.Caller,
            judgement.Tests,
            queues,
            (test, token) => judge.JudgeAsync(judgement, compiled[0], compiled.ElementAtOrDefault(1), test, token),
            judgement.StopsAtFirstFailure);
        var working = crew.WorkAsync(place, ending.Token);
        try
        {
            var results = crew.ReadAsync(cancellationToken);
            await foreach (var judged in judgement.StopsAtFirstFailure ? UntilFailureAsync(judgement.Tests, results) : results)
                yield return Count(judgement, tally, judged);
        }
        finally
        {
            await ending.CancelAsync();
            await working;
        }

        // (4)
        yield return Finish(judgement, tally.Finish());
    }

    private static IEnumerable<(JudgePart Part, Executions.Execution Execution)> PartsOf(Judgement judgement)
    {
        yield return (JudgePart.Program, judgement.Program);
        if (judgement.Judge is CheckingJudge { Checker: var checker })
            yield return (JudgePart.Checker, checker);
        if (judgement.Judge is InteractingJudge { Interactor: var interactor })
            yield return (JudgePart.Interactor, interactor);
    }

    private static JudgementFinished NothingRuns(Tally tally, JudgePart part) => part == JudgePart.Program
        ? tally.Finish(Verdict.CompilationError, "The program does not compile.")
        : tally.Finish(Verdict.InternalError, $"The {(part == JudgePart.Checker ? "checker" : "interactor")} does not compile.");

    /// <summary>As if the tests ran one after another: in their order, and nothing but skipped ones after the first that failed.</summary>
    private static async IAsyncEnumerable<TestJudged> UntilFailureAsync(IReadOnlyList<JudgeTest> tests, IAsyncEnumerable<TestJudged> results)
    {
        var early = new Dictionary<int, TestJudged>();
        var next = 0;
        var hasFailed = false;
        await foreach (var result in results)
        {
            early[result.Test.Index] = result;
            while (!hasFailed && early.Remove(next, out var judged))
            {
                hasFailed = judged.Ruling.Verdict != Verdict.Accepted;
                next++;
                yield return judged;
            }
            if (hasFailed)
                break;
        }
        for (; next < tests.Count; next++)
            yield return TestJudged.Skipped(tests[next]);
    }

    private TestJudged Count(Judgement judgement, Tally tally, TestJudged judged)
    {
        tally.Add(judged);
        telemetry.CountTest(judgement.Program.Language.Id, judged.Ruling.Verdict);
        return judged;
    }

    private JudgementFinished Finish(Judgement judgement, JudgementFinished finished)
    {
        telemetry.CountJudgement(judgement.Program.Language.Id, finished.Verdict);
        return finished;
    }
}

using System.IO.Pipelines;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Judging;

/// <summary>
/// Lets a program and an interactor talk, each in a sandbox of its own, and judges by how both end.
/// <code>
///   program ── standard output ─► pipe ── standard input ─► interactor
///           ◄─ standard input ─── pipe ◄─ standard output ──
/// </code>
/// When one ends, what it said last still arrives, then the other one's input ends. Who ends first decides: an interactor
/// that rejects is believed whatever its program does then, and a program that fails has failed whatever its interactor
/// makes of the sudden silence.
/// </summary>
internal sealed class ConversationRunner(StageRunner stages, TimeProvider time)
{
    private const int InteractorsExtraMs = 5_000;

    /// <summary>For who is left behind, to see that its input has ended, and end.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(1);

    // Nobody waits for a reader, so no two can wait for each other here, and limits are noticed whatever the other one does.
    // The output limit of the writer bounds what a pipe holds.
    private static readonly PipeOptions _pipe = new(pauseWriterThreshold: 0, useSynchronizationContext: false);

    /// <param name="program">Can run; its execution has the test's limits and arguments.</param>
    /// <param name="interactor">Can run.</param>
    /// <param name="test">What the interactor is told.</param>
    /// <param name="cancellationToken">Kills both.</param>
    public async Task<TestJudged> JudgeAsync(CompiledProgram program, CompiledProgram interactor, JudgeTest test, CancellationToken cancellationToken)
    {
        using var stopProgram = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var stopInteractor = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var toProgram = new Pipe(_pipe);
        var toInteractor = new Pipe(_pipe);
        var asked = Instruct(interactor.Execution, program.Execution, test);

        var second = new Speaker(stages.RunPipedAsync(asked, interactor.Outputs, toInteractor.Reader, stopInteractor.Token), toInteractor.Reader, toProgram.Writer);
        var interacting = second.SpeakAsync();
        // Starting it must not cost the program's time.
        await Task.WhenAny(second.Started, interacting);
        var first = new Speaker(stages.RunPipedAsync(program.Execution, program.Outputs, toProgram.Reader, stopProgram.Token), toProgram.Reader, toInteractor.Writer);
        var running = first.SpeakAsync();
        try
        {
            await Task.WhenAny(running, interacting);
            // Not by whose task completes first: the other one may have heard of an end, and ended, before the end is through.
            return second.EndedAt < first.EndedAt
                ? await AfterInteractorAsync(test, await interacting, running, stopProgram, cancellationToken)
                : await AfterProgramAsync(test, await running, interacting, stopInteractor, cancellationToken);
        }
        finally
        {
            await stopProgram.CancelAsync();
            await stopInteractor.CancelAsync();
            await Task.WhenAll((Task)running, interacting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Executions.Execution Instruct(Executions.Execution interactor, Executions.Execution program, JudgeTest test) => interactor with
    {
        Files =
        [
            .. interactor.Files,
            new(TestJudge.InputFile, test.Input), new(TestJudge.OutputFile, default), new(TestJudge.AnswerFile, test.ExpectedOutput),
        ],
        Arguments = [TestJudge.InputFile, TestJudge.OutputFile, TestJudge.AnswerFile],
        Limits = interactor.Limits with
        {
            WallTimeMs = interactor.Limits.WallTimeMs ?? ((long)stages.LimitsOfRun(program).WallTime!.Value.TotalMilliseconds + InteractorsExtraMs),
        },
    };

    private async Task<TestJudged> AfterInteractorAsync(
        JudgeTest test, ProgramRun interactor, Task<ProgramRun> running, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        var ruling = Ruling.OfJudge(test, interactor, "The interactor");
        if (ruling.Verdict != Verdict.Accepted && ruling.Score == 0)
            return new TestJudged(test, ruling, await WithinGraceAsync(running, stop, cancellationToken));

        // What it has won it keeps only if it comes to a good end, too.
        var run = await running;
        return new TestJudged(test, Ruling.OfEnd(run.Report) ?? ruling, run);
    }

    private async Task<TestJudged> AfterProgramAsync(
        JudgeTest test, ProgramRun run, Task<ProgramRun> interacting, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        if (Ruling.OfEnd(run.Report) is not { } failure)
            return new TestJudged(test, Ruling.OfJudge(test, await interacting, "The interactor"), run);

        var interactor = await WithinGraceAsync(interacting, stop, cancellationToken);
        // Who waited for nothing is not to blame: an interactor that does not even end with its input would have let anyone wait.
        return run.Report.Outcome == SandboxOutcome.WallTimeLimit && interactor?.Report.ExitCode is null
            ? new TestJudged(test, new Ruling(Verdict.InternalError, Message: "The interactor did not end when the program had."), run)
            : new TestJudged(test, failure, run);
    }

    private async Task<ProgramRun?> WithinGraceAsync(Task<ProgramRun> run, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        try
        {
            return await run.WaitAsync(_grace, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            await stop.CancelAsync();
            return null;
        }
    }
}

using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Judging;

/// <summary>Judges one test: runs the program, and then the comparison or the checker; or has it talk with the interactor.</summary>
internal sealed class TestJudge(ProgramRunner programs, ConversationRunner conversations)
{
    /// <summary>Names of a checker's and an interactor's files; also their arguments, in testlib's order.</summary>
    public const string InputFile = "input";
    public const string OutputFile = "output";
    public const string AnswerFile = "answer";

    /// <param name="judgement">The whole.</param>
    /// <param name="program">Of the judgement; can run.</param>
    /// <param name="judge">Its checker or interactor, which can run; null when there is neither.</param>
    /// <param name="test">Of the judgement.</param>
    /// <param name="cancellationToken">Kills what runs.</param>
    public async Task<TestJudged> JudgeAsync(
        Judgement judgement, CompiledProgram program, CompiledProgram? judge, JudgeTest test, CancellationToken cancellationToken)
    {
        var execution = program.Execution with { StandardInput = test.Input, Arguments = test.Arguments, Limits = test.Limits };
        try
        {
            if (judgement.Judge is InteractingJudge)
                return await conversations.JudgeAsync(program with { Execution = execution }, judge!, test, cancellationToken);

            var run = await programs.RunAsync(program, execution, cancellationToken);
            var ruling = Ruling.OfEnd(run.Report) ?? judgement.Judge switch
            {
                ComparingJudge comparing => Compare(comparing, test, run),
                _ => await CheckAsync(judge!, test, run, cancellationToken),
            };
            return new TestJudged(test, ruling, run);
        }
        catch (SandboxLostException exception)
        {
            // Only this test's; the others may well come to their end.
            return new TestJudged(test, new Ruling(Verdict.InternalError, Message: exception.Message), Run: null);
        }
    }

    private static Ruling Compare(ComparingJudge judge, JudgeTest test, ProgramRun run)
    {
        var (verdict, message) = judge.Comparison.Compare(run.Output.Span, test.ExpectedOutput.Span);
        return new Ruling(verdict, verdict == Verdict.Accepted ? test.Points : 0, message);
    }

    private async Task<Ruling> CheckAsync(CompiledProgram checker, JudgeTest test, ProgramRun run, CancellationToken cancellationToken)
    {
        var execution = checker.Execution with
        {
            Files = [.. checker.Execution.Files, new(InputFile, test.Input), new(OutputFile, run.Output), new(AnswerFile, test.ExpectedOutput)],
            Arguments = [InputFile, OutputFile, AnswerFile],
        };
        return Ruling.OfJudge(test, await programs.RunAsync(checker, execution, cancellationToken), "The checker");
    }
}

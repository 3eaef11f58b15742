using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Hostile.Tests;

/// <summary>Makes answers short to check; every failure shows the whole answer.</summary>
internal static class Answers
{
    public static string Output(this ExecuteResponse answer) => Ran(answer).Stdout.ToStringUtf8();

    public static string Errors(this ExecuteResponse answer) => Ran(answer).Stderr.ToStringUtf8();

    /// <summary>It ended by itself with status 0 and printed just this.</summary>
    public static void ShouldPrint(this ExecuteResponse answer, string output)
    {
        var ran = Ran(answer);
        Assert.True(ran.Outcome == Outcome.Succeeded && ran.Stdout.ToStringUtf8() == output, $"Expected to succeed with:\n{output}\nbut got:\n{answer}");
    }

    /// <summary>One of several ends, of which the machine's mood decides.</summary>
    public static void ShouldEndIn(this ExecuteResponse answer, params Outcome[] outcomes) =>
        Assert.True(outcomes.Contains(Ran(answer).Outcome), $"Expected {string.Join(" or ", outcomes)}, but got: {answer}");

    /// <summary>Its run was ended by a limit, whose message names this.</summary>
    public static void ShouldReach(this ExecuteResponse answer, Outcome limit, string message) => Reached(answer, Ran(answer), limit, message);

    /// <summary>Its compiler was ended by a limit, whose message names this; nothing ran.</summary>
    public static void ShouldReachCompiling(this ExecuteResponse answer, Outcome limit, string message)
    {
        Assert.True(answer.Run is null, $"It ran: {answer}");
        Reached(answer, answer.Compile, limit, message);
    }

    /// <summary>Its compiler refused it, saying this; nothing ran.</summary>
    public static string ShouldNotCompile(this ExecuteResponse answer)
    {
        Assert.True(answer.Run is null && answer.Compile.Outcome == Outcome.NonzeroExit, $"Expected a compiler's refusal, but got: {answer}");
        return answer.Compile.Stderr.ToStringUtf8() + answer.Compile.Stdout.ToStringUtf8();
    }

    private static void Reached(ExecuteResponse answer, StageResult result, Outcome limit, string message) =>
        Assert.True(result.Outcome == limit && answer.Outcome == limit && result.Message.Contains(message, StringComparison.Ordinal), $"Expected {limit} ({message}), but got: {answer}");

    private static StageResult Ran(ExecuteResponse answer)
    {
        Assert.True(answer.Run is not null, $"It did not run: {answer}");
        return answer.Run;
    }
}

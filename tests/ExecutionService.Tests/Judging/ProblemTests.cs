using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Judging;

/// <summary>Every verdict, on purpose, for each kind of problem in each kind of language.</summary>
public sealed class ProblemTests(ServiceFixture service)
{
    public static TheoryData<string, string> All => new(
        from problem in Problems.Names
        from language in Problems.Languages
        select (problem, language));

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_verdict_is_given_where_it_is_due(string problem, string language)
    {
        var due = new Dictionary<string, Verdict>
        {
            ["right"] = Verdict.Accepted,
            ["wrong"] = Verdict.WrongAnswer,
            ["misformed"] = Verdict.PresentationError,
            ["loop"] = Verdict.TimeLimit,
            ["memory"] = Verdict.MemoryLimit,
            ["flood"] = Verdict.OutputLimit,
            ["crash"] = Verdict.RuntimeError,
        };
        // Numbers have no form that could be wrong.
        if (problem == "root")
            due.Remove("misformed");

        var judged = await service.JudgeAsync(Problems.Judge(problem, language, [.. due.Keys]));

        Assert.True(due.Values.SequenceEqual(judged.Verdicts), judged.ToString());
        Assert.Equal(Verdict.WrongAnswer, judged.Result.Verdict);
        Assert.Equal((1, (double)due.Count), (judged.Result.Score, judged.Result.Points));
        Assert.Equal(language == "python" ? 0 : 1, judged.Events.Count(item => item.Compiled?.Part == JudgePart.Program));
        Assert.All(judged.Tests.Where(test => test.Verdict is Verdict.Accepted), test => Assert.True(test.Run.WallTimeMs > 0 && test.Run.MemoryPeakBytes > 0));
    }

    [Theory]
    [InlineData("cpp", "main.cpp", "int main() { return x; }", "was not declared")]
    [InlineData("java", "Main.java", "class Main { int f() { } }", "missing return statement")]
    public async Task A_program_that_does_not_compile_is_told_so_and_every_test_is_skipped(string language, string path, string program, string message)
    {
        var judged = await service.JudgeAsync(Judgements.Judge(
            Requests.Program(language, program, path: path), Judgements.Test("1", "1"), Judgements.Test("2", "2")));

        Assert.Equal(Verdict.CompilationError, judged.Result.Verdict);
        Assert.Equal([Verdict.Skipped, Verdict.Skipped], judged.Verdicts);
        var compiled = judged.Events[1].Compiled;
        Assert.Equal((JudgePart.Program, Outcome.NonzeroExit), (compiled.Part, compiled.Result.Outcome));
        Assert.Contains(message, compiled.Result.Stderr.ToStringUtf8());
        Assert.NotEmpty(compiled.Result.Diagnostics);
    }

    [Fact]
    public async Task Python_compiles_nothing_before_so_what_is_no_program_fails_on_each_test()
    {
        var judged = await service.JudgeAsync(Judgements.Judge(Requests.Python("print("), Judgements.Test("1", "1"), Judgements.Test("2", "2")));

        Assert.Equal([Verdict.RuntimeError, Verdict.RuntimeError], judged.Verdicts);
        Assert.DoesNotContain(judged.Events, item => item.Compiled is not null);
        Assert.All(judged.Tests, test => Assert.Contains("SyntaxError", test.Run.Stderr.ToStringUtf8(), StringComparison.Ordinal));
    }
}

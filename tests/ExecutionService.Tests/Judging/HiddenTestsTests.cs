using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Judging;

public sealed class HiddenTestsTests(ServiceFixture service)
{
    // A program that says its input in every way a program can.
    private const string Telltale = """
        import sys
        text = sys.stdin.read()
        print(text)
        print(text, file=sys.stderr)
        if sys.argv[1:] == ["exit"]: sys.exit(int(text.split()[0]))
        if sys.argv[1:] == ["raise"]: raise Exception(text)
        """;

    private const string TelltaleChecker = """
        import sys
        for name in sys.argv[1:]: print(open(name).read(), file=sys.stderr)
        sys.exit(1)
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_of_a_hidden_test_is_told(bool isChecked)
    {
        var request = Judgements.Judge(Requests.Python(Telltale), Hidden(), Hidden("exit"), Hidden("raise"));
        if (isChecked)
            request.CheckedBy(TelltaleChecker);

        var judged = await service.JudgeAsync(request);

        Assert.Equal([Verdict.WrongAnswer, Verdict.RuntimeError, Verdict.RuntimeError], judged.Verdicts);
        AssertNothingIsTold(judged);
    }

    [Fact]
    public async Task Nothing_of_a_hidden_conversation_is_told()
    {
        var request = Judgements.Judge(Requests.Python(Telltale), Hidden(), Hidden("raise")).TalkingWith(
            "import sys\nsys.stdout.write(open(sys.argv[1]).read() + open(sys.argv[3]).read())\nsys.stdout.close()\n" + TelltaleChecker.Replace("exit(1)", "exit(7)", StringComparison.Ordinal));

        var judged = await service.JudgeAsync(request);

        Assert.Equal([Verdict.InternalError, Verdict.InternalError], judged.Verdicts);
        AssertNothingIsTold(judged);
    }

    [Fact]
    public async Task The_same_test_in_the_open_tells_all_of_it()
    {
        var open = Hidden("raise");
        open.Hidden = false;

        var judged = await service.JudgeAsync(Judgements.Judge(Requests.Python(Telltale), open));

        var test = judged.Tests.Single();
        Assert.Contains("99 secret", test.Run.Stdout.ToStringUtf8());
        Assert.Contains("secret", test.Run.Diagnostics.Single().Message);
        Assert.Equal((true, 1), (test.Run.HasExitCode, test.Run.ExitCode));
    }

    private static JudgeTest Hidden(params string[] arguments)
    {
        var test = Judgements.Test("99 secret", "secret", arguments);
        test.Hidden = true;
        return test;
    }

    private static void AssertNothingIsTold(Judged judged)
    {
        Assert.All(judged.Events, item => Assert.DoesNotContain("secret", JsonFormatter.Default.Format(item), StringComparison.Ordinal));
        Assert.All(judged.Tests, test =>
        {
            Assert.True(test.Hidden);
            Assert.Equal("", test.Message);
            // Of its run, nothing but how it ended and what it used.
            var run = test.Run.Clone();
            Assert.True(run.WallTimeMs > 0 && run.MemoryPeakBytes > 0);
            (run.Outcome, run.WallTimeMs, run.UserCpuTimeMs, run.SystemCpuTimeMs, run.MemoryPeakBytes) = (Outcome.Unspecified, 0, 0, 0, 0);
            Assert.Equal(new StageResult(), run);
        });
    }
}

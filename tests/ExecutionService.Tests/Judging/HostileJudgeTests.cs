using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Judging;

/// <summary>A checker and an interactor are strangers' programs like any other; what is wrong with them is never the program's fault.</summary>
public sealed class HostileJudgeTests(ServiceFixture service)
{
    private static readonly Limits _tight = new() { WallTimeLimitMs = 3_000, CpuTimeLimitMs = 500, OutputLimitBytes = 64 << 10, MemoryLimitBytes = 64 << 20 };

    public static TheoryData<string> Misdeeds =>
    [
        "while True: pass",
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        "import sys\nwhile True: sys.stdout.write('flood' * 1000)",
        "import sys\nwhile True: sys.stderr.write('flood' * 1000)",
        "x = [bytearray(1 << 20) for _ in range(1 << 20)]",
        "import os\nos.abort()",
        "import os\nos.kill(os.getpid(), 9)",
        "import sys\nsys.exit(3)",
        "import sys\nsys.exit(42)",
        "import sys\nprint('points 1000', file=sys.stderr)\nsys.exit(7)",
    ];

    [Theory]
    [MemberData(nameof(Misdeeds))]
    public async Task A_hostile_checker_ends_in_an_internal_error_and_harms_nobody(string checker)
    {
        var judged = await service.JudgeAsync(Judgements.Judge(Requests.Bash("cat"), Judgements.Test("1", "1")).CheckedBy(checker, _tight));

        Assert.True(judged.Result.Verdict == Verdict.InternalError, judged.ToString());
        Assert.Equal(Outcome.Succeeded, judged.Tests.Single().Run.Outcome);
        await AssertOthersRunAsync();
    }

    [Theory]
    [MemberData(nameof(Misdeeds))]
    [InlineData("import time\ntime.sleep(60)")]
    public async Task A_hostile_interactor_ends_in_an_internal_error_and_harms_nobody(string interactor)
    {
        // The program waits for an answer that never comes; that must not be held against it.
        var test = Judgements.Test("1", "1");
        test.Limits = new Limits { WallTimeLimitMs = 2_000 };

        var judged = await service.JudgeAsync(Judgements.Judge(Requests.Python("print('hello', flush=True)\nimport sys\nsys.stdin.read()"), test).TalkingWith(interactor, _tight));

        Assert.True(judged.Result.Verdict == Verdict.InternalError, judged.ToString());
        await AssertOthersRunAsync();
    }

    [Fact]
    public async Task A_checker_that_does_not_compile_is_the_judgements_error()
    {
        var request = Judgements.Judge(Requests.Bash("cat"), Judgements.Test("1", "1"));
        request.Checker = Requests.Program("c", "int main(void) { return x; }", path: "checker.c");

        var judged = await service.JudgeAsync(request);

        Assert.Equal(Verdict.InternalError, judged.Result.Verdict);
        Assert.Equal("The checker does not compile.", judged.Result.Message);
        Assert.Equal([Verdict.Skipped], judged.Verdicts);
        Assert.Contains("undeclared", judged.Events[1].Compiled.Result.Stderr.ToStringUtf8());
    }

    [Fact]
    public async Task A_checker_sees_its_three_files_and_nothing_of_the_program()
    {
        var program = Requests.Python("open('left.txt', 'w').write('x')\nprint('output')");
        var judged = await service.JudgeAsync(Judgements.Judge(program, Judgements.Test("input", "answer")).CheckedBy("""
            import os, sys
            seen = {name: open(name).read().strip() for name in os.listdir(".") if name != "main.py"}
            print(sorted(seen.items()), sys.argv[1:], file=sys.stderr)
            """));

        Assert.Equal(
            "[('answer', 'answer'), ('input', 'input'), ('output', 'output')] ['input', 'output', 'answer']", judged.Tests.Single().Message);
    }

    private async Task AssertOthersRunAsync() => Assert.Equal(
        Outcome.Succeeded, (await service.Client.ExecuteAsync(Requests.Bash("echo still here"), cancellationToken: TestContext.Current.CancellationToken)).Outcome);
}

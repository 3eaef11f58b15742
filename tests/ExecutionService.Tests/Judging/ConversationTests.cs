using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Judging;

/// <summary>The ways in which a conversation between a program and an interactor can end.</summary>
public sealed class ConversationTests(ServiceFixture service)
{
    private const string Listen = "import sys\nfor line in sys.stdin: pass\n";

    [Fact]
    public async Task A_program_that_dies_in_the_middle_has_a_runtime_error()
    {
        var test = await TalkAsync("print(1, flush=True)\ninput()\nraise Exception('on purpose')", "import sys\nsys.stdin.readline()\nprint(2, flush=True)\n" + Listen + "sys.exit(1)");

        Assert.Equal(Verdict.RuntimeError, test.Verdict);
        Assert.Equal("1\n", test.Run.Stdout.ToStringUtf8());
        Assert.Contains("on purpose", test.Run.Stderr.ToStringUtf8());
    }

    [Fact]
    public async Task Two_who_wait_for_each_other_end_at_the_programs_time_limit()
    {
        var test = await TalkAsync("input()", "import sys\nsys.stdin.readline()\nsys.exit(1)", new Limits { WallTimeLimitMs = 500 });

        Assert.Equal(Verdict.TimeLimit, test.Verdict);
        Assert.Contains("0.5 s", test.Message);
    }

    [Fact]
    public async Task Two_who_talk_and_never_listen_end_at_the_programs_output_limit()
    {
        const string Shout = "import sys\nwhile True: sys.stdout.write('x' * 1000)";

        // The interactor may say more than the program before it has said too much itself.
        var judged = await service.JudgeAsync(
            Judgements.Judge(Requests.Python(Shout, limits: new Limits { OutputLimitBytes = 256 << 10 }), Judgements.Test("", ""))
                .TalkingWith("import sys, time\nfor _ in range(1000): sys.stdout.write('x' * 1000)\nsys.stdin.read()", new Limits { OutputLimitBytes = 4 << 20 }));

        Assert.True(judged.Result.Verdict == Verdict.OutputLimit, judged.ToString());
    }

    [Fact]
    public async Task An_interactor_that_leaves_content_lets_the_program_come_to_its_end()
    {
        var test = await TalkAsync("print(input(), flush=True)\nimport sys\nrest = sys.stdin.read()\nprint(len(rest))", "print('last words', flush=True)\nimport sys\nsys.exit(0)");

        Assert.Equal(Verdict.Accepted, test.Verdict);
        Assert.Equal("last words\n0\n", test.Run.Stdout.ToStringUtf8());
    }

    [Fact]
    public async Task What_is_won_is_lost_by_a_program_that_then_fails()
    {
        Assert.Equal(Verdict.RuntimeError, (await TalkAsync("input()\ninput()", "print('fine', flush=True)")).Verdict);
        Assert.Equal(Verdict.TimeLimit, (await TalkAsync("input()\nwhile True: pass", "print('fine', flush=True)", new Limits { CpuTimeLimitMs = 300 })).Verdict);
    }

    [Fact]
    public async Task An_interactor_that_rejects_is_believed_and_the_program_stopped()
    {
        var test = await TalkAsync("print('hi', flush=True)\nwhile True: pass", "import sys\nsys.stdin.readline()\nprint('no', file=sys.stderr)\nsys.exit(1)", new Limits { CpuTimeLimitMs = 60_000, WallTimeLimitMs = 60_000 });

        Assert.Equal((Verdict.WrongAnswer, "no"), (test.Verdict, test.Message));
        Assert.Null(test.Run);
    }

    [Fact]
    public async Task A_program_that_says_enough_and_leaves_is_judged_by_the_interactor()
    {
        var test = await TalkAsync("print(1)\nprint(2)", "import sys, time\ntime.sleep(0.3)\nprint(sum(map(int, sys.stdin)), file=sys.stderr)");

        Assert.Equal((Verdict.Accepted, "3"), (test.Verdict, test.Message));
    }

    [Fact]
    public async Task An_interactor_may_give_a_part_of_the_points()
    {
        var test = await TalkAsync("print(1)", "import sys\nsys.stdin.read()\nprint('points 0.25', file=sys.stderr)\nsys.exit(7)");

        Assert.Equal((Verdict.WrongAnswer, 0.25), (test.Verdict, test.Score));
    }

    [Fact]
    public async Task A_megabyte_each_way_arrives_whole()
    {
        const string Echo = "import sys\nwhile True:\n    line = sys.stdin.readline()\n    if not line: break\n    print(line, end='', flush=True)";
        const string Speak = """
            import sys
            for i in range(64):
                line = chr(97 + i % 26) * 16383 + "\n"
                sys.stdout.write(line)
                sys.stdout.flush()
                if sys.stdin.readline() != line: sys.exit(1)
            """;
        var generous = new Limits { OutputLimitBytes = 2 << 20 };

        var judged = await service.JudgeAsync(
            Judgements.Judge(Requests.Python(Echo, limits: generous), Judgements.Test("", "")).TalkingWith(Speak, generous));

        Assert.True(judged.Result.Verdict == Verdict.Accepted, judged.Tests.Single().Message);
        Assert.Equal((16 * 1024, true), (judged.Tests.Single().Run.Stdout.Length, judged.Tests.Single().Run.StdoutTruncated));
    }

    [Fact]
    public async Task Compiled_interactors_talk_with_compiled_programs()
    {
        var request = Judgements.Judge(
            Requests.Program("c", "#include <stdio.h>\nint main(void) { int x; scanf(\"%d\", &x); printf(\"%d\\n\", 2 * x); }", path: "main.c"),
            Judgements.Test("21", "42"), Judgements.Test("4", "9"));
        request.Interactor = Requests.Program("cpp", """
            #include <bits/stdc++.h>
            int main(int, char **names) {
                int input, answer, said;
                std::ifstream(names[1]) >> input; std::ifstream(names[3]) >> answer;
                std::cout << input << std::endl;
                return std::cin >> said && said == answer ? 0 : 1;
            }
            """, path: "interactor.cpp");

        var judged = await service.JudgeAsync(request);

        Assert.Equal([Verdict.Accepted, Verdict.WrongAnswer], judged.Verdicts);
        Assert.Equal([JudgePart.Program, JudgePart.Interactor], judged.Events.Where(item => item.Compiled is not null).Select(item => item.Compiled.Part));
    }

    private async Task<JudgeTestResult> TalkAsync(string program, string interactor, Limits? limits = null)
    {
        var judged = await service.JudgeAsync(Judgements.Judge(Requests.Python(program, limits: limits), Judgements.Test("", "")).TalkingWith(interactor));
        return judged.Tests.Single();
    }
}

using Google.Protobuf;
using ModelContextProtocol;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Tests.Mcp;

public sealed class JudgeToolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Dictionary<string, object?> Judgement => new()
    {
        ["language"] = "python",
        ["code"] = "print(int(input()) + 1)",
        ["tests"] = (object[])[new { input = "1\n", expectedOutput = "2\n" }, new { input = "x", expectedOutput = "", arguments = (string[])["a b"] }],
    };

    [Fact]
    public async Task Every_test_is_told_with_its_verdict_and_why()
    {
        await using var gateway = await TestGateway.StartAsync();
        var told = new List<ProgressNotificationValue>();
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Services.Execution.OnJudge = async (_, events, _) =>
        {
            await events.WriteAsync(new JudgeEvent { Compiled = new JudgeCompiled { Part = JudgePart.Program, Result = new StageResult { Stderr = ByteString.CopyFromUtf8("warning") } } });
            // As they end.
            await events.WriteAsync(Finished(1, Verdict.RuntimeError, "It exited with 1.", exitCode: 1));
            await events.WriteAsync(Finished(0, Verdict.Accepted, "", exitCode: 0));
            // Whoever has the result listens no more.
            await heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await events.WriteAsync(new JudgeEvent { Result = new JudgeResult { Verdict = Verdict.RuntimeError, AcceptedCount = 1, FailedCount = 1 } });
        };
        await using var client = await Agent.ConnectAsync(gateway);

        var result = await client.CallToolAsync("judge", Judgement, new Agent.Listener(value =>
        {
            lock (told)
            {
                told.Add(value);
                if (told.Count == 2)
                    heard.TrySetResult();
            }
        }), cancellationToken: Token);

        var answer = Agent.AnswerOf(result);
        Assert.Equal(("runtimeError", 1, 1, 0, "warning"), ((string?)answer["verdict"], (int?)answer["accepted"], (int?)answer["failed"], (int?)answer["skipped"], (string?)answer["compilerOutput"]));
        var tests = answer["tests"]!.AsArray();
        Assert.Equal(["accepted", "runtimeError"], tests.Select(test => (string?)test!["verdict"]));
        Assert.Equal(("It exited with 1.", 1, "out", 12.5), ((string?)tests[1]!["message"], (int?)tests[1]!["exitCode"], (string?)tests[1]!["stdout"], (double?)tests[1]!["wallTimeMs"]));
        Assert.Null(tests[0]!["message"]);
        lock (told)
            Assert.Equal([(1f, 2f, "Test 2: runtimeError"), (2f, 2f, "Test 1: accepted")], told.OrderBy(value => value.Progress).Select(value => (value.Progress, value.Total!.Value, value.Message!)));
    }

    [Fact]
    public async Task The_call_reaches_the_judge_whole()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var client = await Agent.ConnectAsync(gateway);

        await client.CallToolAsync(
            "judge", new Dictionary<string, object?>(Judgement) { ["comparison"] = "numbers", ["tolerance"] = 0.5, ["wallTimeMs"] = 700, ["stopAtFirstFailure"] = true }, cancellationToken: Token);

        var request = gateway.Services.Execution.LastJudgement!;
        Assert.Equal(("python", "main.py", 700u, true), (request.Program.Language, request.Program.Files[0].Path, request.Program.Limits.WallTimeLimitMs, request.StopAtFirstFailure));
        Assert.Equal((Comparison.Types.Mode.Numbers, 0.5, 0.5), (request.Comparison.Mode, request.Comparison.AbsoluteTolerance, request.Comparison.RelativeTolerance));
        Assert.Equal(["1\n", "x"], request.Tests.Select(test => test.Input.ToStringUtf8()));
        Assert.Equal(["2\n", ""], request.Tests.Select(test => test.ExpectedOutput.ToStringUtf8()));
        Assert.Equal(["a b"], request.Tests[1].Arguments);
        Assert.StartsWith("anonymous:", request.Program.Caller, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_told_by_name()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var client = await Agent.ConnectAsync(gateway);

        Assert.Contains("tests: At least one test", await Agent.ErrorAsync(client, "judge", new(Judgement) { ["tests"] = (object[])[] }), StringComparison.Ordinal);
        Assert.Contains("tests[0]: Must not be null", await Agent.ErrorAsync(client, "judge", new(Judgement) { ["tests"] = (object?[])[null] }), StringComparison.Ordinal);
        Assert.Equal(0, gateway.Services.Execution.JudgeCalls);
    }

    [Fact]
    public async Task Every_run_of_a_judgement_counts_for_the_limit()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:RateLimits:RunBurst", "20"), ("Gateway:RateLimits:RunsPerSecond", "1"));
        await using var client = await Agent.ConnectAsync(gateway);
        var many = new Dictionary<string, object?>(Judgement) { ["tests"] = Enumerable.Repeat(new { input = "1" }, 15).ToArray() };

        await client.CallToolAsync("judge", many, cancellationToken: Token);

        Assert.Contains("slow down", await Agent.ErrorAsync(client, "judge", many), StringComparison.Ordinal);
        Assert.Equal(1, gateway.Services.Execution.JudgeCalls);
    }

    private static JudgeEvent Finished(uint index, Verdict verdict, string message, int exitCode) => new()
    {
        TestFinished = new JudgeTestResult
        {
            Index = index,
            Id = $"{index + 1}",
            Verdict = verdict,
            Message = message,
            Run = new StageResult { Outcome = Outcome.NonzeroExit, ExitCode = exitCode, Stdout = ByteString.CopyFromUtf8("out"), WallTimeMs = 12.5 },
        },
    };
}

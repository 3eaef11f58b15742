using System.Globalization;
using global::Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Executions;

namespace OnlineCompiler.ExecutionService.Tests.Judging;

/// <summary>What many tests cost, how they share the queue with others, and what is left when they are over.</summary>
public sealed class ManyTestsTests
{
    private static readonly Dictionary<string, string> _fourPlaces = new() { ["Execution:MaxConcurrent"] = "4" };

    [Fact]
    public async Task A_hundred_tests_cost_one_compilation()
    {
        // Nothing is kept between compilations here, so a second one would be a second stage.
        await using var service = new ServiceFixture();
        var request = Judgements.Judge(
            Problems.Program("sum", "cpp"),
            [.. Enumerable.Range(0, 100).Select(i => Judgements.Test($"{i} {i}", $"{2 * i}"))]);
        request.Program.RequestId = "hundred";
        using var stages = new StageCounter("hundred");

        var judged = await service.JudgeAsync(request);

        Assert.Equal((Verdict.Accepted, 100u, 100.0), (judged.Result.Verdict, judged.Result.AcceptedCount, judged.Result.Score));
        Assert.Single(stages.Ended, name => name == "sandbox compile");
        Assert.Equal(100, stages.Ended.Count(name => name == "sandbox run"));
    }

    [Fact]
    public async Task A_checker_is_compiled_once_too()
    {
        await using var service = new ServiceFixture();
        var request = Judgements.Judge(Requests.Bash("cat"), [.. Enumerable.Range(0, 10).Select(i => Judgements.Test($"{i}", $"{i}"))]);
        request.Program.RequestId = "checked";
        request.Checker = Requests.Program("c", """
            #include <stdio.h>
            int main(int n, char **names) { return n == 4 && getc(fopen(names[2], "r")) == getc(fopen(names[3], "r")) ? 0 : 1; }
            """, path: "checker.c");
        using var stages = new StageCounter("checked");

        var judged = await service.JudgeAsync(request);

        Assert.Equal(10u, judged.Result.AcceptedCount);
        Assert.Single(stages.Ended, name => name == "sandbox compile");
        Assert.Single(judged.Events, item => item.Compiled?.Part == JudgePart.Checker);
    }

    [Fact]
    public async Task Tests_run_at_the_same_time_within_their_callers_share()
    {
        await using var service = new ServiceFixture(_fourPlaces);
        using var stages = new StageCounter("");

        var judged = await service.JudgeAsync(Judgements.Judge(
            Requests.Bash("sleep 0.3; echo done"), [.. Enumerable.Range(0, 9).Select(_ => Judgements.Test("", "done"))]));

        Assert.Equal(9u, judged.Result.AcceptedCount);
        Assert.Equal(service.Service<ExecutionQueues>().PlacesPerCaller, stages.MostRunning);
        Assert.Equal(3, stages.MostRunning);
        AssertNobodyIsLeft(service);
    }

    [Fact]
    public async Task Others_have_their_turn_between_two_tests()
    {
        await using var service = new ServiceFixture(new Dictionary<string, string> { ["Execution:MaxConcurrent"] = "1" });
        var token = TestContext.Current.CancellationToken;
        var judgement = Judgements.Judge(Requests.Bash("sleep 0.1; cat"), [.. Enumerable.Range(0, 30).Select(i => Judgements.Test($"{i}", $"{i}"))]);
        judgement.Program.Caller = "patient";
        using var call = service.Client.Judge(judgement, cancellationToken: token);
        while (await call.ResponseStream.MoveNext(token) && call.ResponseStream.Current.TestFinished is null)
        {
        }

        var other = Requests.Bash("echo mine");
        other.Caller = "other";
        Assert.Equal(Outcome.Succeeded, (await service.Client.ExecuteAsync(other, cancellationToken: token)).Outcome);

        // Most tests were still to come when the other one had its answer.
        var rest = await call.ResponseStream.ReadAllAsync(token).ToListAsync(token);
        Assert.InRange(rest.Count(item => item.TestFinished is not null), 15, 29);
        Assert.Equal(30u, rest[^1].Result.AcceptedCount);
    }

    [Fact]
    public async Task A_full_queue_refuses_a_judgement_at_once_and_never_one_that_has_begun()
    {
        await using var service = new ServiceFixture(new Dictionary<string, string> { ["Execution:MaxConcurrent"] = "1", ["Execution:MaxQueued"] = "0" });
        var token = TestContext.Current.CancellationToken;
        var judgement = Judgements.Judge(Requests.Bash("sleep 0.1; cat"), [.. Enumerable.Range(0, 8).Select(i => Judgements.Test($"{i}", $"{i}"))]);
        using var call = service.Client.Judge(judgement, cancellationToken: token);
        Assert.True(await call.ResponseStream.MoveNext(token));

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await service.JudgeAsync(judgement));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        // Between two tests, others may take the only place; the judgement waits for it though nobody else may.
        var finished = new List<JudgeEvent>();
        await foreach (var item in call.ResponseStream.ReadAllAsync(token))
        {
            finished.Add(item);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TryToRunAsync(service)));
        }

        Assert.Equal(9, finished.Count);
        Assert.Equal(8u, finished[^1].Result.AcceptedCount);
    }

    [Fact]
    public async Task After_the_first_failure_nothing_counts_and_the_order_is_that_of_the_tests()
    {
        await using var service = new ServiceFixture(_fourPlaces);
        // The second test fails last of all, the later ones are quick.
        var request = Judgements.Judge(
            Requests.Bash("read s; sleep $s; echo $s"),
            [Judgements.Test("0.2", "0.2"), Judgements.Test("0.6", "never"), Judgements.Test("0", "0"), .. Enumerable.Range(0, 20).Select(_ => Judgements.Test("0.1", "no"))]);
        request.StopAtFirstFailure = true;

        var judged = await service.JudgeAsync(request);

        Assert.Equal(Enumerable.Range(0, 23), judged.InOrderOfArrival.Select(test => (int)test.Index));
        Assert.Equal([Verdict.Accepted, Verdict.WrongAnswer, .. Enumerable.Repeat(Verdict.Skipped, 21)], judged.Verdicts);
        Assert.Equal((Verdict.WrongAnswer, 1u, 1u, 21u), (judged.Result.Verdict, judged.Result.AcceptedCount, judged.Result.FailedCount, judged.Result.SkippedCount));
        AssertNobodyIsLeft(service);
    }

    [Fact]
    public async Task Without_stopping_all_tests_run()
    {
        await using var service = new ServiceFixture(_fourPlaces);

        var judged = await service.JudgeAsync(Judgements.Judge(
            Requests.Bash("cat"), Judgements.Test("1", "2"), Judgements.Test("2", "2"), Judgements.Test("3", "2"), Judgements.Test("2", "2")));

        Assert.Equal([Verdict.WrongAnswer, Verdict.Accepted, Verdict.WrongAnswer, Verdict.Accepted], judged.Verdicts);
        Assert.Equal("Line 1: expected \"2\", found \"1\".", judged.Tests[0].Message);
        Assert.Equal("1", judged.Tests[0].Run.Stdout.ToStringUtf8());
    }

    [Fact]
    public async Task Tests_have_points_limits_and_names_of_their_own()
    {
        await using var service = new ServiceFixture(_fourPlaces);
        var small = Judgements.Test("x", "x");
        (small.Id, small.Points) = ("small", 0.5);
        var slow = Judgements.Test("y", "y");
        slow.Limits = new Limits { WallTimeLimitMs = 100 };
        var request = Judgements.Judge(Requests.Bash("sleep 0.4; cat"), small, slow);

        var judged = await service.JudgeAsync(request);

        Assert.Equal([Verdict.Accepted, Verdict.TimeLimit], judged.Verdicts);
        Assert.Equal(["small", "2"], judged.Tests.Select(test => test.Id));
        Assert.Equal((0.5, 1.5), (judged.Result.Score, judged.Result.Points));
        Assert.Contains("0.1 s", judged.Tests[1].Message);
    }

    [Fact]
    public async Task Leaving_the_call_kills_everything()
    {
        await using var service = new ServiceFixture(_fourPlaces);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var mark = Guid.NewGuid().ToString("N");
        // Every program of the judgement carries the mark in its command line: three at once, and an interactor for each.
        var request = Judgements.Judge(
                Requests.Bash("sleep 50; echo"), [.. Enumerable.Range(0, 6).Select(_ => Judgements.Test("", "", mark))])
            .TalkingWith($"import os, sys\nos.execv('/usr/bin/python3', ['python3', '-c', 'import time; time.sleep(50)', '{mark}'])");
        using var call = service.Client.Judge(request, cancellationToken: leaving.Token);
        await EventuallyAsync(() => CountOf(mark) >= 6);

        await leaving.CancelAsync();

        await EventuallyAsync(() => CountOf(mark) == 0);
        await EventuallyAsync(() => service.Service<ExecutionQueues>().Working is { RunningCount: 0, WaitingCount: 0 });
    }

    private static async Task TryToRunAsync(ServiceFixture service)
    {
        try
        {
            await service.Client.ExecuteAsync(Requests.Bash("true"), cancellationToken: TestContext.Current.CancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.ResourceExhausted)
        {
            // The only place was taken.
        }
    }

    private static void AssertNobodyIsLeft(ServiceFixture service)
    {
        var queue = service.Service<ExecutionQueues>().Working;
        Assert.Equal((0, 0), (queue.RunningCount, queue.WaitingCount));
    }

    private static int CountOf(string mark) => Directory.EnumerateDirectories("/proc")
        .Count(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _) && CommandLineOf(folder).Contains(mark, StringComparison.Ordinal));

    private static string CommandLineOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        for (var attempt = 0; !condition(); attempt++)
        {
            Assert.True(attempt < 1_000, "It did not happen in time.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}

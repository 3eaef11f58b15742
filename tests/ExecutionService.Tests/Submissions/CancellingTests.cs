using System.Diagnostics;
using Google.Rpc;
using global::Grpc.Core;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Submissions;

public sealed class CancellingTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task What_waits_never_runs_and_what_runs_is_killed()
    {
        await using var service = Submitting.ServiceOn(redis, ("Execution:MaxConcurrent", "1"));
        var running = await service.SubmitAsync(Requests.Bash("sleep 50"));
        await service.IsAsync(running.Id, SubmissionState.Running);
        var waiting = await service.SubmitAsync(Requests.Bash("true"));
        var last = await service.SubmitAsync(Requests.Bash("echo last"));

        var cancelled = await service.CancelAsync(waiting.Id);
        var watch = Stopwatch.StartNew();
        var killed = await service.CancelAsync(running.Id);
        var end = await service.EndAsync(last.Id);

        Assert.Equal((SubmissionState.Cancelled, 0u), (cancelled.State, cancelled.Attempts));
        Assert.Null(cancelled.StartedAt);
        Assert.Equal((SubmissionState.Cancelled, 1u), (killed.State, killed.Attempts));
        // There is one place, which only a killed program leaves before its 50 s (5 s of lease would do no harm here).
        Assert.Equal("last\n", end.Execution.Run.Stdout.ToStringUtf8());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4));
        Assert.Equal(cancelled, await service.GetAsync(waiting.Id));
        // What is final stays.
        Assert.Equal(SubmissionState.Finished, (await service.CancelAsync(last.Id)).State);
    }

    [Fact]
    public async Task Any_instance_cancels_what_another_runs_and_those_who_watch_are_told()
    {
        await using var own = new RedisServer();
        await own.StartAsync();
        await using var runner = Submitting.ServiceOn(own, ("Execution:MaxConcurrent", "1"));
        var running = await runner.SubmitAsync(Requests.Bash("sleep 50"));
        await runner.IsAsync(running.Id, SubmissionState.Running);
        await using var other = Submitting.ServiceOn(own);
        var watching = runner.WatchAsync(running.Id);
        var watchingElsewhere = other.WatchAsync(running.Id);

        await other.CancelAsync(running.Id);

        Assert.Equal(SubmissionState.Cancelled, (await watching)[^1].State);
        Assert.Equal(SubmissionState.Cancelled, (await watchingElsewhere)[^1].State);
        var direct = await runner.Client.ExecuteAsync(Requests.Bash("echo free"), deadline: DateTime.UtcNow.AddSeconds(4), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Outcome.Succeeded, direct.Outcome);
    }

    [Fact]
    public async Task Too_many_are_refused_with_a_delay_for_one_caller_and_for_all()
    {
        await using var own = new RedisServer();
        await own.StartAsync();
        await using var service = Submitting.ServiceOn(
            own, ("Execution:MaxConcurrent", "1"), ("Submissions:MaxWaiting", "3"), ("Submissions:MaxWaitingPerCaller", "2"));
        var first = await service.SubmitAsync(Requests.Bash("sleep 50"), "ada");
        await service.SubmitAsync(Requests.Bash("true"), "ada");

        var ofOne = await Assert.ThrowsAsync<RpcException>(() => service.SubmitAsync(Requests.Bash("true"), "ada"));
        await service.SubmitAsync(Requests.Bash("true"), "bob");
        var ofAll = await Assert.ThrowsAsync<RpcException>(() => service.SubmitAsync(Requests.Bash("true"), "eve"));
        await service.CancelAsync(first.Id);
        var accepted = await service.SubmitAsync(Requests.Bash("true"), "eve");

        foreach (var error in (RpcException[])[ofOne, ofAll])
        {
            Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
            Assert.True(error.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        }
        Assert.Equal(SubmissionState.Finished, (await service.EndAsync(accepted.Id)).State);
    }

    [Fact]
    public async Task A_flood_of_one_caller_does_not_hold_up_another()
    {
        await using var service = Submitting.ServiceOn(redis, ("Execution:MaxConcurrent", "2"));
        var flood = new List<Submission>();
        for (var i = 0; i < 30; i++)
            flood.Add(await service.SubmitAsync(Requests.Bash("sleep 0.3"), "flood"));

        var other = await service.EndAsync((await service.SubmitAsync(Requests.Bash("echo other"), "other")).Id);

        Assert.Equal("other\n", other.Execution.Run.Stdout.ToStringUtf8());
        var states = await Task.WhenAll(flood.Select(one => service.GetAsync(one.Id)));
        Assert.True(states.Count(one => one.State == SubmissionState.Queued) >= 20, "The other one came late.");
        await Task.WhenAll(flood.Select(one => service.CancelAsync(one.Id)));
    }
}

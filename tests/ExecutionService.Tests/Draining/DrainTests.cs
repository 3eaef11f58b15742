using System.Net;
using global::Grpc.Core;
using Google.Rpc;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Draining;
using OnlineCompiler.ExecutionService.Tests.Resuming;

namespace OnlineCompiler.ExecutionService.Tests.Draining;

public sealed class DrainTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_that_is_told_to_stop_finishes_what_runs_and_refuses_what_is_new()
    {
        await using var service = Service("00:01:00");
        await using var talk = await Grpc.Conversation.StartAsync(service, Requests.Bash("echo ready; read x; echo got $x"), isTerminal: false);
        await talk.ReadUntilAsync("ready");
        using var streamed = service.Client.ExecuteStream(Requests.Bash("echo begun; sleep 1; echo done"), cancellationToken: Token);
        while (await streamed.ResponseStream.MoveNext(Token) && streamed.ResponseStream.Current.Output is null)
        {
        }
        using var http = service.CreateHttpClient();

        var stopping = service.StopAsync();
        await service.Service<Drain>().Begun.WaitAsync(TimeSpan.FromSeconds(20), Token);

        var error = await Assert.ThrowsAsync<RpcException>(async () => await service.Client.ExecuteAsync(Requests.Bash("echo no"), cancellationToken: Token));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Equal("DRAINING", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        Assert.True(error.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        var ready = await http.GetAsync("/health/ready", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("Draining", await ready.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);

        // Who waits for someone to type is told how long that may take; and goes on until then.
        var told = await talk.UntilAsync(happened => happened.Stopping is not null);
        Assert.InRange(told.Stopping.WithinMs, 1u, 60_000u);
        await talk.TypeAsync("it\n");
        Assert.Equal(Outcome.Succeeded, (await talk.ResultAsync()).Outcome);
        Assert.Equal("ready\ngot it\n", talk.All);
        var last = new ExecuteEvent();
        while (await streamed.ResponseStream.MoveNext(Token))
            last = streamed.ResponseStream.Current;
        Assert.Equal(Outcome.Succeeded, last.Result?.Outcome);
        await stopping.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    [Fact]
    public async Task What_has_not_ended_in_time_is_ended_with_a_reason()
    {
        await using var service = Service("00:00:00.5");
        await using var talk = await Grpc.Conversation.StartAsync(service, Requests.Bash("echo ready; read x"), isTerminal: true);
        await talk.ReadUntilAsync("ready");

        var stopping = service.StopAsync();
        var error = await Assert.ThrowsAsync<RpcException>(talk.ResultAsync);

        Assert.Equal((StatusCode.Unavailable, "The service is stopping; what still ran was ended."), (error.StatusCode, error.Status.Detail));
        await stopping.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    [Fact]
    public async Task A_caller_who_does_not_read_holds_no_end_up()
    {
        await using var service = ServiceFixture.OnMachinePorts(new Dictionary<string, string> { ["Execution:DrainTimeout"] = "00:00:00.5" });
        // More than fits on its way, so that something is always being sent.
        using var unread = service.Client.ExecuteStream(Requests.Bash("head -c 900000 /dev/zero; sleep 60"), cancellationToken: Token);
        Assert.True(await unread.ResponseStream.MoveNext(Token));
        await Task.Delay(TimeSpan.FromMilliseconds(300), Token);

        await service.StopAsync().WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    [Fact]
    public async Task A_run_whose_caller_is_away_is_waited_for_and_can_still_be_resumed()
    {
        await using var service = Service("00:01:00");
        using var talk = new ResumableTalk(service);
        await talk.StartAsync(Requests.Bash("echo ready; read x; exit 4"));
        await talk.ReadUntilAsync("ready");
        talk.Lose();

        var stopping = service.StopAsync();
        await service.Service<Drain>().Begun.WaitAsync(TimeSpan.FromSeconds(20), Token);
        await talk.ResumeAsync();
        await talk.UntilAsync(happened => happened.Stopping is not null);
        await talk.TypeAsync("x\n");

        Assert.Equal(4, (await talk.ResultAsync()).Run.ExitCode);
        await stopping.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    [Fact]
    public async Task Nothing_to_wait_for_makes_no_wait()
    {
        await using var service = Service("01:00:00");
        await service.Client.ExecuteAsync(Requests.Bash("true"), cancellationToken: Token);

        // An hour is what it could take.
        await service.StopAsync().WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    private static ServiceFixture Service(string drainTimeout) => new(new Dictionary<string, string> { ["Execution:DrainTimeout"] = drainTimeout });
}

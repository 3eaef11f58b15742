using System.Net;
using global::Grpc.Core;
using Google.Rpc;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Grpc;

public sealed class OverloadTests
{
    [Fact]
    public async Task A_full_queue_refuses_at_once_with_a_delay_and_hurts_no_one_already_in_it()
    {
        await using var small = new ServiceFixture(new Dictionary<string, string> { ["Execution:MaxConcurrent"] = "1", ["Execution:MaxQueued"] = "1" });
        var token = TestContext.Current.CancellationToken;
        // Known from here on, so that the version is not what the runs below wait for.
        await small.Client.ExecuteAsync(Requests.Bash("true"), cancellationToken: token);

        using var running = small.Client.ExecuteStream(Requests.Bash("echo running; sleep 1; echo done"), cancellationToken: token);
        await WaitForOutputAsync(running, token);
        using var waiting = small.Client.ExecuteStream(Requests.Bash("echo waited"), cancellationToken: token);
        Assert.True(await waiting.ResponseStream.MoveNext(token));

        var error = await Assert.ThrowsAsync<RpcException>(async () => await small.Client.ExecuteAsync(Requests.Bash("echo no"), cancellationToken: token));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.True(error.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        Assert.Equal(Outcome.Succeeded, await ReadOutcomeAsync(running, token));
        Assert.Equal(Outcome.Succeeded, await ReadOutcomeAsync(waiting, token));
    }

    [Fact]
    public async Task A_wait_ends_when_the_calls_deadline_passes_and_the_place_stays_anothers()
    {
        await using var small = new ServiceFixture(new Dictionary<string, string> { ["Execution:MaxConcurrent"] = "1" });
        var token = TestContext.Current.CancellationToken;
        await small.Client.ExecuteAsync(Requests.Bash("true"), cancellationToken: token);
        using var running = small.Client.ExecuteStream(Requests.Bash("echo running; sleep 2; echo done"), cancellationToken: token);
        await WaitForOutputAsync(running, token);

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await small.Client.ExecuteAsync(Requests.Bash("echo late"), deadline: DateTime.UtcNow.AddMilliseconds(300), cancellationToken: token));

        // When the server is the first to notice, the tests' in-memory transport tells its end of the call as Internal.
        Assert.Contains(error.StatusCode, new[] { StatusCode.DeadlineExceeded, StatusCode.Internal });
        Assert.Equal(Outcome.Succeeded, await ReadOutcomeAsync(running, token));
        Assert.Equal(Outcome.Succeeded, (await small.Client.ExecuteAsync(Requests.Bash("echo next"), cancellationToken: token)).Outcome);
    }

    [Fact]
    public async Task An_interactive_program_is_compiled_in_turn_with_all_others()
    {
        await using var small = new ServiceFixture(new Dictionary<string, string> { ["Execution:MaxConcurrent"] = "1", ["Execution:MaxQueued"] = "0" });
        var token = TestContext.Current.CancellationToken;
        await small.Client.ExecuteAsync(Requests.Bash("true"), cancellationToken: token);
        using var running = small.Client.ExecuteStream(Requests.Bash("echo running; sleep 60"), cancellationToken: token);
        await WaitForOutputAsync(running, token);

        await using var interpreted = await Conversation.StartAsync(small, Requests.Bash("echo at once"), isTerminal: false);
        Assert.Equal(Outcome.Succeeded, (await interpreted.ResultAsync()).Outcome);

        await using var compiled = await Conversation.StartAsync(small, Requests.Program("c", "int main(void) { return 0; }", path: "main.c"), isTerminal: false);
        var error = await Assert.ThrowsAsync<RpcException>(compiled.ResultAsync);
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact]
    public async Task One_caller_holds_no_more_interactive_programs_than_its_share()
    {
        await using var small = new ServiceFixture(new Dictionary<string, string> { ["Execution:MaxInteractive"] = "4" });
        var token = TestContext.Current.CancellationToken;
        using var first = await StartInteractiveAsync(small, "one", token);

        var error = await Assert.ThrowsAsync<RpcException>(() => StartInteractiveAsync(small, "one", token));
        using var other = await StartInteractiveAsync(small, "another", token);

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact]
    public async Task Without_a_sandbox_nothing_runs_and_readiness_says_why()
    {
        await using var broken = new ServiceFixture(new Dictionary<string, string> { ["Sandbox:StateDirectory"] = "/proc/nowhere" });

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await broken.Client.ExecuteAsync(Requests.Bash("echo no"), cancellationToken: TestContext.Current.CancellationToken));
        var health = await broken.CreateHttpClient().GetAsync("/health/ready", TestContext.Current.CancellationToken);

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("/proc/nowhere", await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<AsyncDuplexStreamingCall<AttachRequest, ExecuteEvent>> StartInteractiveAsync(ServiceFixture service, string caller, CancellationToken token)
    {
        var call = service.Client.Attach(cancellationToken: token);
        var program = Requests.Bash("echo begun; read line");
        program.Caller = caller;
        await call.RequestStream.WriteAsync(new AttachRequest { Start = program }, token);
        while (await call.ResponseStream.MoveNext(token) && call.ResponseStream.Current.Output is null)
        {
        }
        return call;
    }

    private static async Task WaitForOutputAsync(AsyncServerStreamingCall<ExecuteEvent> call, CancellationToken token)
    {
        while (await call.ResponseStream.MoveNext(token) && call.ResponseStream.Current.Output is null)
        {
        }
    }

    private static async Task<Outcome> ReadOutcomeAsync(AsyncServerStreamingCall<ExecuteEvent> call, CancellationToken token)
    {
        while (await call.ResponseStream.MoveNext(token))
        {
            if (call.ResponseStream.Current.Result is { } result)
                return result.Outcome;
        }
        return Outcome.Unspecified;
    }
}

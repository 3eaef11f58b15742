using Google.Protobuf;
using Google.Rpc;
using global::Grpc.Core;
using OnlineCompiler.Execution.V1;
using Outcome = OnlineCompiler.Execution.V1.ReportCallbackRequest.Types.Outcome;
using State = OnlineCompiler.Execution.V1.CallbackDelivery.Types.State;

namespace OnlineCompiler.ExecutionService.Tests.Submissions;

public sealed class CallbackTests : IAsyncLifetime
{
    // Of each test's own: whoever takes gets whatever is due.
    private readonly RedisServer _redis = new();

    public ValueTask InitializeAsync() => _redis.InitializeAsync();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task What_has_ended_is_due_and_once_delivered_its_secret_is_forgotten()
    {
        await using var service = Submitting.ServiceOn(_redis);
        var submitted = await SubmitAsync(service, Requests.Bash("echo 1"), Asked);

        var taken = Assert.Single(await TakeAsync(service, wait: 20));
        Assert.Equal((submitted.Id, 1u, Asked), (taken.SubmissionId, taken.Attempt, taken.Callback));
        Assert.Equal((SubmissionState.Finished, State.Pending, 1u), await StateAsync(service, submitted.Id));
        Assert.Empty(await TakeAsync(service));
        await ReportAsync(service, taken, Outcome.Delivered, status: 204);

        var delivery = (await service.GetAsync(submitted.Id)).Callback;
        Assert.Equal(new CallbackDelivery { State = State.Delivered, Attempts = 1, LastStatus = 204 }, delivery);
        Assert.Empty(await TakeAsync(service));
        await using var connection = await _redis.ConnectAsync();
        Assert.False(await connection.GetDatabase().HashExistsAsync($"oc:{{submissions}}:of:{submitted.Id}", "callback"));
        Assert.Equal(0, await connection.GetDatabase().SortedSetLengthAsync("oc:{submissions}:callbacks"));
    }

    [Fact]
    public async Task Cancelled_ones_are_told_of_and_those_without_a_callback_are_not()
    {
        await using var service = Submitting.ServiceOn(_redis, ("Execution:MaxConcurrent", "1"));
        var running = await service.SubmitAsync(Requests.Bash("sleep 50"));
        var waiting = await SubmitAsync(service, Requests.Bash("true"), Asked);

        await service.CancelAsync(waiting.Id);
        await service.CancelAsync(running.Id);

        Assert.Equal(waiting.Id, Assert.Single(await TakeAsync(service, wait: 20)).SubmissionId);
        Assert.Null((await service.GetAsync(running.Id)).Callback);
    }

    [Fact]
    public async Task Who_waits_is_woken_when_something_becomes_due_also_by_its_delay()
    {
        await using var service = Submitting.ServiceOn(_redis);
        var waiting = TakeAsync(service, wait: 30);
        await SubmitAsync(service, Requests.Bash("true"), Asked);
        var first = Assert.Single(await waiting);

        await ReportAsync(service, first, Outcome.Retry, status: 500, delayMs: 300, message: "no");
        var told = (await service.GetAsync(first.SubmissionId)).Callback;
        Assert.Empty(await TakeAsync(service));
        var second = Assert.Single(await TakeAsync(service, wait: 30));
        // What was not tried is not counted.
        await ReportAsync(service, second, Outcome.Postponed);
        var third = Assert.Single(await TakeAsync(service, wait: 30));
        await ReportAsync(service, third, Outcome.Failed, status: 410, message: "gone");

        Assert.Equal(new CallbackDelivery { State = State.Pending, Attempts = 1, LastStatus = 500, Message = "no" }, told);
        Assert.Equal((2u, 2u), (second.Attempt, third.Attempt));
        Assert.Equal(
            new CallbackDelivery { State = State.Failed, Attempts = 2, LastStatus = 410, Message = "gone" }, (await service.GetAsync(first.SubmissionId)).Callback);
    }

    [Fact]
    public async Task What_its_taker_loses_is_due_again_and_the_lost_one_changes_nothing()
    {
        await using var service = Submitting.ServiceOn(_redis);
        var submitted = await SubmitAsync(service, Requests.Bash("true"), Asked);

        var lost = Assert.Single(await TakeAsync(service, wait: 20, leaseMs: 1_000));
        var again = Assert.Single(await TakeAsync(service, wait: 20));
        await ReportAsync(service, lost, Outcome.Failed, message: "late");
        var told = await StateAsync(service, submitted.Id);
        await ReportAsync(service, again, Outcome.Delivered);

        Assert.Equal((1u, 2u), (lost.Attempt, again.Attempt));
        Assert.NotEqual(lost.Owner, again.Owner);
        Assert.Equal((SubmissionState.Finished, State.Pending, 2u), told);
        Assert.Equal((SubmissionState.Finished, State.Delivered, 2u), await StateAsync(service, submitted.Id));
    }

    [Fact]
    public async Task More_are_refused_while_too_many_wait_to_be_delivered()
    {
        await using var service = Submitting.ServiceOn(_redis, ("Submissions:MaxCallbacks", "1"));
        var first = await SubmitAsync(service, Requests.Bash("true"), Asked);
        await service.EndAsync(first.Id);

        var error = await Assert.ThrowsAsync<RpcException>(() => SubmitAsync(service, Requests.Bash("true"), Asked));
        await service.SubmitAsync(Requests.Bash("true"));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.True(error.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);
    }

    [Fact]
    public async Task In_a_cluster_everything_lies_in_one_slot()
    {
        await using var cluster = RedisServer.AsCluster();
        await cluster.StartAsync();
        await using (var connection = await cluster.ConnectAsync())
            await connection.GetDatabase().ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", 0, 16383);
        await using var service = Submitting.ServiceOn(cluster);
        await WaitFor.TrueAsync(
            async () =>
            {
                try
                {
                    await SubmitAsync(service, Requests.Bash("true"), Asked);
                    return true;
                }
                catch (RpcException error) when (error.StatusCode == StatusCode.Unavailable)
                {
                    return false;
                }
            },
            Submitting.Patience);

        await ReportAsync(service, Assert.Single(await TakeAsync(service, wait: 20)), Outcome.Delivered);
    }

    [Fact]
    public async Task What_cannot_be_a_callback_is_told_at_once_with_its_field()
    {
        await using var service = Submitting.ServiceOn(_redis);
        var wrong = new (string Field, Action<Callback> Spoil)[]
        {
            ("callback.url", callback => callback.Url = ""),
            ("callback.url", callback => callback.Url = "ftp://example.com/"),
            ("callback.url", callback => callback.Url = "http://me@example.com/"),
            ("callback.format", callback => callback.Format = "No Such"),
            ("callback.context", callback => callback.Context = new string('x', 1025)),
            ("callback.secret", callback => callback.Secret = ByteString.CopyFrom(new byte[23])),
            ("callback.secret", callback => callback.Secret = ByteString.CopyFrom(new byte[65])),
        };

        foreach (var (field, spoil) in wrong)
        {
            var callback = Asked;
            spoil(callback);
            var error = await Assert.ThrowsAsync<RpcException>(() => SubmitAsync(service, Requests.Bash("true"), callback));
            Assert.Equal(field, Assert.Single(error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field);
        }
    }

    [Fact]
    public async Task Without_a_Redis_there_are_none_to_take()
    {
        await using var service = new ServiceFixture();

        var error = await Assert.ThrowsAsync<RpcException>(() => TakeAsync(service));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
    }

    private static Callback Asked => new() { Url = "https://example.com/hook", Context = "mine", Secret = ByteString.CopyFrom(new byte[32]) };

    private static async Task<Submission> SubmitAsync(ServiceFixture service, ExecuteRequest program, Callback callback) =>
        await service.Client.SubmitAsync(new SubmitRequest { Execution = program, Callback = callback }, cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<IReadOnlyList<TakenCallback>> TakeAsync(ServiceFixture service, uint wait = 0, uint leaseMs = 60_000) =>
        (await new Callbacks.CallbacksClient(service.Channel).TakeAsync(
            new TakeCallbacksRequest { Count = 10, LeaseMs = leaseMs, WaitMs = wait * 1000 }, cancellationToken: TestContext.Current.CancellationToken)).Callbacks;

    private static async Task ReportAsync(ServiceFixture service, TakenCallback taken, Outcome outcome, uint status = 0, uint delayMs = 0, string message = "") =>
        await new Callbacks.CallbacksClient(service.Channel).ReportAsync(
            new ReportCallbackRequest { SubmissionId = taken.SubmissionId, Owner = taken.Owner, Outcome = outcome, LastStatus = status, DelayMs = delayMs, Message = message },
            cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<(SubmissionState, State, uint)> StateAsync(ServiceFixture service, string id)
    {
        var submission = await service.GetAsync(id);
        return (submission.State, submission.Callback.State, submission.Callback.Attempts);
    }
}

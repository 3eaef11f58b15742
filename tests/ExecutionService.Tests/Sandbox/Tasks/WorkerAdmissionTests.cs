using global::Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Worker.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

/// <summary>Whom the dispatcher lets in.</summary>
public sealed class WorkerAdmissionTests : IAsyncDisposable
{
    private readonly PlayedDispatcher _dispatcher = new();

    public ValueTask DisposeAsync() => _dispatcher.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a token that is long enougH")]
    public async Task A_worker_without_the_token_is_refused(string? token)
    {
        using var worker = new FakeWorker(_dispatcher.Service, token);

        var error = await Assert.ThrowsAsync<RpcException>(worker.ReadAsync);

        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
        Assert.Contains("Worker:Token must equal its Sandbox:Tasks:Token", error.Status.Detail);
        Assert.DoesNotContain("long enough", error.Status.Detail);
    }

    [Fact]
    public async Task A_worker_of_another_release_is_refused_with_both_versions()
    {
        using var worker = new FakeWorker(_dispatcher.Service, PlayedDispatcher.Token);
        var hello = FakeWorker.Hello();
        hello.Protocol = 7;
        await worker.SayWrongAsync(hello);

        var error = await Assert.ThrowsAsync<RpcException>(worker.ReadAsync);

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains("speaks version 7 of the protocol, this dispatcher version 1", error.Status.Detail);
    }

    [Fact]
    public async Task A_first_message_that_is_no_hello_is_refused()
    {
        using var worker = new FakeWorker(_dispatcher.Service, PlayedDispatcher.Token);
        await worker.SendLastAsync(new WorkerMessage { Ready = new Ready() });

        var error = await Assert.ThrowsAsync<RpcException>(worker.ReadAsync);

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("hello", error.Status.Detail);
    }

    [Fact]
    public async Task A_wrong_hello_is_refused_by_field()
    {
        using var worker = new FakeWorker(_dispatcher.Service, PlayedDispatcher.Token);
        await worker.SayWrongAsync(new Hello { Protocol = 1, WorkerId = "no\nid", Isolation = Isolation.Task });

        var error = await Assert.ThrowsAsync<RpcException>(worker.ReadAsync);

        Assert.Equal(["hello.worker_id", "hello.isolation", "hello.places"], error.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.Select(violation => violation.Field));
    }
}

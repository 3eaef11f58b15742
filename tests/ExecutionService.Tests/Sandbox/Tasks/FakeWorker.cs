using global::Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Worker.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

/// <summary>A worker that a test plays, so that it may do what no real one would.</summary>
internal sealed class FakeWorker : IDisposable
{
    private readonly AsyncDuplexStreamingCall<WorkerMessage, DispatcherMessage> _call;

    public FakeWorker(ServiceFixture service, string? token)
    {
        var headers = token is null ? [] : new Metadata { { "authorization", $"Bearer {token}" } };
        _call = new Workers.WorkersClient(service.Channel).Work(headers, cancellationToken: TestContext.Current.CancellationToken);
    }

    public static Hello Hello(string id = "fake") => new()
    {
        Protocol = 1,
        WorkerId = id,
        Isolation = Isolation.Process,
        Weaknesses = { $"{id} is weak." },
        Places = new Places { Packs = "/packs of it", Toolchains = "/toolchains of it", Temporary = "/temporary of it" },
    };

    public Task SendAsync(WorkerMessage message) => _call.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);

    /// <summary>Says something upon which the dispatcher ends the call, maybe before the sending of it has returned.</summary>
    public async Task SendLastAsync(WorkerMessage message)
    {
        try
        {
            await SendAsync(message);
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // It was heard: what follows from it is the test's to see.
        }
    }

    public Task SayAsync(Hello hello) => SendAsync(new WorkerMessage { Hello = hello });

    /// <summary>Says something for which it is not let in.</summary>
    public Task SayWrongAsync(Hello hello) => SendLastAsync(new WorkerMessage { Hello = hello });

    /// <summary>The next message; null when the dispatcher ended the call.</summary>
    public async Task<DispatcherMessage?> ReadAsync() =>
        await _call.ResponseStream.MoveNext(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20)) ? _call.ResponseStream.Current : null;

    /// <summary>Takes its job, and says that the program has started.</summary>
    public async Task<Job> StartJobAsync()
    {
        var job = (await ReadAsync())!.Job;
        for (var files = 0; files < job.FileCount; files++)
            Assert.NotNull((await ReadAsync())!.File);
        await SendAsync(new WorkerMessage { Ready = new Ready() });
        Assert.NotNull((await ReadAsync())!.Go);
        await SendAsync(new WorkerMessage { Started = new Started() });
        return job;
    }

    public Task LeaveAsync() => _call.RequestStream.CompleteAsync();

    public void Dispose() => _call.Dispose();
}

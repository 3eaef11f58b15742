using System.Globalization;
using global::Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox.Tasks;
using OnlineCompiler.ExecutionService.Sandbox.Tasks.Worker;
using OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

/// <summary>Workers that dial in from elsewhere, and how their processes end.</summary>
public sealed class WorkerExitTests : IAsyncDisposable
{
    private const string Token = "a token that is long enough";

    private readonly Lazy<ServiceFixture> _service = new(() => TaskService.Start(new Dictionary<string, string>
    {
        ["Sandbox:Tasks:LocalWorkers"] = "0",
        ["Sandbox:Tasks:Token"] = Token,
    }));

    private ServiceFixture Service => _service.Value;

    public async ValueTask DisposeAsync()
    {
        if (_service.IsValueCreated)
            await _service.Value.DisposeAsync();
    }

    [Fact]
    public async Task A_wrong_setting_is_named_and_the_token_is_not_told()
    {
        using var worker = Start("http://localhost:1", new() { ["Worker:Token"] = "tooshort", ["Worker:DialPatience"] = "2.00:00:00" });

        var (status, said) = await worker.EndAsync();

        Assert.Equal((int)WorkerExit.Misconfigured, status);
        Assert.Contains("Worker:Token must be 16 to 512 characters, not 8", said);
        Assert.Contains("Worker:DialPatience must be from 00:00:00 to 01:00:00", said);
        Assert.DoesNotContain("tooshort", said);
    }

    [Fact]
    public async Task A_dispatcher_that_is_not_there_is_named()
    {
        using var worker = Start("http://localhost:1", new() { ["Worker:DialPatience"] = "00:00:00.2" });

        var (status, said) = await worker.EndAsync();

        Assert.Equal((int)WorkerExit.DispatcherUnreachable, status);
        Assert.Contains("The dispatcher at http://localhost:1 was not reached", said);
    }

    [Fact]
    public async Task A_worker_with_another_token_is_refused_and_says_so()
    {
        using var worker = Start(Address, new() { ["Worker:Token"] = "some other token altogether" });

        var (status, said) = await worker.EndAsync();

        Assert.Equal((int)WorkerExit.TokenRefused, status);
        Assert.Contains("Worker:Token must equal its Sandbox:Tasks:Token", said);
        Assert.DoesNotContain("altogether", said);
    }

    [Fact]
    public async Task A_worker_does_one_job_and_is_done_and_one_that_is_stopped_while_idle_is_done_too()
    {
        using var first = Start(Address);
        using var second = Start(Address);
        await IdleAsync(2);

        // Asks for the version first, which is a job too: each has had one.
        var answer = await Service.Client.ExecuteAsync(Requests.Bash("echo done"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("done\n", answer.Run.Stdout.ToStringUtf8());
        Assert.Equal((int)WorkerExit.Done, (await first.EndAsync()).Status);
        Assert.Equal((int)WorkerExit.Done, (await second.EndAsync()).Status);

        using var idle = Start(Address);
        await IdleAsync(1);
        idle.Signal("TERM");
        Assert.Equal((int)WorkerExit.Done, (await idle.EndAsync()).Status);
        Assert.Equal(0, Service.Service<WorkerPool>().IdleCount);
    }

    [Fact]
    public async Task A_busy_worker_that_is_stopped_lets_its_program_end_within_the_time_it_has()
    {
        using var asked = Start(Address);
        using var worker = Start(Address, new() { ["Worker:FinishWithin"] = "00:00:20" });
        await IdleAsync(2);

        using var call = Service.Client.ExecuteStream(Requests.Bash("echo running; sleep 1; echo finished"), cancellationToken: TestContext.Current.CancellationToken);
        var output = await ReadAsync(call, () => StopBusy(asked, worker));

        Assert.Equal("running\nfinished\n", output);
    }

    [Fact]
    public async Task A_busy_worker_without_time_kills_its_program_and_reports()
    {
        using var asked = Start(Address, new() { ["Worker:FinishWithin"] = "00:00:00" });
        using var worker = Start(Address, new() { ["Worker:FinishWithin"] = "00:00:00" });
        await IdleAsync(2);

        using var call = Service.Client.ExecuteStream(Requests.Bash("echo running; sleep 60"), cancellationToken: TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<RpcException>(() => ReadAsync(call, () => StopBusy(asked, worker)));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Contains("The worker was stopped before the program had ended", error.Status.Detail);
    }

    [Theory]
    [InlineData("Process")]
    [InlineData("Namespaces")]
    public async Task Workers_of_a_service_that_is_killed_do_not_outlive_it(string backend)
    {
        using var service = new WorkerProcess(new Dictionary<string, string>
        {
            ["Sandbox:Backend"] = "Tasks",
            ["Sandbox:Tasks:LocalWorkers"] = "1",
            ["Sandbox:FirstUserId"] = FreeUserId(),
            ["Sandbox:MaxSandboxes"] = "4",
            ["Worker:Backend"] = backend,
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["GRPC_PORT"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
        });
        await Eventually.IsTrueAsync(() => Children(service.ProcessId).Count == 1, "a local worker is started");
        var worker = Children(service.ProcessId)[0];
        // Its own child is the zone, or the launcher: from then on it dials, or waits.
        await Eventually.IsTrueAsync(() => Children(worker).Count > 0, "it has made its sandbox");
        var sandbox = Children(worker)[0];

        service.Signal("KILL");

        await Eventually.IsGoneAsync(worker);
        await Eventually.IsGoneAsync(sandbox);
    }

    private string Address => $"http://localhost:{Service.GrpcPort}";

    private static WorkerProcess Start(string dispatcher, Dictionary<string, string>? settings = null)
    {
        var all = new Dictionary<string, string>
        {
            ["Worker:Dispatcher"] = dispatcher,
            ["Worker:Token"] = Token,
            ["Sandbox:FirstUserId"] = FreeUserId(),
            ["Sandbox:MaxSandboxes"] = "1",
            ["Worker:DialPatience"] = "00:00:05",
        };
        foreach (var (key, value) in settings ?? [])
            all[key] = value;
        return new WorkerProcess(all);
    }

    private static string FreeUserId() => ProcessFixture.FreeUserIds().ToString(CultureInfo.InvariantCulture);

    private Task IdleAsync(int count) => Eventually.IsTrueAsync(() => Service.Service<WorkerPool>().IdleCount == count, $"{count} workers are idle");

    /// <summary>One of them has answered for the version and is gone.</summary>
    private static void StopBusy(params WorkerProcess[] workers)
    {
        foreach (var worker in workers)
            worker.Signal("TERM");
    }

    private static async Task<string> ReadAsync(AsyncServerStreamingCall<ExecuteEvent> call, Action whenRunning)
    {
        var output = "";
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            if (call.ResponseStream.Current.Output is not { } piece)
                continue;
            if (output.Length == 0)
                whenRunning();
            output += piece.Data.ToStringUtf8();
        }
        return output;
    }

    private static List<int> Children(int processId)
    {
        try
        {
            return [.. Directory.GetDirectories($"/proc/{processId}/task")
                .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return [];
        }
    }
}

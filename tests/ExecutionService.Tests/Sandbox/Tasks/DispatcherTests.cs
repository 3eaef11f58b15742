using System.Diagnostics.Metrics;
using System.Net;
using global::Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Tasks;
using OnlineCompiler.Worker.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

/// <summary>The dispatcher with workers that tests play.</summary>
public sealed class DispatcherTests : IAsyncDisposable
{
    private const string Token = "a token that is long enough";

    private readonly ServiceFixture _service = new(new Dictionary<string, string>
    {
        ["Sandbox:Backend"] = "Tasks",
        ["Sandbox:Tasks:Token"] = Token,
        ["Sandbox:Tasks:WorkerPatience"] = "00:00:00.5",
    });

    private WorkerPool Pool => _service.Service<WorkerPool>();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a token that is long enougH")]
    public async Task A_worker_without_the_token_is_refused(string? token)
    {
        using var worker = new FakeWorker(_service, token);

        var error = await Assert.ThrowsAsync<RpcException>(worker.ReadAsync);

        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
        Assert.Contains("Worker:Token must equal its Sandbox:Tasks:Token", error.Status.Detail);
        Assert.DoesNotContain("long enough", error.Status.Detail);
    }

    [Fact]
    public async Task A_worker_of_another_release_is_refused_with_both_versions()
    {
        using var worker = new FakeWorker(_service, Token);
        var hello = FakeWorker.Hello();
        hello.Protocol = 7;
        await worker.SayAsync(hello);

        var error = await Assert.ThrowsAsync<RpcException>(worker.ReadAsync);

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains("speaks version 7 of the protocol, this dispatcher version 1", error.Status.Detail);
    }

    [Fact]
    public async Task A_first_message_that_is_no_hello_is_refused()
    {
        using var worker = new FakeWorker(_service, Token);
        await worker.SendAsync(new WorkerMessage { Ready = new Ready() });

        var error = await Assert.ThrowsAsync<RpcException>(worker.ReadAsync);

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("hello", error.Status.Detail);
    }

    [Fact]
    public async Task A_wrong_hello_is_refused_by_field()
    {
        using var worker = new FakeWorker(_service, Token);
        await worker.SayAsync(new Hello { Protocol = 1, WorkerId = "no\nid", Isolation = Isolation.Task });

        var error = await Assert.ThrowsAsync<RpcException>(worker.ReadAsync);

        Assert.Equal(["hello.worker_id", "hello.isolation", "hello.places"], error.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task Without_workers_readiness_says_how_to_start_some_and_a_run_is_refused_in_time()
    {
        var health = await _service.CreateHttpClient().GetAsync("/health/ready", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<SandboxLostException>(() => StartAsync());
        var call = await Assert.ThrowsAsync<RpcException>(async () =>
            await _service.Client.ExecuteAsync(Requests.Bash("echo no"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("No worker has dialled in", await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("No worker was free within 0.5 s (Sandbox:Tasks:WorkerPatience); 0 are busy.", error.Message);
        Assert.NotEqual(StatusCode.OK, call.StatusCode);
    }

    [Fact]
    public async Task With_a_worker_it_is_ready_and_tells_the_workers_weaknesses()
    {
        using var worker = await JoinAsync("one");

        Assert.True(_service.Sandbox.Readiness.IsReady);
        Assert.Equal(["one is weak."], _service.Sandbox.Readiness.Weaknesses);
    }

    [Fact]
    public async Task Numbers_of_idle_and_busy_workers_are_measured()
    {
        using var idle = await JoinAsync("one");
        using var busy = await JoinAsync("two");
        var starting = StartAsync();
        await idle.StartJobAsync();
        await using var run = await starting;

        Assert.Equal((1, 1), (Measure("onlinecompiler.workers.idle"), Measure("onlinecompiler.workers.busy")));
    }

    [Fact]
    public async Task The_worker_that_has_waited_longest_gets_the_job_and_never_a_second()
    {
        using var first = await JoinAsync("first");
        using var second = await JoinAsync("second");

        foreach (var expected in new[] { first, second })
        {
            var starting = StartAsync();
            await expected.StartJobAsync();
            await using (await starting)
            {
            }
            Assert.Null(await expected.ReadAsync());
        }
        await Assert.ThrowsAsync<SandboxLostException>(() => StartAsync());
    }

    [Fact]
    public async Task Commands_name_the_places_of_the_worker_that_got_them()
    {
        using var worker = await JoinAsync("one");
        var places = _service.Sandbox.Places;
        var starting = StartAsync($"{places.Packs}/bash/run.sh", $"-J{places.Temporary}", $"{places.Toolchains}/x");

        var job = await worker.StartJobAsync();
        await using var run = await starting;

        Assert.Equal(["/packs of it/bash/run.sh", "-J/temporary of it", "/toolchains of it/x"], job.Command);
    }

    [Fact]
    public async Task A_worker_that_leaves_before_it_may_run_the_job_is_replaced_by_the_next()
    {
        using var leaving = await JoinAsync("leaving");
        using var staying = await JoinAsync("staying");
        var starting = StartAsync();

        Assert.NotNull((await leaving.ReadAsync())!.Job);
        await leaving.LeaveAsync();
        await staying.StartJobAsync();

        await using var run = await starting;
    }

    [Fact]
    public async Task A_worker_that_could_not_start_the_program_is_replaced_by_the_next()
    {
        using var broken = await JoinAsync("broken");
        using var whole = await JoinAsync("whole");
        var starting = StartAsync();

        Assert.NotNull((await broken.ReadAsync())!.Job);
        await broken.SendAsync(new WorkerMessage { Failure = new Failure { Message = "No sandbox here.", NothingRan = true } });
        await whole.StartJobAsync();

        await using var run = await starting;
    }

    [Fact]
    public async Task A_job_that_may_have_run_is_never_given_to_another()
    {
        using var leaving = await JoinAsync("leaving");
        using var staying = await JoinAsync("staying");
        var starting = StartAsync();

        Assert.NotNull((await leaving.ReadAsync())!.Job);
        Assert.NotNull((await leaving.ReadAsync())!.File);
        await leaving.SendAsync(new WorkerMessage { Ready = new Ready() });
        Assert.NotNull((await leaving.ReadAsync())!.Go);
        leaving.Dispose();

        await Assert.ThrowsAsync<SandboxLostException>(() => starting);
        Assert.Equal(1, Pool.IdleCount);
    }

    private static readonly Dictionary<string, WorkerMessage> _lies = new()
    {
        { "more output than its limit", Printed(2048) },
        { "a stream that the program has not", Printed(1, Execution.V1.Output.Types.Stream.Terminal) },
        { "A file's path must not contain empty", Filed("../escape", 1) },
        { "A file's path must be relative", Filed("/etc/cron.d/job", 1) },
        { "larger than allowed", Filed("big", 1 << 30) },
        { "longer than its head said", Filed("long", 0, new byte[1]) },
        { "None does not come here", new WorkerMessage() },
        { "Hello does not come here", new WorkerMessage { Hello = FakeWorker.Hello() } },
        { "More input was taken", new WorkerMessage { InputTaken = new InputTaken { Count = 1 } } },
        { "outcome is none", new WorkerMessage { Exited = new Exited() } },
        { "exit code is not from 0 to 255", new WorkerMessage { Exited = new Exited { Outcome = Outcome.Succeeded, ExitCode = 256 } } },
        { "time is longer than possible", new WorkerMessage { Exited = new Exited { Outcome = Outcome.Succeeded, WallTimeUs = ulong.MaxValue } } },
    };

    public static TheoryData<string> Lies => [.. _lies.Keys];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task What_a_worker_says_is_not_believed(string problem)
    {
        using var worker = await JoinAsync("liar");
        var starting = StartAsync();
        await worker.StartJobAsync();
        await using var run = await starting;
        await worker.SendAsync(_lies[problem]);

        var error = await Assert.ThrowsAsync<SandboxLostException>(() => ReadAsync(run));

        Assert.StartsWith("The worker broke the protocol: ", error.Message);
        Assert.Contains(problem, error.Message);
    }

    [Fact]
    public async Task A_program_that_does_not_read_holds_its_input_back_but_not_its_kill()
    {
        using var worker = await JoinAsync("one");
        var starting = StartAsync();
        await worker.StartJobAsync();
        await using var run = await starting;

        var writing = run.WriteInputAsync(new byte[1 << 20], TestContext.Current.CancellationToken).AsTask();
        for (var taken = 0; taken < 8; taken++)
            Assert.Equal(64 << 10, (await worker.ReadAsync())!.Stdin.Length);
        Assert.False(writing.IsCompleted);
        run.Kill(SandboxOutcome.Cancelled, "enough");

        Assert.Equal("enough", (await worker.ReadAsync())!.Kill.Message);
        await worker.SendAsync(new WorkerMessage { Exited = new Exited { Outcome = Outcome.Cancelled, Message = "enough" } });
        Assert.Equal(SandboxIsolation.Task, (await ReadAsync(run)).Isolation);
        await writing;
    }

    private async Task<FakeWorker> JoinAsync(string id)
    {
        var before = Pool.IdleCount;
        var worker = new FakeWorker(_service, Token);
        await worker.SayAsync(FakeWorker.Hello(id));
        await Eventually.IsTrueAsync(() => Pool.IdleCount == before + 1, $"{id} is in the pool");
        return worker;
    }

    private Task<ISandboxRun> StartAsync(params string[] command) => _service.Sandbox.StartAsync(
        new SandboxOrder
        {
            Command = command,
            Environment = new Dictionary<string, string>(),
            Files = [new WorkspaceFile("a", new byte[] { 1 })],
            Limits = new SandboxLimits
            {
                WallTime = TimeSpan.FromSeconds(10),
                CpuTime = TimeSpan.FromSeconds(10),
                MemoryBytes = 1 << 26,
                Processes = 8,
                OutputBytes = 1024,
                WorkspaceBytes = 1 << 20,
                WorkspaceFiles = 16,
                OpenFiles = 16,
                FileSizeBytes = 1 << 20,
                StackBytes = 1 << 20,
            },
        },
        TestContext.Current.CancellationToken);

    private static async Task<SandboxReport> ReadAsync(ISandboxRun run)
    {
        await foreach (var happened in run.ReadEventsAsync(TestContext.Current.CancellationToken))
        {
            if (happened is SandboxExited exited)
                return exited.Report;
        }
        throw new InvalidOperationException("The run ended without a report.");
    }

    private static WorkerMessage Printed(int bytes, Execution.V1.Output.Types.Stream stream = Execution.V1.Output.Types.Stream.Stdout) =>
        new() { Output = new Worker.V1.Output { Stream = stream, Data = Google.Protobuf.ByteString.CopyFrom(new byte[bytes]) } };

    private static WorkerMessage Filed(string path, ulong contentBytes, byte[]? data = null) =>
        new() { File = new FilePiece { Head = new FileHead { Path = path, ContentBytes = contentBytes }, Data = Google.Protobuf.ByteString.CopyFrom(data ?? []) } };

    private long Measure(string instrument)
    {
        var meters = _service.Service<IMeterFactory>();
        long measured = -1;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (published, self) =>
        {
            if (published.Name == instrument && published.Meter.Scope == meters)
                self.EnableMeasurementEvents(published);
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => measured = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }
}

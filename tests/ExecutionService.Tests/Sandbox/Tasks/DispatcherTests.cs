using System.Diagnostics.Metrics;
using System.Net;
using global::Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.Worker.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

/// <summary>Which worker gets a job, and what becomes of it.</summary>
public sealed class DispatcherTests : IAsyncDisposable
{
    private readonly PlayedDispatcher _dispatcher = new();

    public ValueTask DisposeAsync() => _dispatcher.DisposeAsync();

    [Fact]
    public async Task Without_workers_readiness_says_how_to_start_some_and_a_run_is_refused_in_time()
    {
        var health = await _dispatcher.Service.CreateHttpClient().GetAsync("/health/ready", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<SandboxLostException>(() => _dispatcher.StartAsync());
        var call = await Assert.ThrowsAsync<RpcException>(async () =>
            await _dispatcher.Service.Client.ExecuteAsync(Requests.Bash("echo no"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("No worker has dialled in", await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("No worker was free within 0.5 s (Sandbox:Tasks:WorkerPatience); 0 are busy.", error.Message);
        Assert.NotEqual(StatusCode.OK, call.StatusCode);
    }

    [Fact]
    public async Task With_a_worker_it_is_ready_and_tells_the_workers_weaknesses()
    {
        using var worker = await _dispatcher.JoinAsync("one");

        Assert.True(_dispatcher.Service.Sandbox.Readiness.IsReady);
        Assert.Equal(["one is weak."], _dispatcher.Service.Sandbox.Readiness.Weaknesses);
    }

    [Fact]
    public async Task Numbers_of_idle_and_busy_workers_are_measured()
    {
        using var idle = await _dispatcher.JoinAsync("one");
        using var busy = await _dispatcher.JoinAsync("two");
        var starting = _dispatcher.StartAsync();
        await idle.StartJobAsync();
        await using var run = await starting;

        Assert.Equal((1, 1), (Measure("onlinecompiler.workers.idle"), Measure("onlinecompiler.workers.busy")));
    }

    [Fact]
    public async Task The_worker_that_has_waited_longest_gets_the_job_and_never_a_second()
    {
        using var first = await _dispatcher.JoinAsync("first");
        using var second = await _dispatcher.JoinAsync("second");

        foreach (var expected in new[] { first, second })
        {
            var starting = _dispatcher.StartAsync();
            await expected.StartJobAsync();
            await using (await starting)
            {
            }
            Assert.Null(await expected.ReadAsync());
        }
        await Assert.ThrowsAsync<SandboxLostException>(() => _dispatcher.StartAsync());
    }

    [Fact]
    public async Task Commands_name_the_places_of_the_worker_that_got_them()
    {
        using var worker = await _dispatcher.JoinAsync("one");
        var places = _dispatcher.Service.Sandbox.Places;
        var starting = _dispatcher.StartAsync($"{places.Packs}/bash/run.sh", $"-J{places.Temporary}", $"{places.Toolchains}/x");

        var job = await worker.StartJobAsync();
        await using var run = await starting;

        Assert.Equal(["/packs of it/bash/run.sh", "-J/temporary of it", "/toolchains of it/x"], job.Command);
    }

    [Fact]
    public async Task A_worker_that_leaves_before_it_may_run_the_job_is_replaced_by_the_next()
    {
        using var leaving = await _dispatcher.JoinAsync("leaving");
        using var staying = await _dispatcher.JoinAsync("staying");
        var starting = _dispatcher.StartAsync();

        Assert.NotNull((await leaving.ReadAsync())!.Job);
        await leaving.LeaveAsync();
        await staying.StartJobAsync();

        await using var run = await starting;
    }

    [Fact]
    public async Task A_worker_that_could_not_start_the_program_is_replaced_by_the_next()
    {
        using var broken = await _dispatcher.JoinAsync("broken");
        using var whole = await _dispatcher.JoinAsync("whole");
        var starting = _dispatcher.StartAsync();

        Assert.NotNull((await broken.ReadAsync())!.Job);
        await broken.SendLastAsync(new WorkerMessage { Failure = new Failure { Message = "No sandbox here.", NothingRan = true } });
        await whole.StartJobAsync();

        await using var run = await starting;
    }

    [Fact]
    public async Task A_job_that_may_have_run_is_never_given_to_another()
    {
        using var leaving = await _dispatcher.JoinAsync("leaving");
        using var staying = await _dispatcher.JoinAsync("staying");
        var starting = _dispatcher.StartAsync();

        Assert.NotNull((await leaving.ReadAsync())!.Job);
        Assert.NotNull((await leaving.ReadAsync())!.File);
        await leaving.SendAsync(new WorkerMessage { Ready = new Ready() });
        Assert.NotNull((await leaving.ReadAsync())!.Go);
        leaving.Dispose();

        await Assert.ThrowsAsync<SandboxLostException>(() => starting);
        Assert.Equal(1, _dispatcher.Pool.IdleCount);
    }

    [Fact]
    public async Task A_program_that_does_not_read_holds_its_input_back_but_not_its_kill()
    {
        using var worker = await _dispatcher.JoinAsync("one");
        var starting = _dispatcher.StartAsync();
        await worker.StartJobAsync();
        await using var run = await starting;

        var writing = run.WriteInputAsync(new byte[1 << 20], TestContext.Current.CancellationToken).AsTask();
        for (var taken = 0; taken < 8; taken++)
            Assert.Equal(64 << 10, (await worker.ReadAsync())!.Stdin.Length);
        Assert.False(writing.IsCompleted);
        run.Kill(SandboxOutcome.Cancelled, "enough");

        Assert.Equal("enough", (await worker.ReadAsync())!.Kill.Message);
        await worker.SendLastAsync(new WorkerMessage { Exited = new Exited { Outcome = Outcome.Cancelled, Message = "enough" } });
        Assert.Equal(SandboxIsolation.Task, (await PlayedDispatcher.ReadAsync(run)).Isolation);
        await writing;
    }

    private long Measure(string instrument)
    {
        var meters = _dispatcher.Service.Service<IMeterFactory>();
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

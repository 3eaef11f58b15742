using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Google.Rpc;
using global::Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Submissions;
using OnlineCompiler.Tests.Ports;
using StackExchange.Redis;
using Submission = OnlineCompiler.Execution.V1.Submission;
using SubmissionState = OnlineCompiler.Execution.V1.SubmissionState;

namespace OnlineCompiler.ExecutionService.Tests.Submissions;

/// <summary>Workers, services and Redis that end in the middle.</summary>
public sealed class LossTests : IAsyncLifetime
{
    private const string ShortLease = "00:00:01";

    private readonly RedisServer _redis = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _redis.StartAsync();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task What_a_silent_worker_holds_is_anothers_after_the_lease_and_its_late_result_counts_no_more()
    {
        // Without a sandbox it takes nothing by itself.
        await using var broken = Submitting.ServiceOn(_redis, ("Sandbox:StateDirectory", "/proc/nowhere"), ("Submissions:Lease", ShortLease));
        var store = broken.Service<SubmissionStore>();
        var (id, _) = await store.SubmitAsync(Order(Requests.Bash("echo right")), Token);
        var silent = Assert.Single((await store.WorkAsync("silent", [], 5, Token)).Taken);
        Assert.Equal(id, silent.Id);
        Assert.Empty((await store.WorkAsync("hasty", [], 5, Token)).Taken);

        await using var service = Submitting.ServiceOn(_redis, ("Submissions:Lease", ShortLease));
        var end = await service.EndAsync(id);
        var late = new ExecuteResponse { RequestId = "late" }.ToByteArray();
        await store.FinishAsync(silent, new SubmissionResult(late, late, IsCut: false), Token);
        await store.GiveBackAsync(silent, "late", Token);

        Assert.Equal((SubmissionState.Finished, 2u), (end.State, end.Attempts));
        Assert.Equal("right\n", end.Execution.Run.Stdout.ToStringUtf8());
        Assert.Equal(end, await service.GetAsync(id));
    }

    [Fact]
    public async Task A_worker_that_says_that_it_lives_keeps_what_it_holds_and_hears_when_it_does_not()
    {
        await using var broken = Submitting.ServiceOn(_redis, ("Sandbox:StateDirectory", "/proc/nowhere"), ("Submissions:Lease", ShortLease));
        var store = broken.Service<SubmissionStore>();
        var (id, _) = await store.SubmitAsync(Order(Requests.Bash("true")), Token);
        var held = Assert.Single((await store.WorkAsync("alive", [], 1, Token)).Taken);

        // Three leases long.
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(3))
        {
            var work = await store.WorkAsync("alive", [held], 1, Token);
            Assert.Empty(work.Lost);
            Assert.Empty(work.Taken);
            Assert.Empty((await store.WorkAsync("other", [], 1, Token)).Taken);
            await Task.Delay(200, Token);
        }
        await broken.CancelAsync(id);

        Assert.Equal(id, Assert.Single((await store.WorkAsync("alive", [held], 1, Token)).Lost));
    }

    [Fact]
    public async Task What_loses_every_worker_has_failed_in_the_end_and_says_why()
    {
        await using var broken = Submitting.ServiceOn(
            _redis, ("Sandbox:StateDirectory", "/proc/nowhere"), ("Submissions:Lease", "00:00:00.5"), ("Submissions:MaxAttempts", "2"));
        var store = broken.Service<SubmissionStore>();
        var (id, _) = await store.SubmitAsync(Order(Requests.Bash("true")), Token);

        for (var attempt = 1; attempt <= 2; attempt++)
            await WaitFor.TrueAsync(async () => (await store.WorkAsync($"dying-{attempt}", [], 1, Token)).Taken.Count == 1, Submitting.Patience);
        await WaitFor.TrueAsync(
            async () =>
            {
                Assert.Empty((await store.WorkAsync("dying-3", [], 1, Token)).Taken);
                return (await broken.GetAsync(id)).State == SubmissionState.Failed;
            },
            Submitting.Patience);

        var failed = await broken.GetAsync(id);
        Assert.Contains("2 times", failed.Message, StringComparison.Ordinal);
        Assert.Equal(2u, failed.Attempts);
    }

    [Fact]
    public async Task What_no_service_can_run_has_failed_at_once_and_says_why()
    {
        await using var service = Submitting.ServiceOn(_redis);

        // As another version of the service might have accepted it.
        var (id, _) = await service.Service<SubmissionStore>().SubmitAsync(Order(Requests.Program("no such", "x")), Token);
        var end = await service.EndAsync(id);

        Assert.Equal((SubmissionState.Failed, 1u), (end.State, end.Attempts));
        Assert.Contains("\"no such\" is unknown", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_stops_gives_back_what_it_runs_at_once()
    {
        Submission running;
        await using (var stopping = Submitting.ServiceOn(_redis, ("Submissions:Lease", "00:10:00")))
        {
            running = await stopping.SubmitAsync(Requests.Bash("sleep 3; echo done"));
            await stopping.IsAsync(running.Id, SubmissionState.Running);
        }

        await using var next = Submitting.ServiceOn(_redis, ("Submissions:Lease", "00:10:00"));
        var end = await next.EndAsync(running.Id);

        // Stopping is nobody's fault: the attempt was not counted.
        Assert.Equal((SubmissionState.Finished, 1u, "done\n"), (end.State, end.Attempts, end.Execution.Run.Stdout.ToStringUtf8()));
    }

    [Fact]
    public async Task A_service_that_is_killed_leaves_its_programs_to_another_and_each_has_one_result()
    {
        var port = FreePort.Next();
        using var killed = StartProcess(port);
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress($"http://localhost:{port}");
        var client = new Execution.V1.Execution.ExecutionClient(channel);
        Submission[] submissions;
        try
        {
            await WaitFor.TrueAsync(() => RunsAsync(client), Submitting.Patience);
            submissions = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
                await client.SubmitAsync(new SubmitRequest { Execution = Requests.Bash($"sleep 0.4; echo {i}") }, cancellationToken: Token)));
            await WaitFor.TrueAsync(async () => (await StatesAsync(client, submissions)).Contains(SubmissionState.Running), Submitting.Patience);
        }
        finally
        {
            killed.Kill();
            await killed.WaitForExitAsync(Token);
        }

        await using var other = Submitting.ServiceOn(_redis, ("Submissions:Lease", ShortLease));
        var ends = await Task.WhenAll(submissions.Select(submission => other.EndAsync(submission.Id)));

        Assert.All(ends, (end, i) => Assert.Equal((SubmissionState.Finished, $"{i}\n"), (end.State, end.Execution?.Run.Stdout.ToStringUtf8())));
        Assert.Contains(ends, end => end.Attempts == 2);
        await using var connection = await _redis.ConnectAsync();
        Assert.Equal(0, await connection.GetDatabase().StreamLengthAsync("oc:{submissions}:stream"));
    }

    [Fact]
    public async Task Without_Redis_programs_run_and_submissions_go_on_when_it_is_back()
    {
        await using var service = Submitting.ServiceOn(_redis, ("Submissions:Lease", ShortLease));
        var submissions = new List<Submission>();
        for (var i = 0; i < 20; i++)
            submissions.Add(await service.SubmitAsync(Requests.Bash($"sleep 0.3; echo {i}")));
        var watching = service.EndAsync(submissions[^1].Id);

        _redis.Stop();
        var watch = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<RpcException>(() => service.SubmitAsync(Requests.Bash("true")));
        var waited = watch.Elapsed;
        var direct = await service.Client.ExecuteAsync(Requests.Bash("echo runs"), cancellationToken: Token);
        var health = await service.CreateHttpClient().GetAsync("/health/ready", Token);
        await _redis.StartAsync();
        await WaitFor.TrueAsync(() => FindsAsync(service, submissions[0].Id), Submitting.Patience);
        var ends = await Task.WhenAll(submissions.Select(submission => service.EndAsync(submission.Id)));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.True(error.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        Assert.InRange(waited, TimeSpan.Zero, TimeSpan.FromSeconds(6));
        Assert.Equal("runs\n", direct.Run.Stdout.ToStringUtf8());
        Assert.True(health.IsSuccessStatusCode);
        Assert.Contains("degraded", await health.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.All(ends, (end, i) => Assert.Equal((SubmissionState.Finished, $"{i}\n"), (end.State, end.Execution?.Run.Stdout.ToStringUtf8())));
        // Who was watching heard that Redis had gone, and may ask again.
        await watching.ContinueWith(_ => { }, Token, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private static SubmissionOrder Order(ExecuteRequest program) => new(SubmissionKind.Execution, "test", program.ToByteArray(), "", Array.Empty<byte>());

    private Process StartProcess(int port)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SubmissionStore).Assembly.Location])
        {
            WorkingDirectory = Path.GetDirectoryName(PackFolders.Root)!,
            RedirectStandardOutput = true,
            Environment =
            {
                ["ConnectionStrings__redis"] = _redis.ConnectionString,
                ["Submissions__Lease"] = ShortLease,
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["GRPC_PORT"] = port.ToString(CultureInfo.InvariantCulture),
                ["Languages__AskAtStart"] = "false",
                ["Compilation__CacheBytes"] = "0",
            },
        };
        var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync(Token);
        return process;
    }

    private static async Task<SubmissionState[]> StatesAsync(Execution.V1.Execution.ExecutionClient client, Submission[] submissions) =>
        await Task.WhenAll(submissions.Select(async submission =>
            (await client.GetSubmissionAsync(new GetSubmissionRequest { Id = submission.Id }, cancellationToken: Token)).State));

    private static async Task<bool> RunsAsync(Execution.V1.Execution.ExecutionClient client)
    {
        try
        {
            return (await client.ExecuteAsync(Requests.Bash("true"), cancellationToken: Token)).Outcome == Outcome.Succeeded;
        }
        catch (RpcException error) when (error.StatusCode is StatusCode.Unavailable or StatusCode.FailedPrecondition)
        {
            return false;
        }
    }

    private static async Task<bool> FindsAsync(ServiceFixture service, string id)
    {
        try
        {
            return (await service.GetAsync(id)).Id == id;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unavailable)
        {
            return false;
        }
    }
}

using System.Diagnostics;
using System.Security.Cryptography;
using global::Grpc.Core;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox.Tasks;
using OnlineCompiler.ExecutionService.Sandbox.Tasks.Local;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

/// <summary>Real worker processes, from their start to their end.</summary>
[Collection(TaskService.Collection)]
public sealed class LocalWorkerTests(TaskService tasks)
{
    private WorkerPool Pool => tasks.Service.Service<WorkerPool>();

    private LocalWorkers Workers => tasks.Service.Service<LocalWorkers>();

    [Fact]
    public async Task Every_run_has_a_process_of_its_own_that_ends_with_it()
    {
        var used = new HashSet<int>();
        for (var run = 0; run < 3; run++)
        {
            await AllIdleAsync();
            var before = tasks.ProcessIds;

            Assert.Equal("done\n", await OutputAsync(Requests.Bash("echo done")));

            await Eventually.IsTrueAsync(() => before.Count(IsAlive) == before.Count - 1, "the worker of the run ends, and no other");
            Assert.True(used.Add(before.Single(processId => !IsAlive(processId))));
        }
    }

    [Fact]
    public async Task A_worker_killed_in_the_middle_of_a_run_ends_that_run_alone()
    {
        using var call = tasks.Service.Client.ExecuteStream(Requests.Bash("echo running; sleep 60"), cancellationToken: TestContext.Current.CancellationToken);
        await UntilOutputAsync(call);
        // Those of the runs before may still be on their way out.
        await Eventually.IsTrueAsync(() => Workers.BusyProcessIds.Count == 1, "only its worker is busy");

        Kill(Workers.BusyProcessIds[0]);
        var error = await Assert.ThrowsAsync<RpcException>(() => UntilOutputAsync(call));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Contains("worker that ran the program was lost", error.Status.Detail);
        Assert.Equal("next\n", await OutputAsync(Requests.Bash("echo next")));
    }

    [Fact]
    public async Task Idle_workers_that_are_killed_are_noticed_and_replaced()
    {
        await AllIdleAsync();
        var killed = tasks.ProcessIds;

        foreach (var processId in killed)
            Kill(processId);

        await Eventually.IsTrueAsync(() => Pool.IdleCount == killed.Count && !tasks.ProcessIds.Intersect(killed).Any(), "new ones come in their place");
        Assert.Equal("next\n", await OutputAsync(Requests.Bash("echo next")));
    }

    [Fact]
    public async Task Large_input_output_and_files_stream_through_unchanged()
    {
        var input = RandomNumberGenerator.GetBytes(4 << 20);
        var request = Requests.Bash("tee copy.bin > /dev/null; head -c 7340033 /dev/zero | tr '\\0' x > seven.bin; for i in 1 2 3; do cat copy.bin; done", limits: new Limits { OutputLimitBytes = 16 << 20 });
        request.Stdin = ByteString.CopyFrom(input);
        request.Collect.Add("*.bin");

        var answer = await tasks.Service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Outcome.Succeeded, answer.Outcome);
        Assert.Equal([.. input, .. input, .. input], answer.Run.Stdout.ToByteArray());
        Assert.Equal(input, answer.Artifacts.Single(file => file.Path == "copy.bin").Content.ToByteArray());
        Assert.Equal(7_340_033, answer.Artifacts.Single(file => file.Path == "seven.bin").Content.Count(value => value == 'x'));
    }

    [Fact]
    public async Task Sixteen_MiB_of_output_arrive_whole()
    {
        var answer = await tasks.Service.Client.ExecuteAsync(
            Requests.Bash("head -c 16777216 /dev/zero", limits: new Limits { OutputLimitBytes = 16 << 20 }), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Outcome.Succeeded, answer.Outcome);
        Assert.Equal(16 << 20, answer.Run.Stdout.Length);
    }

    [Fact]
    public async Task A_program_sees_neither_the_token_nor_the_workers_environment()
    {
        var seen = await OutputAsync(Requests.Bash("env; cat /proc/*/environ 2>/dev/null; cat /proc/*/cmdline 2>/dev/null"));

        Assert.Contains("PATH=", seen);
        Assert.DoesNotContain("Worker__", seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Sandbox__", seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(tasks.Service.Service<WorkerTokens>().Local, seen);
    }

    [Fact]
    public async Task A_workers_own_environment_is_wiped_before_it_takes_a_job()
    {
        await AllIdleAsync();

        Assert.All(tasks.ProcessIds, processId => Assert.DoesNotContain(File.ReadAllBytes($"/proc/{processId}/environ"), value => value != 0));
    }

    private Task AllIdleAsync() => Eventually.IsTrueAsync(() => Pool is { IdleCount: 2, BusyCount: 0 } && tasks.ProcessIds.Count == 2, "both workers are idle");

    private async Task<string> OutputAsync(ExecuteRequest request) =>
        (await tasks.Service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken)).Run.Stdout.ToStringUtf8();

    private static async Task UntilOutputAsync(AsyncServerStreamingCall<ExecuteEvent> call)
    {
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            if (call.ResponseStream.Current.Output is not null)
                return;
        }
    }

    private static bool IsAlive(int processId) => Directory.Exists($"/proc/{processId}");

    private static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }
}

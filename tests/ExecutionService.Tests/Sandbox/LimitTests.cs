using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>The limits that hold for a program as a whole, which cgroups and file systems of its own keep.</summary>
public sealed class LimitTests(ServiceFixture service) : LimitBehaviour(service)
{
    [Fact]
    public async Task Cpu_time_of_children_counts_together()
    {
        var answer = await RunAsync(Requests.Bash("for i in 1 2 3 4; do (while :; do :; done) & done; wait", limits: new Limits { CpuTimeLimitMs = 400 }));

        Assert.Equal(Outcome.CpuTimeLimit, answer.Outcome);
    }

    [Fact]
    public async Task A_program_that_eats_memory_is_stopped_by_the_memory_limit()
    {
        var answer = await RunAsync(Requests.Python("blocks = []\nwhile True:\n    blocks.append(bytearray(1 << 20))", limits: new Limits { MemoryLimitBytes = 64 << 20 }));

        Assert.Equal(Outcome.MemoryLimit, answer.Outcome);
        Assert.Contains("memory limit of 64 MiB", answer.Run.Message);
        Assert.InRange(answer.Run.MemoryPeakBytes, 50ul << 20, 64ul << 20);
    }

    [Fact]
    public async Task Memory_of_children_counts_together()
    {
        var answer = await RunAsync(Requests.Python(
            """
            import os, time
            for _ in range(8):
                if os.fork() == 0:
                    block = bytearray(16 << 20)
                    time.sleep(20)
            time.sleep(20)
            """,
            limits: new Limits { MemoryLimitBytes = 64 << 20, WallTimeLimitMs = 20_000 }));

        Assert.Equal(Outcome.MemoryLimit, answer.Outcome);
        Assert.InRange(answer.Run.MemoryPeakBytes, 60ul << 20, 64ul << 20);
    }

    [Fact]
    public async Task A_program_ends_at_once_when_a_child_of_it_hits_the_memory_limit()
    {
        var answer = await RunAsync(Requests.Bash(
            "(head -c 200M /dev/zero | tail -c 200M) & sleep 20; echo went on", limits: new Limits { MemoryLimitBytes = 64 << 20, WallTimeLimitMs = 20_000 }));

        Assert.Equal(Outcome.MemoryLimit, answer.Outcome);
        Assert.Contains("memory limit of 64 MiB", answer.Run.Message);
        Assert.Equal("", answer.Run.Stdout.ToStringUtf8());
        Assert.True(answer.Run.WallTimeMs < 10_000, $"It took {answer.Run.WallTimeMs} ms.");
    }

    [Fact]
    public async Task Cpu_time_of_children_that_nobody_waits_for_is_counted()
    {
        var answer = await RunAsync(Requests.Python(
            """
            import os, signal, time
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
            if os.fork() == 0:
                end = time.process_time() + 0.3
                while time.process_time() < end: pass
                os._exit(0)
            try: os.wait()
            except ChildProcessError: pass
            """));

        Assert.Equal(Outcome.Succeeded, answer.Outcome);
        Assert.True(answer.Run.UserCpuTimeMs + answer.Run.SystemCpuTimeMs >= 300, answer.Run.ToString());
    }

    [Fact]
    public async Task Files_count_as_memory()
    {
        var answer = await RunAsync(Requests.Bash(
            "head -c 60M /dev/zero > /workspace/big; echo written", limits: new Limits { MemoryLimitBytes = 32 << 20 }));

        Assert.Equal(Outcome.MemoryLimit, answer.Outcome);
        Assert.Equal("", answer.Run.Stdout.ToStringUtf8());
    }

    [Fact]
    public async Task A_fork_bomb_is_stopped_by_the_process_limit()
    {
        var answer = await RunAsync(Requests.Python(
            """
            import os, time
            made = 0
            try:
                for _ in range(1000):
                    if os.fork() == 0:
                        time.sleep(20)
                        os._exit(0)
                    made += 1
            except OSError as error:
                print(made, error.strerror)
            """,
            limits: new Limits { ProcessLimit = 20 }));

        Assert.Equal("19 Resource temporarily unavailable\n", answer.Run.Stdout.ToStringUtf8());
        Assert.Equal(Outcome.Succeeded, answer.Outcome);
    }

    [Fact]
    public async Task A_classic_fork_bomb_ends_at_the_wall_time_limit_and_leaves_nothing()
    {
        var answer = await RunAsync(Requests.Bash("bomb() { bomb | bomb & }; bomb; sleep 30", limits: new Limits { WallTimeLimitMs = 1000, ProcessLimit = 50 }));

        Assert.Contains(answer.Outcome, new[] { Outcome.WallTimeLimit, Outcome.CpuTimeLimit, Outcome.NonzeroExit });
        Assert.Equal(Outcome.Succeeded, (await RunAsync(Requests.Bash("echo next"))).Outcome);
    }

    [Theory]
    [InlineData("/workspace/big")]
    [InlineData("/tmp/big")]
    [InlineData("/dev/shm/big")]
    public async Task A_write_beyond_the_workspace_limit_fails(string path)
    {
        var answer = await RunAsync(Requests.Bash($"head -c 9M /dev/zero > {path}", limits: new Limits { WorkspaceLimitBytes = 4 << 20 }));

        Assert.Equal(Outcome.WorkspaceLimit, answer.Outcome);
        Assert.Contains("No space left on device", answer.Run.Stderr.ToStringUtf8());
        Assert.Contains("workspace, whose limit is 4 MiB", answer.Run.Message);
    }

    [Fact]
    public async Task Too_many_files_fill_the_workspace()
    {
        var answer = await RunAsync(Requests.Python("for i in range(10000): open(f'f{i}', 'w').close()"));

        Assert.Equal(Outcome.WorkspaceLimit, answer.Outcome);
        Assert.Contains("No space left on device", answer.Run.Stderr.ToStringUtf8());
    }
}

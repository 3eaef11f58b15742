using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>Each limit against a program that wants more than it.</summary>
public sealed class LimitTests(ServiceFixture service)
{
    [Fact]
    public async Task A_sleeping_program_is_stopped_by_the_wall_time_limit()
    {
        var answer = await RunAsync(Requests.Bash("echo before; sleep 60", limits: new Limits { WallTimeLimitMs = 300 }));

        Assert.Equal(Outcome.WallTimeLimit, answer.Outcome);
        Assert.Equal("before\n", answer.Run.Stdout.ToStringUtf8());
        Assert.Contains("wall-time limit of 0.3 s", answer.Run.Message);
        Assert.InRange(answer.Run.WallTimeMs, 300, 5_000);
    }

    [Fact]
    public async Task A_spinning_program_is_stopped_by_the_cpu_time_limit()
    {
        var answer = await RunAsync(Requests.Bash("while :; do :; done", limits: new Limits { CpuTimeLimitMs = 300 }));

        Assert.Equal(Outcome.CpuTimeLimit, answer.Outcome);
        Assert.Contains("CPU-time limit of 0.3 s", answer.Run.Message);
        Assert.True(answer.Run.UserCpuTimeMs + answer.Run.SystemCpuTimeMs >= 250);
    }

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

    [Fact]
    public async Task Endless_output_is_cut_at_the_output_limit()
    {
        var answer = await RunAsync(Requests.Bash("yes", limits: new Limits { OutputLimitBytes = 10_000 }));

        Assert.Equal(Outcome.OutputLimit, answer.Outcome);
        Assert.Equal(10_000, answer.Run.Stdout.Length);
        Assert.True(answer.Run.StdoutTruncated);
        Assert.False(answer.Run.StderrTruncated);
        Assert.Contains("output limit of 9.77 KiB", answer.Run.Message);
    }

    [Fact]
    public async Task Output_and_errors_share_the_output_limit()
    {
        var answer = await RunAsync(Requests.Bash("head -c 6000 /dev/zero; sleep 0.2; head -c 6000 /dev/zero >&2; sleep 5", limits: new Limits { OutputLimitBytes = 10_000 }));

        Assert.Equal(Outcome.OutputLimit, answer.Outcome);
        Assert.Equal(6000, answer.Run.Stdout.Length);
        Assert.Equal(4000, answer.Run.Stderr.Length);
        Assert.True(answer.Run.StderrTruncated);
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

    [Fact]
    public async Task Too_many_open_files_fail_inside()
    {
        var answer = await RunAsync(Requests.Python("files = []\ntry:\n    while True: files.append(open('/dev/null'))\nexcept OSError as error: print(len(files) < 256, error.strerror)"));

        Assert.Equal("True Too many open files\n", answer.Run.Stdout.ToStringUtf8());
    }

    [Fact]
    public async Task A_file_that_grows_too_large_ends_its_program()
    {
        var answer = await RunAsync(Requests.Program("c", """
            #include <fcntl.h>
            #include <unistd.h>
            int main(void) { int f = open("/tmp/sparse", O_CREAT | O_WRONLY, 0600); lseek(f, 100 << 20, SEEK_SET); return write(f, "x", 1) != 1; }
            """, limits: new Limits { WorkspaceLimitBytes = 128 << 20 }, path: "main.c"));

        Assert.Equal(Outcome.Signaled, answer.Outcome);
        Assert.Equal("SIGXFSZ", answer.Run.Signal);
        Assert.Contains("64 MiB", answer.Run.Message);
    }

    [Fact]
    public async Task Deep_recursion_ends_in_the_stack_limit()
    {
        var answer = await RunAsync(Requests.Program("c", "int f(volatile int n) { volatile char room[4096]; room[n % 4096] = 1; return f(n + 1) + room[0]; }\nint main(void) { return f(0); }", path: "main.c"));

        Assert.Equal("SIGSEGV", answer.Run.Signal);
    }

    [Fact]
    public async Task A_compiler_that_never_ends_is_stopped_too()
    {
        var request = Requests.Program(
            "cpp",
            "constexpr int f() { int s = 0; for (long i = 0; i < 1000000000000; i++) s ^= i; return s; }\nconstexpr int x = f();\nint main() { return x; }",
            limits: new Limits { CompileWallTimeLimitMs = 500 },
            path: "main.cpp");
        request.CompilerArguments.Add(["-fconstexpr-loop-limit=2147483647", "-fconstexpr-ops-limit=9223372036854775807"]);
        var answer = await RunAsync(request);

        Assert.Null(answer.Run);
        Assert.Equal(Outcome.WallTimeLimit, answer.Compile.Outcome);
        Assert.Contains("wall-time limit of 0.5 s", answer.Compile.Message);
    }

    [Fact]
    public async Task A_source_that_includes_an_endless_file_is_stopped_while_compiling()
    {
        var answer = await RunAsync(Requests.Program("c", "#include \"/dev/zero\"\nint main(void) { return 0; }", limits: new Limits { CompileWallTimeLimitMs = 2000, CompileMemoryLimitBytes = 64 << 20 }, path: "main.c"));

        Assert.Null(answer.Run);
        Assert.NotEqual(Outcome.Succeeded, answer.Compile.Outcome);
    }

    private async Task<ExecuteResponse> RunAsync(ExecuteRequest request) =>
        await service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);
}

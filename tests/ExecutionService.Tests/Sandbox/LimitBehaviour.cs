using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>Each limit that any sandbox keeps, against a program that wants more than it.</summary>
public abstract class LimitBehaviour(ServiceFixture service)
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
            int main(void) { int f = open("sparse", O_CREAT | O_WRONLY, 0600); lseek(f, 100 << 20, SEEK_SET); return write(f, "x", 1) != 1; }
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

    protected async Task<ExecuteResponse> RunAsync(ExecuteRequest request) =>
        await service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);
}

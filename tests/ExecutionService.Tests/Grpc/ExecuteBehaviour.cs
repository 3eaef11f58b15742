using global::Grpc.Core;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Grpc;

/// <summary>What a program and its caller can rely on, whatever keeps it apart.</summary>
public abstract class ExecuteBehaviour(ServiceFixture service)
{
    protected ServiceFixture Service => service;

    [Fact]
    public async Task A_program_reads_stdin_and_its_answer_holds_output_status_and_resources()
    {
        var answer = await RunAsync(Requests.Python("import sys\nprint(input()[::-1])\nprint('oops', file=sys.stderr)\nsys.exit(3)", "abc\n"));

        Assert.Equal(Outcome.NonzeroExit, answer.Outcome);
        Assert.Equal("cba\n", answer.Run.Stdout.ToStringUtf8());
        Assert.Equal("oops\n", answer.Run.Stderr.ToStringUtf8());
        Assert.Equal(3, answer.Run.ExitCode);
        Assert.True(answer.Run.WallTimeMs > 0);
        Assert.True(answer.Run.UserCpuTimeMs + answer.Run.SystemCpuTimeMs > 0);
        Assert.InRange(answer.Run.MemoryPeakBytes, 1_000_000ul, 256ul * 1024 * 1024);
        Assert.Null(answer.Compile);
        Assert.StartsWith("3.", answer.Version);
    }

    [Fact]
    public async Task A_compile_error_ends_the_execution_before_the_run()
    {
        var answer = await RunAsync(Requests.Program("cpp", "int main() { return x; }", path: "main.cpp"));

        Assert.Equal(Outcome.NonzeroExit, answer.Outcome);
        Assert.Equal(Outcome.NonzeroExit, answer.Compile.Outcome);
        Assert.Null(answer.Run);
        Assert.Contains("main.cpp:1:21: error", answer.Compile.Stderr.ToStringUtf8());
    }

    [Fact]
    public async Task Compiled_programs_run_with_arguments_environment_and_the_requests_files()
    {
        var request = Requests.Program("c", """
            #include <stdio.h>
            #include <stdlib.h>
            int main(int n, char **a) { char t[9] = {0}; FILE *f = fopen("data/t.txt", "r"); fgets(t, 9, f); printf("%d %s %s %s\n", n, a[1], getenv("GREETING"), t); }
            """, path: "main.c");
        request.Files.Add(Requests.File("data/t.txt", "table"));
        request.Arguments.Add("a b; rm -rf /");
        request.Environment.Add("GREETING", "hi");

        var answer = await RunAsync(request);

        Assert.Equal("2 a b; rm -rf / hi table\n", answer.Run.Stdout.ToStringUtf8());
    }

    [Fact]
    public async Task A_signal_is_named_and_explained()
    {
        var answer = await RunAsync(Requests.Program("c", "int main(void) { volatile int *p = 0; return *p; }", path: "main.c"));

        Assert.Equal(Outcome.Signaled, answer.Outcome);
        Assert.Equal("SIGSEGV", answer.Run.Signal);
        Assert.False(answer.Run.HasExitCode);
        Assert.Contains("segmentation fault", answer.Run.Message);
    }

    [Fact]
    public async Task Collected_files_come_back_and_others_do_not()
    {
        var request = Requests.Bash("mkdir -p out/deep; echo one > out/a.txt; echo two > out/deep/b.txt; echo no > c.log; ln -s /etc/passwd out/link.txt; mkfifo out/pipe.txt");
        request.Collect.Add("out/**/*.txt");

        var answer = await RunAsync(request);

        Assert.Equal(["out/a.txt one\n", "out/deep/b.txt two\n"], answer.Artifacts.OrderBy(file => file.Path).Select(file => $"{file.Path} {file.Content.ToStringUtf8()}"));
    }

    [Fact]
    public async Task Bytes_that_are_not_text_pass_unchanged()
    {
        var request = Requests.Bash("cat");
        request.Stdin = Google.Protobuf.ByteString.CopyFrom([0, 255, 254, 10, 128]);

        var answer = await RunAsync(request);

        Assert.Equal([0, 255, 254, 10, 128], answer.Run.Stdout.ToByteArray());
    }

    [Fact]
    public async Task A_program_that_ignores_a_large_stdin_ends_normally()
    {
        var answer = await RunAsync(Requests.Bash("exit 4", new string('x', 4_000_000)));

        Assert.Equal(4, answer.Run.ExitCode);
    }

    [Fact]
    public async Task A_large_stdin_reaches_the_program_whole()
    {
        var answer = await RunAsync(Requests.Bash("wc -c", new string('x', 4_000_000)));

        Assert.Equal("4000000", answer.Run.Stdout.ToStringUtf8().Trim());
    }

    [Fact]
    public async Task A_command_that_compiling_did_not_make_is_told_as_a_shell_would()
    {
        var request = Requests.Program("c", "int helper;", path: "main.c");
        request.CompilerArguments.Add("-c");

        var answer = await RunAsync(request);

        Assert.Equal(Outcome.Succeeded, answer.Compile.Outcome);
        Assert.Equal(126, answer.Run.ExitCode);
        Assert.Equal("./main: Permission denied\n", answer.Run.Stderr.ToStringUtf8());
    }

    private async Task<ExecuteResponse> RunAsync(ExecuteRequest request) =>
        await service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);
}

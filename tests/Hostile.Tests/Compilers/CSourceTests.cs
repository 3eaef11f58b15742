using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Compilers;

/// <summary>Sources in C and C++ that mean their compiler.</summary>
public sealed class CSourceTests(WatchedHost host)
{
    private static readonly Limits _tight = new() { CompileWallTimeLimitMs = 1_500, CompileMemoryLimitBytes = 64 << 20, OutputLimitBytes = 50_000 };

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/urandom")]
    [InlineData("/dev/stdin")]
    [InlineData("/dev/tty")]
    public async Task Including_a_device_ends_at_a_limit_or_in_an_error(string path)
    {
        var answer = await host.RunAsync(Requests.Program("c", $"#include \"{path}\"\nint main(void) {{ return 0; }}", limits: _tight, path: "main.c"));

        // Input of a compiler is empty, so that including it is including nothing.
        if (path == "/dev/stdin")
            answer.ShouldPrint("");
        else
            Assert.True(answer.Run is null && answer.Compile.Outcome is Outcome.NonzeroExit or Outcome.WallTimeLimit or Outcome.MemoryLimit or Outcome.OutputLimit or Outcome.CpuTimeLimit, $"{answer}");
    }

    [Theory]
    [InlineData("/etc/shadow")]
    [InlineData("/root/.bashrc")]
    [InlineData("/proc/1/environ")]
    [InlineData("/sys/kernel/notes")]
    [InlineData("/zone/launcher.sock")]
    public async Task Including_a_file_of_the_host_tells_only_that_it_cannot_be_read(string path)
    {
        var answer = await host.RunAsync(Requests.Program("c", $"#include \"{path}\"\nint main(void) {{ return 0; }}", path: "main.c"));

        Assert.Matches($"fatal error: {path}: (No such file or directory|Permission denied)", answer.ShouldNotCompile());
    }

    [Fact]
    public async Task What_can_be_taken_in_while_assembling_is_the_sandboxs_own()
    {
        var answer = await host.RunAsync(Requests.Program("c", """
            #include <stdio.h>
            __asm__(".data\n.globl file, end\nfile: .incbin \"/etc/passwd\"\n.incbin \"/proc/sys/kernel/hostname\"\n.incbin \"/etc/hostname\"\nend: .byte 0\n.text");
            extern char file[], end[];
            int main(void) { fwrite(file, 1, (size_t)(end - file), stdout); }
            """, path: "main.c"));

        Assert.Equal(Outcome.Succeeded, answer.Outcome);
        Assert.StartsWith("root:x:0:0:root:/root:/usr/sbin/nologin\nrunner:x:1000:1000", answer.Output());
        Assert.DoesNotContain(Environment.MachineName, answer.Output());
        Assert.EndsWith("sandbox\n", answer.Output());
    }

    [Fact]
    public async Task The_compilers_environment_holds_nothing_of_ours()
    {
        var answer = await host.RunAsync(Requests.Program("c", """
            #include <stdio.h>
            __asm__(".data\n.globl file, end\nfile: .incbin \"/proc/self/environ\"\nend: .byte 0\n.text");
            extern char file[], end[];
            int main(void) { for (char *at = file; at < end; at++) putchar(*at ? *at : '\n'); }
            """, path: "main.c"));

        // The assembler sees that file as empty or as its own small environment, as the kernel likes.
        Assert.Equal(Outcome.Succeeded, answer.Outcome);
        Assert.DoesNotMatch("ASPNETCORE|DOTNET|services__|OTEL|SECRET|ConnectionStrings", answer.Output());
    }

    [Theory]
    [InlineData("a file that includes itself", "#include \"main.c\"\nint main(void) { return 0; }", "#include nested depth")]
    [InlineData("a macro that calls itself", "#define A A A\nint main(void) { return A; }", "undeclared")]
    [InlineData("an array larger than memory", "char huge[1ull << 63];\nint main(void) { return huge[0]; }", "too large|relocation truncated|exceeds")]
    [InlineData("an error in every line", "#define E int x = ;\n#define F E E E E E E E E E E\n#define G F F F F F F F F F F\nG G G G G G G G G G\nint main(void) { }", "expected expression")]
    public async Task A_source_that_only_looks_dangerous_is_refused(string what, string source, string error)
    {
        var answer = await host.RunAsync(Requests.Program("c", source, limits: new Limits { CompileWallTimeLimitMs = 10_000 }, path: "main.c"));

        Assert.True(System.Text.RegularExpressions.Regex.IsMatch(answer.ShouldNotCompile(), error), $"With {what}: {answer}");
    }

    [Theory]
    [InlineData("macros that double", "c", "#define A(x) x x\n#define B(x) A(A(A(A(x))))\n#define C(x) B(B(B(B(x))))\n#define D(x) C(C(C(C(x))))\nint main(void) { D(D(;)) }")]
    [InlineData("an assembler that repeats", "c", "__asm__(\".rept 2000000000\\n.quad 0x1122334455667788\\n.endr\");\nint main(void) { return 0; }")]
    [InlineData("templates without end", "cpp", "template <int N> struct A { A<N + 1> a; A<N + 2> b; };\nint main() { A<0> a; }")]
    [InlineData("templates that double", "cpp", "template <int N, class T, class U> struct P { P<N - 1, P<N, T, U>, T> a; P<N - 1, U, P<N, U, T>> b; };\ntemplate <class T, class U> struct P<0, T, U> { };\nint main() { P<24, int, char> p; }")]
    [InlineData("a constant that takes for ever", "cpp", "constexpr long f(int n) { return n < 2 ? n : f(n - 1) + f(n - 2); }\nconstexpr long x = f(90);\nint main() { return x; }")]
    [InlineData("a huge initialised array", "c", "struct big { char room[1 << 20]; };\nstruct big all[4096] = { [4095] = { { 1 } } };\nint main(void) { return all[1].room[0]; }")]
    [InlineData("parentheses without end", "c", "#define P(x) ((((((((((x))))))))))\n#define Q(x) P(P(P(P(P(P(P(P(P(P(x))))))))))\n#define R(x) Q(Q(Q(Q(Q(Q(Q(Q(Q(Q(x))))))))))\nint main(void) { return R(R(R(R(R(R(R(R(R(R(R(R(0)))))))))))); }")]
    public async Task A_source_that_would_eat_its_compiler_is_stopped(string what, string language, string source)
    {
        var answer = await host.RunAsync(Requests.Program(language, source, limits: _tight, path: language == "c" ? "main.c" : "main.cpp"));

        Assert.True(answer.Run is null && answer.Outcome == answer.Compile.Outcome, $"With {what}: {answer}");
        Assert.True(
            answer.Outcome switch
            {
                Outcome.WallTimeLimit => answer.Compile.Message.Contains("wall-time limit of 1.5 s"),
                Outcome.MemoryLimit => answer.Compile.Message.Contains("memory limit of 64 MiB"),
                Outcome.OutputLimit => answer.Compile.Message.Contains("output limit of 48.83 KiB"),
                Outcome.WorkspaceLimit => answer.Compile.Message.Contains("whose limit is 64 MiB"),
                Outcome.CpuTimeLimit => answer.Compile.Message.Contains("CPU-time limit"),
                Outcome.NonzeroExit => answer.Compile.Stderr.Length > 0,
                _ => false,
            },
            $"With {what}: {answer}");
    }

    [Fact]
    public async Task A_flood_of_warnings_is_cut_at_the_output_limit()
    {
        var answer = await host.RunAsync(Requests.Program(
            "c", "int main(void) {\n" + string.Concat(Enumerable.Range(0, 2000).Select(i => $"int *p{i} = {i + 1};\n")) + "}", limits: new Limits { OutputLimitBytes = 50_000 }, path: "main.c"));

        answer.ShouldReachCompiling(Outcome.OutputLimit, "output limit of 48.83 KiB");
        Assert.Equal((50_000, true), (answer.Compile.Stdout.Length + answer.Compile.Stderr.Length, answer.Compile.StderrTruncated));
    }
}

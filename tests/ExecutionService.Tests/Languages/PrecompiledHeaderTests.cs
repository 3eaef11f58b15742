using System.Text.RegularExpressions;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Languages;

/// <summary>C++ is compiled with headers compiled before and another linker, and nobody sees it but by the clock.</summary>
public sealed class PrecompiledHeaderTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    /// <summary>Says what g++ does anyway. The pack does not know it, so it compiles plainly.</summary>
    private const string Plainly = "-fmax-errors=0";

    private const string Everything = "#include <bits/stdc++.h>\n";

    private static readonly Dictionary<string, (string[] Arguments, (string Path, string Content)[] Files)> _programs = new()
    {
        ["an error in a template of the header"] = ([], [("main.cpp", "// first\n" + Everything + "struct A {};\nint main() { std::vector<A> v(2); std::sort(v.begin(), v.end()); }")]),
        ["the same with iostream"] = ([], [("src/tool.cpp", "#include <iostream>\nstruct A {};\nint main() { std::cout << A{}; }")]),
        ["a header that is not the first"] = ([], [("main.cpp", "#include <vector>\n#include <iostream>\nstruct A {};\nint main() { std::cout << A{}; }")]),
        ["a name that the header does not bring"] = ([], [("main.cpp", "#include <iostream>\nint main() { std::regex r; std::mt19937 m; return undeclared; }")]),
        ["a wrong format"] = ([], [("main.cpp", Everything + "int main() { int unused = 1; if (std::cin.get() == 'x') printf(\"%d %s\\n\", 2.5, 3); }")]),
        ["warnings of many kinds"] = (["-Wextra", "-pedantic", "-Wshadow", "-Wconversion"], [("main.cpp", Everything + "int f(int x) { int y[x]; { long x = 2; return x; } }\nint main() { return std::max(1, f(2)) < 3u; }")]),
        ["an undefined function"] = ([], [("main.cpp", "#include <iostream>\nvoid missing();\nint main() { missing(); }")]),
        ["a warning of the linker"] = ([], [("main.cpp", "#include <cstdio>\nint main() { char name[L_tmpnam]; return tmpnam(name) == nullptr; }")]),
        ["a library that is not there"] = (["-lnothing"], [("main.cpp", "#include <iostream>\nint main() { std::cout << 1; }")]),
        ["names of all included files"] = (["-H"], [("main.cpp", Everything + "int main() { }")]),
        ["what keeps it from being used"] = (["-Winvalid-pch", "-DNDEBUG"], [("main.cpp", Everything + "int main() { assert(false); }")]),
        ["two sources, one with the header"] = ([], [("main.cpp", "#include \"own.h\"\nint main() { return f(); }"), ("f.cpp", Everything + "#include \"own.h\"\nint f() { std::map<std::thread, int> m; return m[std::thread{}]; }"), ("own.h", "#include <iostream>\nint f();")]),
        ["two sources that both have it"] = ([], [("main.cpp", Everything + "int f();\nint main() { std::set<std::ostream*> s; std::cout << f(); }"), ("f.cpp", Everything + "int f() { return std::string(std::vector<int>()); }")]),
        ["a header of the program's by the same name"] = ([], [("main.cpp", Everything + "int main() { return mine; }"), ("bits/stdc++.h", "static int mine = 7;")]),
        ["the order of initialization"] = ([], [("main.cpp", "#include <iostream>\nstruct A { A(int i) { std::cout << i; } } a(1), b(2);\nint main() { std::cout << __FILE__ << __LINE__ << __INCLUDE_LEVEL__ << __COUNTER__; }"), ("b.cpp", "#include <iostream>\nstatic struct C { C() { std::cout << 'c'; } } c;\nstatic struct D { D() { std::cout << 'd'; } } d __attribute__((init_priority(200)));")]),
        ["another optimization"] = (["-O3"], [("main.cpp", Everything + "int main() { std::vector<int> v(9); std::iota(v.begin(), v.end(), 1); std::cout << std::accumulate(v.begin(), v.end(), 0); }")]),
        ["another standard"] = (["-std=c++17"], [("main.cpp", Everything + "int main() { std::string text(\"a\"); std::cout << __cplusplus << \"k\" + text; auto r = std::views::all; }")]),
        ["an older standard"] = (["-std=c++11"], [("main.cpp", "#include <iostream>\nint main() { auto f = [](auto x) { return x; }; std::cout << f(1); }")]),
        ["no optimization, for the debugger"] = (["-O0", "-g"], [("main.cpp", Everything + "int main() { std::cout << 1; }")]),
        ["checks of the library"] = (["-D_GLIBCXX_ASSERTIONS"], [("main.cpp", "#include <vector>\nint main() { std::vector<int> v; return v[3]; }")]),
        ["a pragma before the header"] = ([], [("main.cpp", "#pragma GCC optimize(\"O3\")\n" + Everything + "int main() { std::cout << 1; }")]),
    };

    public static TheoryData<string> Programs => [.. _programs.Keys];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_program_and_what_is_said_of_it_are_the_same(string name)
    {
        var (arguments, files) = _programs[name];

        // Beside each other: here nobody looks at the clock.
        ExecuteResponse[] answers = await Task.WhenAll(RunAsync([.. arguments, Plainly], files), RunAsync(arguments, files));
        var (plain, fast) = (answers[0], answers[1]);

        Assert.Equal(Said(plain), Said(fast));
        Assert.Equal(plain.Compile.Diagnostics, fast.Compile.Diagnostics);
        Assert.Equal((plain.Outcome, plain.Compile.ExitCode, plain.Run?.ExitCode, plain.Run?.Signal), (fast.Outcome, fast.Compile.ExitCode, fast.Run?.ExitCode, fast.Run?.Signal));
        Assert.Equal((plain.Run?.Stdout, plain.Run?.Stderr), (fast.Run?.Stdout, fast.Run?.Stderr));
    }

    [Theory]
    [InlineData("bits/stdc++.h")]
    [InlineData("iostream")]
    [InlineData("bits/stdc++.h", "-std=gnu++20", "-O3", "-DLOCAL", "-Wextra")]
    public async Task It_takes_less_than_half_of_the_processor_time(string header, params string[] arguments)
    {
        (string, string)[] files = [("main.cpp", $"#include <{header}>\nint main() {{ std::cout << \"hello\\n\"; }}")];

        var plain = await RunAsync([.. arguments, Plainly], files);
        var fast = await RunAsync(arguments, files);

        Assert.Equal("hello\n", fast.Run.Stdout.ToStringUtf8());
        var (plainMs, fastMs) = (CpuMs(plain.Compile), CpuMs(fast.Compile));
        Assert.True(fastMs < plainMs / 2, $"{fastMs} ms in place of {plainMs} ms");
    }

    private static double CpuMs(StageResult stage) => stage.UserCpuTimeMs + stage.SystemCpuTimeMs;

    /// <summary>Names of temporary files differ from compilation to compilation.</summary>
    private static string Said(ExecuteResponse answer) =>
        Regex.Replace($"{answer.Compile.Stdout.ToStringUtf8()}{answer.Compile.Stderr.ToStringUtf8()}", @"/cc\w+\.o", "/cc.o");

    private async Task<ExecuteResponse> RunAsync(IEnumerable<string> arguments, IEnumerable<(string Path, string Content)> files)
    {
        var request = new ExecuteRequest { Language = "cpp" };
        request.CompilerArguments.AddRange(arguments);
        request.Files.AddRange(files.Select(file => Requests.File(file.Path, file.Content)));
        return await service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);
    }
}

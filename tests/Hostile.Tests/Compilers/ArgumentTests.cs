using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Compilers;

/// <summary>Arguments and extra files that make a compiler do more than compile. It may: it sits in a sandbox like any program.</summary>
public sealed class ArgumentTests(WatchedHost host)
{
    private const string Hello = "#include <stdio.h>\nint main(void) { puts(\"hello\"); }";

    [Fact]
    public async Task A_wrapper_that_runs_commands_runs_them_as_nobody_special()
    {
        var answer = await CompileAsync(
            [Requests.File("wrap.sh", "#!/bin/bash\nid -u >&2; grep -h CapEff /proc/self/status >&2; ls /sys /root /zone >&2; cat /etc/shadow >&2; echo x > /usr/bin/planted; exec \"$@\"\n")],
            "-wrapper", "bash,wrap.sh");

        answer.ShouldPrint("hello\n");
        var said = answer.Compile.Stderr.ToStringUtf8();
        Assert.Contains("1000\nCapEff:\t0000000000000000\n", said);
        Assert.Contains("/etc/shadow: No such file or directory", said);
        Assert.Contains("/usr/bin/planted: Read-only file system", said);
    }

    [Fact]
    public async Task A_compilers_command_is_bounded_like_a_program()
    {
        var request = Requests.Program("c", Hello, limits: new Limits { CompileWallTimeLimitMs = 800 }, path: "main.c");
        request.Files.Add(Requests.File("wrap.sh", "trap '' TERM; bomb() { bomb | bomb & }; bomb; setsid sleep 60 & sleep 60\n"));
        request.CompilerArguments.AddRange(["-wrapper", "bash,wrap.sh"]);

        var answer = await host.RunAsync(request);

        answer.ShouldReachCompiling(Outcome.WallTimeLimit, "wall-time limit of 0.8 s");
    }

    [Theory]
    [InlineData("to /usr/bin", "-o", "/usr/bin/planted")]
    [InlineData("to /etc", "-o", "/etc/planted")]
    [InlineData("to the packs", "-o", "/opt/packs/c/planted")]
    [InlineData("its dependencies to /usr", "-MD", "-MF", "/usr/planted.d")]
    public async Task Output_goes_nowhere_but_to_its_workspace(string where, params string[] arguments)
    {
        var answer = await CompileAsync([], arguments);

        Assert.True(System.Text.RegularExpressions.Regex.IsMatch(answer.ShouldNotCompile(), "Read-only file system|Permission denied"), $"{where}: {answer}");
    }

    [Fact]
    public async Task Output_to_another_name_is_not_run_instead()
    {
        var answer = await CompileAsync([], "-o", "/tmp/elsewhere");

        // Nothing was handed over under the name that is run.
        Assert.Equal((Outcome.NonzeroExit, 127), (answer.Outcome, answer.Run.ExitCode));
        Assert.Contains("./main: No such file or directory", answer.Errors());
    }

    [Fact]
    public async Task A_plugin_that_is_compiled_on_the_way_has_no_more_power_than_a_program()
    {
        // A constructor runs as soon as the compiler loads it.
        var source = "#include <stdio.h>\n#include <unistd.h>\nint plugin_is_GPL_compatible;\n__attribute__((constructor)) static void start(void) { fprintf(stderr, \"plugged in as %d, %d\\n\", getuid(), access(\"/etc/shadow\", F_OK)); }\n";
        var answer = await CompileAsync(
            [Requests.File("plugin.txt", source), Requests.File("wrap.sh", "[ -e plugin.so ] || gcc -x c -shared -fPIC -o plugin.so plugin.txt\nexec \"$@\" -fplugin=./plugin.so\n")], "-wrapper", "bash,wrap.sh");

        Assert.Contains("plugged in as 1000, -1", answer.Compile.Stderr.ToStringUtf8());
    }

    [Theory]
    [InlineData("-specs=own.specs", "own.specs", "*cc1:\n/usr/bin/id\n")]
    [InlineData("-B./", "cc1", "#!/bin/sh\nid\n")]
    [InlineData("@more.args", "more.args", "-include /etc/shadow")]
    [InlineData("-Wl,@more.args", "more.args", "--script=/etc/shadow")]
    [InlineData("-Wl,-T,own.ld", "own.ld", "INCLUDE /etc/shadow\nSECTIONS { }")]
    [InlineData("-include/proc/1/environ", "none", "none")]
    [InlineData("-fprofile-use=/zone", "none", "none")]
    [InlineData("-fdump-tree-all=/usr/planted", "none", "none")]
    public async Task Arguments_that_lead_to_other_files_find_only_the_sandboxs(string argument, string file, string content)
    {
        var answer = await CompileAsync([Requests.File(file, content)], argument);

        var said = answer.Compile.Stderr.ToStringUtf8() + answer.Compile.Stdout.ToStringUtf8();
        Assert.True(answer.Run is null || answer.Output() == "hello\n", $"{answer}");
        Assert.DoesNotMatch("uid=0|root:[$*!]|PATH=|DOTNET", said);
        Assert.True(answer.Run is not null || said.Length > 0, $"{answer}");
    }

    [Theory]
    [InlineData("LD_PRELOAD", "/workspace/nothing.so", "hello\n")]
    [InlineData("PATH", "/workspace", "hello\n")]
    [InlineData("GCC_EXEC_PREFIX", "/workspace/", "hello\n")]
    [InlineData("LD_LIBRARY_PATH", "/workspace", "hello\n")]
    [InlineData("HOME", "/root", "hello\n")]
    [InlineData("TMPDIR", "/usr", "hello\n")]
    public async Task The_programs_environment_is_not_the_compilers(string name, string value, string output)
    {
        var request = Requests.Program("c", Hello, path: "main.c");
        request.Environment[name] = value;

        var answer = await host.RunAsync(request);

        Assert.Equal((Outcome.Succeeded, "", output), (answer.Outcome, answer.Compile.Stderr.ToStringUtf8(), answer.Output()));
    }

    [Theory]
    [InlineData("python", "main.py", "print('main')", "PYTHONSTARTUP", "/workspace/own.py")]
    [InlineData("python", "main.py", "print('main')", "PYTHONPATH", "/workspace:/root:/zone")]
    [InlineData("javascript", "main.js", "console.log('main')", "NODE_OPTIONS", "--max-old-space-size=100000")]
    [InlineData("javascript", "main.js", "console.log('main')", "NODE_PATH", "/root:/zone")]
    [InlineData("bash", "main.sh", "echo main", "BASH_ENV", "/etc/shadow")]
    [InlineData("bash", "main.sh", "echo main", "SHELLOPTS", "noglob")]
    public async Task An_interpreters_variables_change_only_its_own_run(string language, string path, string source, string name, string value)
    {
        var request = Requests.Program(language, source, path: path);
        request.Environment[name] = value;
        request.Files.Add(Requests.File("own.py", "print('started')"));

        var answer = await host.RunAsync(request);

        Assert.Equal((Outcome.Succeeded, "main\n"), (answer.Outcome, answer.Output()));
    }

    [Fact]
    public async Task Options_for_java_by_environment_reach_no_other_java()
    {
        var request = Programs.Java("System.out.println(System.getProperty(\"planted\"));");
        request.Environment["JAVA_TOOL_OPTIONS"] = "-Dplanted=yes -XX:OnOutOfMemoryError=id";

        var answer = await host.RunAsync(request);

        answer.ShouldPrint("yes\n");
        // The compiler is a Java, too, and would have said that it picked them up.
        Assert.DoesNotContain("JAVA_TOOL_OPTIONS", answer.Compile.Stderr.ToStringUtf8());
        Assert.Contains("Picked up JAVA_TOOL_OPTIONS", answer.Errors());
    }

    private Task<ExecuteResponse> CompileAsync(SourceFile[] more, params string[] arguments)
    {
        var request = Requests.Program("c", Hello, limits: new Limits { CompileWallTimeLimitMs = 10_000 }, path: "main.c");
        request.Files.AddRange(more);
        request.CompilerArguments.AddRange(arguments);
        return host.RunAsync(request);
    }
}

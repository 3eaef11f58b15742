using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Executions;

namespace OnlineCompiler.WholeApp.Tests.Piston;

/// <summary>Real programs, by Piston's API.</summary>
public sealed class JobTests(SharedApp shared)
{
    private const string Cpp = """
        #include <iostream>
        #include <string>
        int main(int count, char** args) { std::string line; std::getline(std::cin, line); std::cout << line << ' ' << args[1] << std::endl; std::cerr << "done"; }
        """;

    // The class with main is not the first, and not named as any file.
    private const string Java = """
        class Line { final String text; Line(String text) { this.text = text; } }
        public class Echo {
            public static void main(String[] args) {
                System.out.println(new Line(new java.util.Scanner(System.in).nextLine()).text + " " + args[0]);
                System.err.print("done");
            }
        }
        """;

    [Theory]
    // Names and versions that clients hard-code.
    [InlineData("py", "3.10.0", "python", "import sys; print(input(), sys.argv[1], flush=True); sys.stderr.write('done')", false)]
    [InlineData("js", "18.15.0", "javascript", "console.log(require('fs').readFileSync(0, 'utf8').trim(), process.argv[2]); process.stderr.write('done')", false)]
    [InlineData("cpp", "10.2.0", "c++", Cpp, true)]
    [InlineData("java", "15.0.2", "java", Java, true)]
    public async Task Programs_run_as_their_clients_send_them(string language, string version, string name, string program, bool isCompiled)
    {
        var job = Jobs.OfProgram(language, program).With("version", version).With("stdin", "typed").With("args", new JsonArray("given"));

        var answer = await shared.Http.RunJobAsync(job);

        answer.AssertStage("run", 0, null, null, null);
        Assert.Equal("typed given\n", answer["run"]!["stdout"].Text());
        Assert.Equal("done", answer["run"]!["stderr"].Text());
        // Two pipes that are full at the same moment have no order between them.
        Assert.Contains(answer["run"]!["output"].Text(), (string[])["typed given\ndone", "donetyped given\n"]);
        Assert.True((long)answer["run"]!["memory"]! is var memory && memory > 0 && memory % 1000 == 0, answer.ToJsonString());
        Assert.Equal(name, answer["language"].Text());
        Assert.Matches(@"^\d+\.\d+\.\d+$", answer["version"].Text());
        Assert.NotEqual(version, answer["version"].Text());
        Assert.Equal(isCompiled, answer["compile"] is not null);
        if (isCompiled)
            answer.AssertStage("compile", 0, null, null, null);
    }

    [Fact]
    public async Task Every_runtime_that_is_listed_is_one()
    {
        var runtimes = await shared.Http.GetFromJsonAsync<JsonArray>("/api/v2/piston/runtimes", TestContext.Current.CancellationToken);

        Assert.Superset(new HashSet<string> { "python", "c++", "java", "javascript" }, runtimes!.Select(runtime => runtime!["language"].Text()).ToHashSet());
        foreach (var runtime in runtimes!.Where(runtime => runtime!["language"].Text() is "javascript"))
        {
            var version = runtime!["version"].Text();
            var answer = await shared.Http.RunJobAsync(Jobs.OfProgram("node-js", "console.log(process.version)").With("version", version));
            answer.AssertStage("run", 0, null, null, null);
            Assert.Equal(version, answer["version"].Text());
            Assert.Equal($"v{version}\n", answer["run"]!["stdout"].Text());
        }
    }

    [Fact]
    public async Task Java_may_have_several_files()
    {
        var answer = await shared.Http.RunJobAsync(Jobs.Of(
            "java",
            new { name = "Main.java", content = "public class Main { public static void main(String[] args) { System.out.println(new Other().text()); } }" },
            new { name = "Other.java", content = "public class Other { String text() { return \"from another file\"; } }" }));

        answer.AssertStage("run", 0, null, null, null);
        Assert.Equal("from another file\n", answer["run"]!["stdout"].Text());
    }

    [Fact]
    public async Task Headers_and_data_may_come_as_they_are_or_encoded()
    {
        var answer = await shared.Http.RunJobAsync(Jobs.Of(
            "c++",
            new { name = "main.cpp", content = "#include \"a.h\"\n#include \"b.h\"\n#include <fstream>\n#include <iostream>\nint main() { std::ifstream data(\"data.bin\"); std::cout << A << B << ' ' << data.get(); }" },
            new { name = "a.h", content = "#define A 1" },
            new { name = "b.h", content = Convert.ToBase64String("#define B 2"u8), encoding = "base64" },
            new { name = "data.bin", content = "ff00", encoding = "hex" }));

        answer.AssertStage("run", 0, null, null, null);
        Assert.Equal("12 255", answer["run"]!["stdout"].Text());
    }

    [Fact]
    public async Task What_does_not_compile_does_not_run_and_both_stages_say_why()
    {
        var answer = await shared.Http.RunJobAsync(Jobs.OfProgram("c++", "int main() { return nothing; }"));

        answer.AssertStage("compile", 1, null, "RE", "Exited with error status 1");
        Assert.Contains("was not declared", answer["compile"]!["stderr"].Text(), StringComparison.Ordinal);
        Assert.Equal(answer["compile"]!.ToJsonString(), answer["run"]!.ToJsonString());
    }

    [Fact]
    public async Task Output_is_whole_up_to_a_megabyte_and_then_cut_with_a_reason()
    {
        // At once, which Piston drops whole over 1024 characters.
        var five = await shared.Http.RunJobAsync(Jobs.OfProgram("python", "print('é' * 5_000, end='')"));
        var tooMuch = await shared.Http.RunJobAsync(Jobs.OfProgram("python", "print('x' * 3_000_000)"));

        five.AssertStage("run", 0, null, null, null);
        Assert.Equal(new string('é', 5_000), five["run"]!["stdout"].Text());
        Assert.Equal(("OL", "stdout length exceeded"), (tooMuch["run"]!["status"].Text(), tooMuch["run"]!["message"].Text()));
        Assert.Equal("SIGKILL", tooMuch["run"]!["signal"].Text());
        Assert.Equal(1_048_576, tooMuch["run"]!["stdout"].Text().Length);
    }

    [Fact]
    public async Task A_program_of_several_hundred_kilobytes_runs()
    {
        var answer = await shared.Http.RunJobAsync(Jobs.OfProgram("python", $"text = '{new string('x', 400_000)}'\nprint(len(text))"));

        Assert.Equal("400000\n", answer["run"]!["stdout"].Text());
    }

    [Fact]
    public async Task Whatever_stops_a_program_is_told_apart()
    {
        var clock = await shared.Http.RunJobAsync(Jobs.OfProgram("python", "import time; time.sleep(60)").With("run_timeout", 500));
        var processor = await shared.Http.RunJobAsync(Jobs.OfProgram("python", "while True: pass").With("run_cpu_time", 500));
        var memory = await shared.Http.RunJobAsync(Jobs.OfProgram("python", "x = bytearray(1 << 30)\nprint(len(x))").With("run_memory_limit", 64 << 20));
        var crash = await shared.Http.RunJobAsync(Jobs.OfProgram("c++", "#include <csignal>\nint main() { raise(SIGSEGV); }"));
        var status = await shared.Http.RunJobAsync(Jobs.OfProgram("python", "raise SystemExit(3)"));

        clock.AssertStage("run", null, "SIGKILL", "TO", "Time limit exceeded (wall clock)");
        processor.AssertStage("run", null, "SIGKILL", "TO", "Time limit exceeded");
        Assert.Contains("memory limit of 64 MiB", memory["run"]!["message"].Text(), StringComparison.Ordinal);
        crash.AssertStage("run", null, "SIGSEGV", "SG", "Caught fatal signal 11");
        status.AssertStage("run", 3, null, "RE", "Exited with error status 3");
    }

    [Fact]
    public async Task Libraries_that_an_operator_installed_are_there()
    {
        var languages = await shared.Http.GetFromJsonAsync<JsonNode>("/api/v1/languages", TestContext.Current.CancellationToken);
        var python = languages!["languages"]!.AsArray().Single(language => language!["id"].Text() == "python")!;
        Assert.SkipUnless(python["libraries"]!.AsArray().Any(library => library!["name"].Text() == "numpy"), "Only with --libraries.");

        var answer = await shared.Http.RunJobAsync(Jobs.OfProgram("python", "import numpy; print(numpy.arange(4).sum())"));

        answer.AssertStage("run", 0, null, null, null);
        Assert.Equal("6\n", answer["run"]!["stdout"].Text());
    }
}

using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Executions;
using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Judge0;

/// <summary>Real programs, by Judge0's API.</summary>
public sealed class ProgramTests(SharedApp shared)
{
    [Theory]
    // By ids that clients hard-code, with the memory that Judge0 gives by default.
    [InlineData(46, "read -r line; echo \"$line $1\"")]
    [InlineData(50, "#include <stdio.h>\nint main(int count, char** args) { char line[9]; scanf(\"%8s\", line); printf(\"%s %s\\n\", line, args[1]); }")]
    [InlineData(54, "#include <iostream>\nint main(int, char** args) { std::string line; std::cin >> line; std::cout << line << ' ' << args[1]; }")]
    [InlineData(62, "public class Main { public static void main(String[] args) { System.out.println(new java.util.Scanner(System.in).next() + \" \" + args[0]); } }")]
    [InlineData(63, "console.log(require('fs').readFileSync(0, 'utf8').trim(), process.argv[2])")]
    [InlineData(71, "import sys; print(input(), sys.argv[1])")]
    public async Task Programs_run_as_their_clients_send_them(int languageId, string source)
    {
        var answer = await shared.Http.RunAsync(
            JudgeClient.Of(languageId, source).With("stdin", "typed").With("command_line_arguments", "given").With("expected_output", "typed given"));

        answer.AssertEnd(3, 0, null);
        Assert.Matches(@"^\d+\.\d+$", answer["time"].Text());
        Assert.InRange((long)answer["memory"]!, 1, 128_000);
    }

    [Fact]
    public async Task Whatever_stops_a_program_is_told_apart()
    {
        var segmentation = await shared.Http.RunAsync(JudgeClient.Of(JudgeClient.C, "int main() { *(volatile int*)0 = 1; }"));
        var division = await shared.Http.RunAsync(JudgeClient.Of(JudgeClient.C, "#include <signal.h>\nint main() { raise(SIGFPE); }"));
        var abort = await shared.Http.RunAsync(JudgeClient.Of(JudgeClient.Cpp, "#include <cstdlib>\nint main() { std::abort(); }"));
        var status = await shared.Http.RunAsync(JudgeClient.Of(JudgeClient.Python, "raise SystemExit(3)"));
        var clock = await shared.Http.RunAsync(JudgeClient.Of(JudgeClient.Python, "import time; time.sleep(60)").With("wall_time_limit", 1));
        var processor = await shared.Http.RunAsync(JudgeClient.Of(JudgeClient.Python, "while True: pass").With("cpu_time_limit", 0.3).With("cpu_extra_time", 0.2));
        var memory = await shared.Http.RunAsync(JudgeClient.Of(JudgeClient.C, "#include <stdlib.h>\n#include <string.h>\nint main() { for (;;) memset(malloc(1 << 20), 1, 1 << 20); }"));
        var output = await shared.Http.RunAsync(JudgeClient.Of(JudgeClient.Python, "while True: print('x' * 1000)"));

        segmentation.AssertEnd(7, 139, "Caught fatal signal 11");
        division.AssertEnd(9, 136, "Caught fatal signal 8");
        abort.AssertEnd(10, 134, "Caught fatal signal 6");
        status.AssertEnd(11, 3, "Exited with error status 3");
        clock.AssertEnd(5, 0, "Time limit exceeded (wall clock)");
        processor.AssertEnd(5, 0, "Time limit exceeded");
        memory.AssertEnd(11, 137, "Memory limit exceeded: Stopped: it needed more than the memory limit of 125 MiB.");
        output.AssertEnd(8, 153, "Output limit exceeded: it printed more than 1024 KiB.");
        Assert.Equal(1024 * 1024, output["stdout"].Text().Length);
    }

    [Fact]
    public async Task What_GCC_says_in_its_curly_quotes_comes_as_text()
    {
        var answer = await shared.Http.RunAsync(JudgeClient.Of(JudgeClient.Cpp, "int main() { return nothing; }"));

        answer.AssertEnd(6, null, null);
        Assert.Contains("‘nothing’ was not declared", answer["compile_output"].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_source_with_many_inputs_is_compiled_once()
    {
        var source = $"#include <iostream>\n// {Guid.NewGuid()}\nint main() {{ int number; std::cin >> number; std::cout << 2 * number; }}";
        foreach (var number in Enumerable.Range(1, 3))
        {
            var answer = await shared.Http.RunAsync(JudgeClient.Of(JudgeClient.Cpp, source).With("stdin", $"{number}").With("expected_output", $"{2 * number}"));
            answer.AssertEnd(3, 0, null);
        }

        // The native answer to the same program tells that there was nothing left to compile.
        var native = await shared.Http.ExecuteAsync(new
        {
            language = "cpp",
            files = new[] { new { path = "main.cpp", content = source } },
            stdin = "4",
            limits = new { compileWallTimeMs = 30_000, outputBytes = 2_097_152 },
        });
        Assert.True((bool?)native["compile"]!["cached"], native.ToJsonString());
    }

    [Fact]
    public async Task A_multi_file_program_is_compiled_and_run_by_its_scripts()
    {
        var submission = new JsonObject
        {
            ["language_id"] = JudgeClient.MultiFile,
            ["stdin"] = "typed",
            ["wall_time_limit"] = 20,
            ["additional_files"] = JudgeClient.Zip(
                ("compile", "gcc -Wall -o program main.c other.c"),
                ("run", "./program \"$1\""),
                ("main.c", "#include <stdio.h>\nint twice(int);\nint main(int count, char** args) { char line[9]; int unused; scanf(\"%8s\", line); printf(\"%s %s %d\\n\", line, args[1], twice(21)); }"),
                ("other.c", "int twice(int number) { return 2 * number; }")),
            ["command_line_arguments"] = "'given this'",
        };

        var answer = await shared.Http.RunAsync(submission);
        var broken = await shared.Http.RunAsync(new JsonObject
        {
            ["language_id"] = JudgeClient.MultiFile,
            ["additional_files"] = JudgeClient.Zip(("compile", "echo no >&2; exit 7"), ("run", "echo never")),
        });

        answer.AssertEnd(3, 0, null);
        Assert.Equal("typed given this 42\n", answer["stdout"].Text());
        Assert.Contains("unused variable", answer["compile_output"].Text(), StringComparison.Ordinal);
        broken.AssertEnd(6, null, null);
        Assert.Equal("no\n", broken["compile_output"].Text());
    }

    [Fact]
    public async Task What_is_no_language_works_as_well()
    {
        var text = await shared.Http.RunAsync(JudgeClient.Of(JudgeClient.Plain, "just text\n"));
        var script = await shared.Http.RunAsync(JudgeClient.Of(JudgeClient.Executable, "#!/bin/bash\necho ran"));
        var broken = await shared.Http.RunAsync(
            JudgeClient.Of(JudgeClient.Executable, Convert.ToBase64String("\x7FELF\0\0\0\0"u8)), "&base64_encoded=true");
        var files = await shared.Http.RunAsync(
            JudgeClient.Of(JudgeClient.Python, "print(open('data/a.txt').read())").With("additional_files", JudgeClient.Zip(("data/a.txt", "from a file"))));

        Assert.Equal("just text\n", text["stdout"].Text());
        Assert.Equal("ran\n", script["stdout"].Text());
        broken.AssertEnd(14, 126, Convert.ToBase64String(Encoding.UTF8.GetBytes("Exec format error")) + "\n");
        Assert.Equal("from a file\n", files["stdout"].Text());
    }

    [Fact]
    public async Task Many_are_submitted_at_once_and_asked_for_together()
    {
        var batch = new { submissions = Enumerable.Range(0, 5).Select(i => JudgeClient.Of(JudgeClient.Bash, $"echo {i}")) };
        using var created = await shared.Http.PostAsJsonAsync("/judge0/submissions/batch", batch, TestContext.Current.CancellationToken);
        var tokens = string.Join(',', (await created.ReadJsonAsync()).AsArray().Select(answer => answer!["token"].Text()));

        JsonArray? submissions = null;
        await Eventually.TrueAsync("all have ended", TimeSpan.FromSeconds(60), async () =>
        {
            submissions = (await shared.Http.GetFromJsonAsync<JsonNode>($"/judge0/submissions/batch?tokens={tokens}", TestContext.Current.CancellationToken))!["submissions"]!.AsArray();
            return submissions.All(submission => (int)submission!["status"]!["id"]! > 2);
        });

        Assert.Equal(["0\n", "1\n", "2\n", "3\n", "4\n"], submissions!.Select(submission => submission!["stdout"].Text()));
    }
}

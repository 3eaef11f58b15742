using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Application;

namespace OnlineCompiler.WholeApp.Tests.Executions;

public sealed class LanguageTests(SharedApp shared)
{
    /// <summary>Language, file, and a program that reads two numbers, prints their product and exits with status 7.</summary>
    public static TheoryData<string, string, string> Multiplications => new()
    {
        { "python", "main.py", "import sys\na, b = map(int, input().split())\nprint(a * b)\nsys.exit(7)\n" },
        { "javascript", "main.js", "const [a, b] = require('fs').readFileSync(0, 'utf8').split(' ').map(Number);\nconsole.log(a * b);\nprocess.exit(7);\n" },
        { "typescript", "main.ts", "import { readFileSync } from 'fs';\nconst [a, b]: number[] = readFileSync(0, 'utf8').split(' ').map(Number);\nconsole.log(a * b);\nprocess.exit(7);\n" },
        { "java", "Main.java", "import java.util.Scanner;\npublic class Main {\n  public static void main(String[] args) {\n    Scanner in = new Scanner(System.in);\n    System.out.println(in.nextInt() * in.nextInt());\n    System.exit(7);\n  }\n}\n" },
        { "c", "main.c", "#include <stdio.h>\nint main(void) {\n  int a, b;\n  if (scanf(\"%d %d\", &a, &b) != 2) return 1;\n  printf(\"%d\\n\", a * b);\n  return 7;\n}\n" },
        { "cpp", "main.cpp", "#include <iostream>\nint main() {\n  int a, b;\n  std::cin >> a >> b;\n  std::cout << a * b << '\\n';\n  return 7;\n}\n" },
        { "csharp", "Program.cs", "using System;\nusing System.Linq;\nvar n = Console.ReadLine()!.Split(' ').Select(int.Parse).ToArray();\nConsole.WriteLine(n[0] * n[1]);\nreturn 7;\n" },
        { "bash", "main.sh", "read -r a b\necho $((a * b))\nexit 7\n" },
    };

    [Theory]
    [MemberData(nameof(Multiplications))]
    public async Task A_program_reads_its_input_computes_and_exits_with_a_status_of_its_choice(string language, string file, string program)
    {
        var answer = await shared.Http.ExecuteAsync(ExecutionRequests.Program(language, file, program, stdin: "6 7\n"));

        var run = answer["run"]!;
        Assert.Equal(language, answer["language"].Text());
        Assert.True(run["stdout"].Text() == "42\n", answer.ToJsonString());
        Assert.Equal("", run["stderr"].Text());
        Assert.Equal(7, run["exitCode"]!.GetValue<int>());
        Assert.Equal("nonzeroExit", answer["outcome"].Text());
    }

    [Fact]
    public async Task Every_core_language_runs_its_own_sample()
    {
        var languages = await shared.Http.GetFromJsonAsync<JsonNode>("/api/v1/languages", TestContext.Current.CancellationToken);
        // The samples of the others are among their packs' own cases (tests/Packs.Tests).
        var found = languages!["languages"]!.AsArray().Where(language => PackFolders.Core.Contains(language!["id"].Text())).ToList();

        Assert.NotEmpty(found);
        Assert.Equal(PackFolders.Core.Count, found.Count);
        foreach (var language in found)
        {
            var answer = await shared.Http.ExecuteAsync(ExecutionRequests.Program(
                language!["id"].Text(), language["entryPoint"].Text(), language["sample"].Text(), language["sampleStdin"].Text()));
            Assert.True(answer["outcome"].Text() == "succeeded", answer.ToJsonString());
        }
    }
}

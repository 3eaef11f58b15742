namespace OnlineCompiler.Bench.Application;

/// <summary>A program that a user could have typed, and how to run it with the bare toolchain.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Language">Its id.</param>
/// <param name="File">Its path.</param>
/// <param name="Text">With <c>NUMBER</c> where each run gets a number of its own, so that no cache answers.</param>
/// <param name="Bare">Of a shell, in the folder of the file. <c>CHECKOUT</c> stands for ours.</param>
/// <param name="MaxBareRuns">A slow toolchain is measured this often at most.</param>
/// <param name="Before">Of a shell, before each bare run and not timed; empty for none.</param>
internal sealed record BenchProgram(string Name, string Language, string File, string Text, string Bare, int MaxBareRuns = 50, string Before = "")
{
    public const string Input = "world\n";

    private static int _number = Random.Shared.Next(1_000_000, 900_000_000);

    public static readonly BenchProgram Python = new(
        "Python hello", "python", "main.py", "name = input()\nprint(f'hello {name}', NUMBER)\n", "exec python3 main.py");

    public static readonly BenchProgram Bash = new(
        "Bash hello", "bash", "main.sh", "read name\necho \"hello $name\" NUMBER\n", "exec bash main.sh");

    public static readonly BenchProgram Node = new(
        "Node hello", "javascript", "main.js", "const name = require('fs').readFileSync(0, 'utf8').trim();\nconsole.log(`hello ${name}`, NUMBER);\n",
        "exec node main.js");

    public static readonly BenchProgram Java = new(
        "Java hello", "java", "Main.java",
        """
        import java.util.*;

        public class Main {
            public static void main(String[] args) {
                var name = new Scanner(System.in).nextLine();
                System.out.println("hello " + name + " " + NUMBER);
            }
        }
        """,
        "javac Main.java && exec java Main");

    public static readonly BenchProgram Cpp = new(
        "C++ bits/stdc++.h", "cpp", "main.cpp",
        """
        #include <bits/stdc++.h>
        using namespace std;
        int main() {
            string name;
            cin >> name;
            map<string, int> known{{name, NUMBER}};
            for (const auto &[key, value] : known)
                cout << "hello " << key << ' ' << value << endl;
        }
        """,
        "g++ -O2 main.cpp -o main && exec ./main");

    public static readonly BenchProgram CSharp = new(
        "C# file", "csharp", "main.cs", "var name = Console.ReadLine();\nConsole.WriteLine($\"hello {name} {NUMBER}\");\n", "exec dotnet run main.cs", MaxBareRuns: 20);

    /// <summary>As somebody meets it who has not compiled within the last minutes, after which the SDK's compiler server ends.</summary>
    public static readonly BenchProgram FirstCSharp = CSharp with { Name = "C# file, first", MaxBareRuns = 5, Before = "dotnet build-server shutdown --vbcscompiler" };

    public static readonly BenchProgram TypeScript = new(
        "TypeScript hello", "typescript", "main.ts",
        "import { readFileSync } from 'node:fs';\nconst name: string = readFileSync(0, 'utf8').trim();\nconsole.log(`hello ${name}`, NUMBER);\n",
        "node CHECKOUT/.toolchains/typescript-5.9/node_modules/typescript/lib/tsc.js --module nodenext --target es2023 --strict --types node"
            + " --typeRoots CHECKOUT/.toolchains/typescript/node_modules/@types main.ts && exec node main.js",
        MaxBareRuns: 20);

    /// <summary>The same program with a number that no run had before.</summary>
    public string NextText() => Text.Replace("NUMBER", Interlocked.Increment(ref _number).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public object Body(string text) => new { language = Language, files = new[] { new { path = File, content = text } }, stdin = Input };
}

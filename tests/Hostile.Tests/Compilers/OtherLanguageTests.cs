using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Compilers;

/// <summary>Sources and files that mean the compilers of Java, TypeScript and C#, and files that tools read unasked.</summary>
public sealed class OtherLanguageTests(WatchedHost host)
{
    private const string PlantedProcessor = """
        import java.util.Set;
        import javax.annotation.processing.*;
        import javax.lang.model.element.TypeElement;
        public class Planted extends AbstractProcessor {
            static { System.err.println("processor was run"); }
            public boolean process(Set<? extends TypeElement> types, RoundEnvironment round) { return false; }
        }
        """;

    [Fact]
    public async Task An_annotation_processor_among_the_files_is_not_run()
    {
        var request = Programs.Java("System.out.println(\"main\");");
        request.Files.Add(Requests.File("Planted.java", PlantedProcessor));
        request.Files.Add(Requests.File("META-INF/services/javax.annotation.processing.Processor", "Planted\n"));

        var answer = await host.RunAsync(request);

        answer.ShouldPrint("main\n");
        Assert.DoesNotContain("processor was run", answer.Compile.Stderr.ToStringUtf8());
    }

    [Theory]
    [InlineData("@/etc/passwd")]
    [InlineData("@/proc/1/environ")]
    [InlineData("@/zone/launcher.sock")]
    [InlineData("-d", "/usr")]
    [InlineData("-J-XX:OnOutOfMemoryError=id", "-J-Xlog:all:file=/usr/planted.log")]
    public async Task Arguments_of_javac_lead_to_nothing_beyond(params string[] arguments)
    {
        var request = Programs.Java("System.out.println(\"main\");");
        request.CompilerArguments.AddRange(arguments);

        var answer = await host.RunAsync(request);

        Assert.True(answer.Run is null ? answer.Compile.Outcome == Outcome.NonzeroExit : answer.Compile.Outcome == Outcome.Succeeded, $"{answer}");
        Assert.True(answer.Compile.Stderr.Length + answer.Compile.Stdout.Length > 0, $"{answer}");
        Assert.DoesNotMatch("uid=|DOTNET|ASPNETCORE", answer.Compile.Stderr.ToStringUtf8() + answer.Compile.Stdout.ToStringUtf8());
    }

    [Theory]
    [InlineData("an expression without end", "String s = \"\" ", "+ (\"\"", 20_000, ")")]
    [InlineData("blocks without end", "", "{", 20_000, "}")]
    public async Task A_source_that_overflows_javac_is_refused(string what, string start, string repeated, int times, string closing)
    {
        var body = start + string.Concat(Enumerable.Repeat(repeated, times)) + string.Concat(Enumerable.Repeat(closing, times)) + ";";

        var answer = await host.RunAsync(Programs.Java(body, new Limits { CompileWallTimeLimitMs = 15_000 }));

        Assert.True(answer.Run is null && answer.Compile.Outcome is Outcome.NonzeroExit or Outcome.WallTimeLimit or Outcome.CpuTimeLimit or Outcome.MemoryLimit, $"With {what}: {answer}");
    }

    [Fact]
    public async Task A_class_that_claims_to_be_of_java_itself_is_not_loaded()
    {
        var request = Requests.Program("java", "package java.lang;\npublic class Main { public static void main(String[] a) { System.out.println(\"inside java.lang\"); } }", path: "Main.java");

        var answer = await host.RunAsync(request);

        Assert.True(answer.Outcome == Outcome.NonzeroExit, $"{answer}");
    }

    [Fact]
    public async Task A_type_that_explodes_ends_the_typescript_compiler_not_the_machine()
    {
        var answer = await host.RunAsync(Requests.Program(
            "typescript",
            "type D = '0'|'1'|'2'|'3'|'4'|'5'|'6'|'7'|'8'|'9';\ntype Many = `${D}${D}${D}${D}${D}${D}${D}${D}`;\nconst x: Many = 'x';\ntype Deep<N extends number, A extends unknown[] = []> = A['length'] extends N ? A : Deep<N, [...A, 0]>;\nconst y: Deep<100000> = [];\n",
            limits: new Limits { CompileWallTimeLimitMs = 10_000 }, path: "main.ts"));

        Assert.True(answer.Run is null && answer.Compile.Outcome is Outcome.NonzeroExit or Outcome.WallTimeLimit or Outcome.MemoryLimit or Outcome.CpuTimeLimit, $"{answer}");
    }

    [Fact]
    public async Task A_tsconfig_among_the_files_sends_output_nowhere_else()
    {
        var request = Requests.Program("typescript", "console.log('main');", path: "main.ts");
        request.Files.Add(Requests.File("tsconfig.json", "{ \"compilerOptions\": { \"outDir\": \"/usr/planted\", \"plugins\": [{ \"name\": \"/workspace/planted.js\" }] }, \"extends\": \"/etc/shadow\" }"));

        (await host.RunAsync(request)).ShouldPrint("main\n");
    }

    [Fact]
    public async Task Build_files_of_dotnet_among_the_files_are_not_built()
    {
        const string Target = "<Project><Target Name=\"Planted\" BeforeTargets=\"Build;CoreCompile;Restore\"><Exec Command=\"touch /workspace/planted /tmp/planted\" /></Target></Project>";
        var request = Requests.Program("csharp", "System.Console.WriteLine($\"main {System.IO.File.Exists(\"planted\")}\");", path: "Program.cs");
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Program.csproj", "Program.sln", "global.json", "NuGet.config", ".editorconfig", "csc.rsp"])
            request.Files.Add(Requests.File(name, Target));

        (await host.RunAsync(request)).ShouldPrint("main False\n");
    }

    [Fact]
    public async Task A_source_generator_given_to_the_csharp_compiler_is_contained()
    {
        var request = Requests.Program("csharp", "System.Console.WriteLine(\"main\");", path: "Program.cs");
        request.CompilerArguments.AddRange(["-analyzer:/workspace/nothing.dll", "-resource:/etc/shadow", "-out:/usr/planted.dll"]);

        var answer = await host.RunAsync(request);

        Assert.Contains("error CS", answer.ShouldNotCompile());
    }

    [Fact]
    public async Task A_file_named_like_an_option_is_a_file()
    {
        var request = Requests.Program("c", "#include <stdio.h>\nint main(void) { puts(\"main\"); }", path: "main.c");
        foreach (var name in (string[])["-o.c", "@args.c", "--version.c", "$(id).c", "`id`.c", ";id;.c", "a b\n.c", "-wrapper,id.c"])
            request.Files.Add(Requests.File(name, "/* nothing */\n"));

        var answer = await host.RunAsync(request);

        // Whatever the compiler makes of such names: they are arguments, never commands.
        Assert.DoesNotContain("uid=", answer.ToString());
        Assert.True(answer.Outcome is Outcome.Succeeded or Outcome.NonzeroExit, $"{answer}");
    }

    [Theory]
    [InlineData("python", "main.py", "print('main')", "sitecustomize.py", "print('planted')")]
    [InlineData("python", "main.py", "print('main')", "usercustomize.py", "print('planted')")]
    [InlineData("bash", "main.sh", "echo main", ".bashrc", "echo planted")]
    [InlineData("javascript", "main.js", "console.log('main')", ".noderc", "console.log('planted')")]
    [InlineData("javascript", "main.js", "console.log('main')", ".npmrc", "node-options=--require ./planted.js")]
    [InlineData("c", "main.c", "#include <stdio.h>\nint main(void) { puts(\"main\"); }", "Makefile", "all:\n\ttouch planted")]
    public async Task A_file_that_some_tool_would_read_unasked_is_only_a_file(string language, string path, string source, string name, string content)
    {
        var request = Requests.Program(language, source, path: path);
        request.Files.Add(Requests.File(name, content));

        (await host.RunAsync(request)).ShouldPrint("main\n");
    }
}

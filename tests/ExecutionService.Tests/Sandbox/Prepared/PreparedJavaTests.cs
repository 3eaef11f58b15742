using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Tests.Grpc;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>Of Java both stages wait, javac and the program's JVM.</summary>
public sealed class PreparedJavaTests(PreparedService service) : HostComparison(service, "java")
{
    private const string CompileMould = "java compile";

    public static TheoryData<string> Insides => [.. JavaPrograms.Insides.Keys];

    public static TheoryData<string> Surroundings => [.. JavaPrograms.Surroundings.Keys];

    public static TheoryData<string> Endings => [.. JavaPrograms.Endings.Keys];

    public static TheoryData<string> Compilations => [.. JavaPrograms.Compilations.Keys];

    [Theory]
    [MemberData(nameof(Insides))]
    public Task A_program_finds_the_same_in_its_JVM(string name) => RunBothAsync(JavaPrograms.Insides[name]);

    [Theory]
    [MemberData(nameof(Surroundings))]
    public Task A_program_finds_the_same_around_it(string name) => RunBothAsync(JavaPrograms.Surroundings[name]);

    [Theory]
    [MemberData(nameof(Endings))]
    public Task A_program_ends_in_the_same_way(string name) => RunBothAsync(JavaPrograms.Endings[name]);

    [Theory]
    [MemberData(nameof(Compilations))]
    public async Task A_compilation_is_the_same(string name)
    {
        var cold = await AssertSameAsync(Main(JavaPrograms.Compilations[name]), CompileMould);

        Assert.True(cold.Run is not null || cold.Compile.Stderr.Length > 0);
    }

    [Fact]
    public async Task Several_files_in_packages_are_the_same()
    {
        var request = Main("import shapes.Square; public class Main { public static void main(String[] args) { System.out.println(new Square(3).area() + Helper.help()); } }");
        request.Files.Add(Requests.File("shapes/Square.java", "package shapes; public record Square(int side) { public int area() { return side * side; } }"));
        request.Files.Add(Requests.File("Helper.java", "class Helper { static String help() { throw new UnsupportedOperationException(); } }"));

        var cold = await AssertSameAsync(request);

        Assert.Contains("at Helper.help(Helper.java:1)", cold.Run.Stderr.ToStringUtf8());
    }

    [Theory]
    [InlineData("-Xlint:all", "-Werror")]
    [InlineData("-version")]
    [InlineData("--help")]
    [InlineData("--nonsense")]
    [InlineData("--release", "11")]
    [InlineData("-J-Xmx64m", "-J-Dx=y", "-Xlint")]
    [InlineData("-processor", "Nothing", "-Xmaxerrs", "1")]
    public Task Arguments_for_the_compiler_are_the_same(params string[] arguments)
    {
        var request = Main("public class Main { public static void main(String[] args) { System.out.println(new java.util.ArrayList(1) + \"ran\"); } }");
        request.CompilerArguments.AddRange(arguments);

        return AssertSameAsync(request, CompileMould);
    }

    [Fact]
    public async Task The_compiler_looks_for_classes_where_the_program_does()
    {
        var request = Main("public class Main { }");
        request.CompilerArguments.Add("-verbose");

        var cold = await Service.RunColdAsync(request, Token);
        var prepared = await Service.RunPreparedAsync(request, CompileMould, Token);

        var path = Assert.Single(Lines(cold), line => line.StartsWith("[search path for class files:", StringComparison.Ordinal));
        Assert.Contains("/lib/modules,.,", path);
        Assert.DoesNotContain("toolchains", path);
        Assert.Equal(Lines(cold), Lines(prepared));
    }

    [Fact]
    public async Task A_name_that_java_would_take_apart_is_left_to_java()
    {
        var request = Request("my program.java", "class Nothing { }", []);

        var cold = await AssertSameAsync(request);

        Assert.Contains("Could not find or load main class my", cold.Run.Stderr.ToStringUtf8());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_conversation_is_the_same(bool isTerminal)
    {
        const string Program = """
            import java.util.Scanner;

            public class Main {
                public static void main(String[] args) {
                    System.out.println((System.console() != null) + " " + System.getProperty("sun.stdout.encoding") + System.getenv("TERM") + args[0]);
                    var in = new Scanner(System.in);
                    System.out.println("ready");
                    while (in.hasNextLine()) System.out.println(new StringBuilder(in.nextLine()).reverse());
                    System.exit(5);
                }
            }
            """;
        return AssertSameConversationAsync(Main(Program, "x y"), isTerminal, ("hello\n", "olleh"), ("agäin\n", "niäga"));
    }

    [Fact]
    public async Task Random_numbers_differ_between_programs_that_waited()
    {
        var request = Main("public class Main { public static void main(String[] args) { System.out.println(Math.random() + \" \" + java.util.UUID.randomUUID() + new java.util.Random().nextLong()); } }");

        var one = await Service.RunPreparedAsync(request, "java run", Token);
        var other = await Service.RunPreparedAsync(request, "java run", Token);

        Assert.All(one.Run.Stdout.ToStringUtf8().Split(' ').Zip(other.Run.Stdout.ToStringUtf8().Split(' ')), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public async Task A_limit_of_memory_reaches_the_program()
    {
        var request = Main("public class Main { public static void main(String[] args) { System.out.println(Runtime.getRuntime().maxMemory()); } }");
        request.Limits = new Limits { MemoryLimitBytes = 300 * 1024 * 1024 };
        // Hosts are booted for their limits, and none was asked for with these.
        await Service.RunPreparedAsync(request, "bare", Token);

        var cold = await AssertSameAsync(request);

        Assert.InRange(long.Parse(cold.Run.Stdout.ToStringUtf8(), System.Globalization.CultureInfo.InvariantCulture), 190 << 20, 210 << 20);
    }

    /// <summary>Where in its recursion a compiler runs out of stack differs from run to run.</summary>
    private protected override string Comparable(string output) =>
        output.Split("Consult the following stack trace for details.\njava.lang.StackOverflowError\n") is [var before, _] ? before : output;

    private async Task RunBothAsync(string program)
    {
        var request = Main(program, "a b", "", "--c", "@d", "é");
        request.Files.Add(Requests.File("data.txt", "data"));

        var cold = await AssertSameAsync(request);

        Assert.True(cold.Run is not null, cold.Compile.Stderr.ToStringUtf8());
    }

    private ExecuteRequest Main(string program, params string[] arguments) => Request("Main.java", program, arguments);

    /// <summary>Of what the compiler tells about itself: sorted, for the order in which it loads modules comes from hash codes, and without times.</summary>
    private static IEnumerable<string> Lines(ExecuteResponse response) => response.Compile.Stderr.ToStringUtf8().Split('\n')
        .Select(line => System.Text.RegularExpressions.Regex.Replace(line, @"\d+ ?ms", "ms")).Order(StringComparer.Ordinal);
}

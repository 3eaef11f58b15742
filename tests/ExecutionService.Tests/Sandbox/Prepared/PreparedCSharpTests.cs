using System.Text.RegularExpressions;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Tests.Grpc;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>Of C# both stages wait, the compiler and the program's runtime.</summary>
[Collection(OtherPreparedServices.Collection)]
public sealed class PreparedCSharpTests(PreparedService service) : HostComparison(service, "csharp")
{
    private const string CompileMould = "csharp compile";

    public static TheoryData<string> Compiled => [.. CSharpPrograms.Compiled.Keys];

    public static TheoryData<string> Run => [.. CSharpPrograms.Run.Keys];

    public static TheoryData<string> Ended => [.. CSharpPrograms.Ended.Keys];

    [Theory]
    [MemberData(nameof(Compiled))]
    public async Task A_compilation_is_the_same(string name)
    {
        var texts = CSharpPrograms.Compiled[name];
        await CompareCompilationsAsync(NewRequest, name);

        ExecuteRequest NewRequest() => Sources([.. texts.Select(New)]);
    }

    [Theory]
    [InlineData("-unsafe", "-checked+")]
    [InlineData("-warnaserror", "-define:MINE")]
    [InlineData("-langversion:7", "-nullable:disable")]
    [InlineData("-bogus", "-reference:absent.dll")]
    [InlineData("-nologo-", "-target:library")]
    public async Task Arguments_of_the_compiler_mean_the_same(string first, string second)
    {
        await CompareCompilationsAsync(NewRequest, first);

        ExecuteRequest NewRequest()
        {
            var request = Sources(New("#if MINE\n#error mine\n#endif\nint unused;\nunsafe { var answer = int.MaxValue; Console.WriteLine(*&answer); }"));
            request.CompilerArguments.AddRange([first, second]);
            return request;
        }
    }

    [Theory]
    [MemberData(nameof(Run))]
    public Task A_program_cannot_tell(string name) => CompareRunsAsync(Sources(CSharpPrograms.Run[name]), isSilent: name == "nothing at all");

    [Theory]
    [MemberData(nameof(Ended))]
    public Task A_program_ends_the_same(string name) => CompareRunsAsync(Sources(CSharpPrograms.Ended[name]), isSilent: false);

    [Fact]
    public async Task The_compiled_program_is_the_same_to_the_byte()
    {
        var request = Sources(New("Console.WriteLine(new Point(1, 2));\nrecord Point(int X, int Y);"));
        request.Collect.Add("main.dll");
        await Service.RunPreparedAsync(Sources(New("return 1;")), Mould, Token);

        var cold = await Service.RunColdAsync(request, Token);
        var prepared = await Service.RunPreparedAsync(request, CompileMould, Token);

        Assert.Equal(Assert.Single(cold.Artifacts).Content, Assert.Single(prepared.Artifacts).Content);
    }

    [Theory]
    [InlineData(false, "csharp run")]
    [InlineData(true, "csharp run terminal")]
    public async Task A_conversation_is_the_same(bool isTerminal, string mould)
    {
        var cold = await Service.CallColdAsync(each => TalkAsync(each, isTerminal));
        var prepared = await Service.CallPreparedAsync(each => TalkAsync(each, isTerminal), mould, Token);

        Assert.Contains("olleh", cold.Said);
        Assert.Equal(isTerminal, cold.Said.Contains("widened True", StringComparison.Ordinal));
        Assert.Equal(cold, prepared);
    }

    [Fact]
    public async Task Random_numbers_differ_between_programs_that_waited()
    {
        foreach (var number in new[] { "Random.Shared.NextInt64()", "new Random().NextInt64()", "\"text\".GetHashCode()", "HashCode.Combine(1)", "Guid.NewGuid()" })
            await AssertDiffersAsync(Sources($"Console.WriteLine({number});"));
    }

    [Fact]
    public async Task A_request_with_variables_of_its_own_is_served_without_a_host()
    {
        var request = Sources("Console.WriteLine(Environment.GetEnvironmentVariable(\"DOTNET_gcServer\") + System.Runtime.GCSettings.IsServerGC);");
        request.Environment.Add("DOTNET_gcServer", "0");

        var answer = await Service.RunPreparedAsync(request, "bare", Token);

        Assert.Equal("0False\n", answer.Run.Stdout.ToStringUtf8());
    }

    private ExecuteRequest Sources(params string[] texts)
    {
        var request = Request("Program.cs", texts[0], "a b", "", "--c");
        request.Files.AddRange(texts.Skip(1).Select((text, index) => Requests.File($"More{index + 1}.cs", text)));
        return request;
    }

    /// <summary>One that no cache knows.</summary>
    private static string New(string text) => $"{text}\n// {Guid.NewGuid()}\n";

    private async Task CompareCompilationsAsync(Func<ExecuteRequest> newRequest, string name)
    {
        var cold = await Service.CallColdAsync(each => each.Client.ExecuteAsync(newRequest(), cancellationToken: Token).ResponseAsync);
        var prepared = await Service.CallPreparedAsync(each => each.Client.ExecuteAsync(newRequest(), cancellationToken: Token).ResponseAsync, CompileMould, Token);

        Assert.True(cold.Compile.Stdout.Length > 0 || cold.Run is not null, name);
        AssertSame(cold, prepared);
    }

    private async Task CompareRunsAsync(ExecuteRequest request, bool isSilent)
    {
        var cold = await Service.RunColdAsync(request, Token);
        var prepared = await Service.RunPreparedAsync(request, Mould, Token);

        Assert.True(cold.Run is not null, cold.Compile.Stdout.ToStringUtf8());
        Assert.Equal(isSilent, cold.Run.Stdout.Length + cold.Run.Stderr.Length + cold.Run.Signal.Length == 0);
        AssertSame(cold, prepared);
    }

    /// <summary>How deep a stack went differs between any two runs: the kernel moves its top, and code is optimized at leisure.</summary>
    private protected override string Comparable(string output) =>
        Regex.Replace(output, @"^Repeated \d+ times:", "Repeated N times:", RegexOptions.Multiline);

    /// <summary>
    /// Waits for each answer before it goes on, and the program asks only when it reads, so that what is said comes in one
    /// order: what is typed before .NET has taken the echo over from the terminal is echoed twice.
    /// </summary>
    private static async Task<(string Said, Outcome Outcome, int ExitCode)> TalkAsync(ServiceFixture service, bool isTerminal)
    {
        const string Program = """
            using System.Runtime.InteropServices;
            var isTerminal = !Console.IsInputRedirected;
            Console.WriteLine($"{isTerminal} {Console.IsOutputRedirected} {(isTerminal ? Console.WindowWidth : 0)} {string.Join('|', args)}");
            for (var number = 1; Ask($"question {number}") is { } line; number++)
            {
                if (line == "wide" && isTerminal)
                    Console.WriteLine("widened " + SpinWait.SpinUntil(() => Console.WindowWidth == 120, 5000));
                Console.WriteLine(new string([.. line.Reverse()]));
            }
            return 5;

            string? Ask(string prompt)
            {
                var asking = new Thread(() =>
                {
                    while (isTerminal && Terminal.IsEchoing())
                        Thread.Sleep(1);
                    Console.WriteLine(prompt);
                });
                asking.Start();
                var line = Console.ReadLine();
                asking.Join();
                return line;
            }

            static class Terminal
            {
                [DllImport("libc")] private static extern int tcgetattr(int descriptor, uint[] settings);

                public static bool IsEchoing()
                {
                    const int LocalModes = 3, Echo = 8;
                    var settings = new uint[32];
                    return tcgetattr(0, settings) != 0 || (settings[LocalModes] & Echo) != 0;
                }
            }
            """;
        var request = Requests.Program("csharp", Program, path: "Program.cs");
        request.Arguments.Add("x y");
        await using var talk = await Conversation.StartAsync(service, request, isTerminal);
        await talk.ReadUntilAsync("question 1");
        await talk.TypeAsync("hello\n");
        await talk.ReadUntilAsync("olleh");
        await talk.ReadUntilAsync("question 2");
        if (isTerminal)
            await talk.SendAsync(new AttachRequest { Resize = new TerminalSize { Columns = 120, Rows = 40 } });
        await talk.TypeAsync("wide\n");
        await talk.ReadUntilAsync("ediw");
        await talk.ReadUntilAsync("question 3");
        await talk.SendAsync(new AttachRequest { EndOfInput = new EndOfInput() });
        var result = await talk.ResultAsync();
        return (talk.All, result.Outcome, result.Run.ExitCode);
    }
}

using System.Diagnostics;
using System.Net.WebSockets;
using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Executions;
using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Interactive;

public sealed class InteractiveTests(SharedApp shared)
{
    private const string Greeter = "name = input('Who? ')\nprint(f'Hello, {name}!')\n";

    private const string WaitsForInterrupt = """
        import time
        try:
            print("ready", flush=True)
            while True:
                time.sleep(0.05)
        except KeyboardInterrupt:
            print("interrupted", flush=True)
            raise SystemExit(3)
        """;

    [Fact]
    public async Task Many_short_conversations_follow_one_another()
    {
        // Faster than 40 a second, which a Gateway's one connection must bear.
        const int Callers = 2;
        const int Each = 200;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            for (var i = 0; i < Each; i++)
            {
                using var conversation = await StartAsync(ExecutionRequests.Bash("echo go; read x; echo got $x"), withTerminal: false);
                await conversation.ExpectOutputAsync("go");
                await conversation.TypeAsync("it\n");
                Assert.Equal("succeeded", (await conversation.ExpectResultAsync())["outcome"].Text());
                Assert.Null(await conversation.ReadAnyAsync());
            }
        }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_prompt_is_answered(bool withTerminal)
    {
        using var conversation = await StartAsync(ExecutionRequests.Python(Greeter), withTerminal);

        await conversation.ExpectOutputAsync("Who? ");
        await conversation.TypeAsync("Ada\n");
        var result = await conversation.ExpectResultAsync();

        Assert.Contains("Hello, Ada!", conversation.Output, StringComparison.Ordinal);
        Assert.Equal("succeeded", result["outcome"].Text());
        Assert.Null(await conversation.ReadAnyAsync());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, conversation.CloseStatus);
    }

    [Fact]
    public async Task Dots_arrive_as_they_are_printed()
    {
        using var conversation = await StartAsync(ExecutionRequests.Bash("for i in 1 2 3 4 5 6 7 8 9 10; do printf .; sleep 0.2; done"), withTerminal: true);

        var watch = Stopwatch.StartNew();
        var pieces = new List<TimeSpan>();
        for (var frame = await conversation.ReadAsync(); frame["type"].Text() != "result"; frame = await conversation.ReadAsync())
        {
            if (frame["type"].Text() == "output")
                pieces.Add(watch.Elapsed);
        }

        Assert.Equal("..........", conversation.Output);
        Assert.True(pieces.Count >= 5, $"Ten dots came in {pieces.Count} pieces.");
        Assert.True(watch.Elapsed - pieces[0] > TimeSpan.FromSeconds(1), "The first dot came with the end.");
    }

    [Fact]
    public async Task Input_ends_when_the_client_says_so()
    {
        using var conversation = await StartAsync(ExecutionRequests.Python("import sys\nprint(len(sys.stdin.read()))"), withTerminal: false);

        await conversation.TypeAsync("12345");
        await conversation.SendAsync(new { type = "endOfInput" });
        await conversation.ExpectResultAsync();

        Assert.Equal("5\n", conversation.Output);
    }

    [Fact]
    public async Task Control_c_in_the_terminal_reaches_the_program()
    {
        using var conversation = await StartAsync(ExecutionRequests.Python(WaitsForInterrupt), withTerminal: true);

        await conversation.ExpectOutputAsync("ready");
        await conversation.TypeAsync("\u0003");
        await ExpectInterruptedAsync(conversation);
    }

    [Fact]
    public async Task An_interrupt_signal_reaches_a_program_without_a_terminal()
    {
        using var conversation = await StartAsync(ExecutionRequests.Python(WaitsForInterrupt), withTerminal: false);

        await conversation.ExpectOutputAsync("ready");
        await conversation.SendAsync(new { type = "signal", signal = "SIGINT" });
        await ExpectInterruptedAsync(conversation);
    }

    [Fact]
    public async Task The_program_learns_the_size_of_the_terminal_and_its_changes()
    {
        using var conversation = await StartAsync(ExecutionRequests.Bash("stty size; read -r _; stty size"), withTerminal: true);

        await conversation.ExpectOutputAsync("24 80");
        await conversation.SendAsync(new { type = "resize", columns = 100, rows = 30 });
        await conversation.TypeAsync("\n");
        await conversation.ExpectOutputAsync("30 100");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Closing_the_socket_kills_the_program_within_a_second(bool politely)
    {
        // Everything a program could do to stay: children of its own session, deaf to signals.
        var mark = $"stays-{Guid.NewGuid():N}";
        using var conversation = await StartAsync(
            ExecutionRequests.Bash($"trap '' HUP INT TERM\nsetsid bash -c 'exec -a {mark}-child sleep 300' &\necho begun\nexec -a {mark} sleep 300\n"), withTerminal: true);
        await conversation.ExpectOutputAsync("begun");
        await Eventually.TrueAsync("both processes run", TimeSpan.FromSeconds(10), () => LinuxProcess.Marked($"{mark} 300").Count + LinuxProcess.Marked($"{mark}-child").Count == 2);
        var controlGroups = LinuxProcess.Marked(mark).SelectMany(process => process.ControlGroups()).Distinct().ToList();
        Assert.NotEmpty(controlGroups);

        if (politely)
            await conversation.CloseAsync();
        else
            conversation.Abort();

        await Eventually.TrueAsync("the program is gone", TimeSpan.FromSeconds(1), () => LinuxProcess.Marked(mark).Count == 0);
        await Eventually.TrueAsync("its control groups are gone", TimeSpan.FromSeconds(5), () => !controlGroups.Exists(Directory.Exists));
    }

    [Fact]
    public async Task A_wrong_first_frame_is_told_and_closed_as_the_clients_fault()
    {
        using var conversation = await StartAsync(ExecutionRequests.Program("pyhton", "main.py", ""), withTerminal: false);

        var frame = await conversation.ReadAnyAsync();

        Assert.Equal("error", frame!["type"].Text());
        Assert.True(frame["problem"]?["errors"]?["execution.language"] is not null, frame.ToJsonString());
        Assert.Null(await conversation.ReadAnyAsync());
        Assert.Equal((WebSocketCloseStatus)4400, conversation.CloseStatus);
    }

    private static async Task ExpectInterruptedAsync(Conversation conversation)
    {
        var result = await conversation.ExpectResultAsync();
        Assert.Contains("interrupted", conversation.Output, StringComparison.Ordinal);
        Assert.Equal(3, result["run"]!["exitCode"]!.GetValue<int>());
    }

    private Task<Conversation> StartAsync(object execution, bool withTerminal) =>
        Conversation.StartAsync(shared.App.Address, execution, withTerminal);
}

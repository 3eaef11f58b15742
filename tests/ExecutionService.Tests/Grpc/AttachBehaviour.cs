using System.Text;
using global::Grpc.Core;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Grpc;

/// <summary>What an interactive program and its user can rely on, whatever keeps it apart.</summary>
public abstract class AttachBehaviour(ServiceFixture service)
{
    [Fact]
    public async Task A_prompt_arrives_before_its_answer_is_typed()
    {
        await using var talk = await StartAsync(Requests.Python("name = input('Name? ')\nprint(f'Hello, {name}!')"), isTerminal: true);

        await talk.ReadUntilAsync("Name? ");
        await talk.TypeAsync("Ada\r");
        await talk.ReadUntilAsync("Hello, Ada!\r\n");

        Assert.Equal(Outcome.Succeeded, (await talk.ResultAsync()).Outcome);
    }

    [Fact]
    public async Task Without_a_terminal_output_and_errors_stay_apart()
    {
        await using var talk = await StartAsync(Requests.Bash("read x; echo \"out $x\"; echo err >&2; test -t 0 || echo no terminal"), isTerminal: false);

        await talk.TypeAsync("a\n");
        var result = await talk.ResultAsync();

        Assert.Equal("out a\nno terminal\n", talk.Output(Output.Types.Stream.Stdout));
        Assert.Equal("err\n", talk.Output(Output.Types.Stream.Stderr));
        Assert.Equal(Outcome.Succeeded, result.Outcome);
    }

    [Fact]
    public async Task Output_arrives_as_it_is_printed()
    {
        await using var talk = await StartAsync(Requests.Bash("for i in 1 2 3; do echo dot $i; read; done"), isTerminal: true);

        for (var i = 1; i <= 3; i++)
        {
            await talk.ReadUntilAsync($"dot {i}");
            Assert.DoesNotContain($"dot {i + 1}", talk.Output(Output.Types.Stream.Terminal));
            await talk.TypeAsync("\r");
        }
        Assert.Equal(Outcome.Succeeded, (await talk.ResultAsync()).Outcome);
    }

    [Fact]
    public async Task Ctrl_C_typed_on_the_terminal_interrupts_the_program()
    {
        await using var talk = await StartAsync(Requests.Python("import time\ntry:\n    print('ready')\n    while True: time.sleep(0.05)\nexcept KeyboardInterrupt:\n    print('interrupted')"), isTerminal: true);

        await talk.ReadUntilAsync("ready");
        await talk.TypeAsync("\u0003");
        await talk.ReadUntilAsync("interrupted");

        Assert.Equal(Outcome.Succeeded, (await talk.ResultAsync()).Outcome);
    }

    [Fact]
    public async Task A_signal_reaches_a_program_without_a_terminal()
    {
        await using var talk = await StartAsync(Requests.Bash("trap 'echo trapped; exit 5' INT; echo ready; while :; do sleep 0.05; done"), isTerminal: false);

        await talk.ReadUntilAsync("ready");
        await talk.SendAsync(new AttachRequest { Signal = Signal.Interrupt });
        var result = await talk.ResultAsync();

        Assert.Equal(5, result.Run.ExitCode);
        Assert.Contains("trapped", talk.Output(Output.Types.Stream.Stdout));
    }

    [Fact]
    public async Task The_terminal_has_the_size_it_was_given_and_changes_it()
    {
        await using var talk = await StartAsync(Requests.Bash("stty size; trap 'stty size; exit' WINCH; echo ready; while :; do sleep 0.05; done"), isTerminal: true);

        await talk.ReadUntilAsync("ready");
        Assert.Contains("24 80", talk.Output(Output.Types.Stream.Terminal));
        await talk.SendAsync(new AttachRequest { Resize = new TerminalSize { Columns = 100, Rows = 30 } });

        await talk.ReadUntilAsync("30 100");
    }

    [Fact]
    public async Task End_of_input_ends_reading_with_and_without_a_terminal()
    {
        foreach (var isTerminal in new[] { true, false })
        {
            await using var talk = await StartAsync(Requests.Python("import sys\nprint('ready', flush=True)\nprint(len(sys.stdin.read()))"), isTerminal);
            await talk.ReadUntilAsync("ready");
            await talk.TypeAsync("abc\n");
            await talk.SendAsync(new AttachRequest { EndOfInput = new EndOfInput() });

            await talk.ReadUntilAsync("4");
            Assert.Equal(Outcome.Succeeded, (await talk.ResultAsync()).Outcome);
        }
    }

    [Fact]
    public async Task What_is_typed_while_compiling_reaches_the_program()
    {
        await using var talk = await StartAsync(Requests.Program("c", "#include <stdio.h>\nint main(void) { char t[9]; fgets(t, 9, stdin); printf(\"<%s>\", t); }", path: "main.c"), isTerminal: false);

        await talk.TypeAsync("early\n");

        await talk.ReadUntilAsync("<early\n>");
    }

    [Fact]
    public async Task Ctrl_C_while_compiling_stops_the_compiler()
    {
        var request = Requests.Program("cpp", "constexpr int f() { int s = 0; for (long i = 0; i < 1000000000000; i++) s ^= i; return s; }\nconstexpr int x = f();\nint main() { return x; }", path: "main.cpp");
        request.CompilerArguments.Add(["-fconstexpr-loop-limit=2147483647", "-fconstexpr-ops-limit=9223372036854775807"]);
        await using var talk = await StartAsync(request, isTerminal: true);

        await talk.UntilAsync(happened => happened.StageStarted is not null);
        await talk.TypeAsync("\u0003");
        var result = await talk.ResultAsync();

        Assert.Equal(Outcome.Cancelled, result.Outcome);
        Assert.Null(result.Run);
    }

    [Fact]
    public async Task Waiting_for_input_does_not_count_as_running_time()
    {
        await using var talk = await StartAsync(Requests.Bash("read x; echo got $x", limits: new Limits { WallTimeLimitMs = 500 }), isTerminal: true);

        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        await talk.TypeAsync("late\r");

        await talk.ReadUntilAsync("got late");
        Assert.Equal(Outcome.Succeeded, (await talk.ResultAsync()).Outcome);
    }

    [Fact]
    public async Task An_interactive_program_that_only_prints_reaches_its_wall_time_limit()
    {
        await using var talk = await StartAsync(Requests.Bash("while :; do echo .; sleep 0.05; done", limits: new Limits { WallTimeLimitMs = 500 }), isTerminal: true);

        Assert.Equal(Outcome.WallTimeLimit, (await talk.ResultAsync()).Outcome);
    }

    [Fact]
    public async Task Leaving_the_call_kills_the_program()
    {
        var marker = $"9{Random.Shared.Next(10_000_000, 99_999_999)}";
        await using (var talk = await StartAsync(Requests.Bash($"echo ready; exec sleep {marker}"), isTerminal: true))
        {
            await talk.ReadUntilAsync("ready");
            await WaitUntilAsync(() => IsRunning(marker));
        }

        await WaitUntilAsync(() => !IsRunning(marker));
    }

    [Fact]
    public async Task A_first_message_that_is_no_start_is_refused()
    {
        using var call = service.Client.Attach(cancellationToken: TestContext.Current.CancellationToken);

        // The answer may be there before the message is known to be sent.
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await call.RequestStream.WriteAsync(new AttachRequest { Stdin = ByteString.CopyFromUtf8("x") }, TestContext.Current.CancellationToken);
            await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        });

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("start", error.Status.Detail);
    }

    [Fact]
    public async Task A_wrong_message_later_on_is_refused_by_name()
    {
        await using var talk = await StartAsync(Requests.Bash("echo ready; read x"), isTerminal: true);
        await talk.ReadUntilAsync("ready");
        await talk.SendAsync(new AttachRequest { Resize = new TerminalSize { Columns = 0, Rows = 5000 } });

        var error = await Assert.ThrowsAsync<RpcException>(talk.ResultAsync);

        Assert.True(error.StatusCode == StatusCode.InvalidArgument, error.ToString());
        Assert.Contains("resize.columns", error.Status.Detail);
    }

    [Fact]
    public async Task A_wrong_message_of_a_caller_who_does_not_read_is_refused_by_name()
    {
        // More than fits on its way to the caller, so that something is always being sent.
        await using var talk = await StartAsync(Requests.Bash("echo ready; read x; head -c 500000 /dev/zero; echo; read x"), isTerminal: false);
        await talk.ReadUntilAsync("ready");
        await talk.TypeAsync("\n");
        await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
        await talk.SendAsync(new AttachRequest { Resize = new TerminalSize { Columns = 0, Rows = 5000 } });

        var error = await Assert.ThrowsAsync<RpcException>(talk.ResultAsync);

        Assert.True(error.StatusCode == StatusCode.InvalidArgument, error.ToString());
        Assert.Contains("resize.columns", error.Status.Detail);
    }

    private Task<Conversation> StartAsync(ExecuteRequest request, bool isTerminal) => Conversation.StartAsync(service, request, isTerminal);

    private static bool IsRunning(string argument) =>
        Directory.GetDirectories("/proc").Where(directory => char.IsDigit(Path.GetFileName(directory)[0])).Any(directory =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(directory, "cmdline")).Split('\0').Contains(argument);
            }
            catch (IOException)
            {
                return false;
            }
        });

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        for (var attempt = 0; !condition(); attempt++)
        {
            Assert.True(attempt < 100, "It did not happen within 2 s.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}

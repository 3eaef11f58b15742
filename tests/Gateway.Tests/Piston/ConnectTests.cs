using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests.Piston;

public sealed class ConnectTests
{
    private const string Connect = "/api/v2/connect";
    private const string Init = """{"type":"init","language":"py","version":"3.x","files":[{"content":"x"}],"stdin":5}""";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(Connect)]
    [InlineData("/api/v2/piston/connect")]
    public async Task A_program_is_told_message_by_message_in_Pistons_order(string path)
    {
        await using var gateway = await StartAsync();
        gateway.Services.Execution.OnAttach = async (messages, events, context) =>
        {
            await events.WriteAsync(FakeExecution.Accepted);
            await events.WriteAsync(FakeExecution.Started);
            await events.WriteAsync(FakeExecution.Output("Your name? "));
            await messages.MoveNext(context.CancellationToken);
            await events.WriteAsync(FakeExecution.Output(Output.Types.Stream.Stderr, [.. "Zo"u8, 0xC3]));
            await events.WriteAsync(FakeExecution.Output(Output.Types.Stream.Stderr, [0xAB, .. messages.Current.Stdin.Span]));
            await events.WriteAsync(FakeExecution.Finished);
            await events.WriteAsync(FakeExecution.Result);
        };

        using var socket = await gateway.ConnectAsync(path: path);
        await socket.SendAsync(Init);
        AssertFrames([await socket.ReceiveAsync(), await socket.ReceiveAsync(), await socket.ReceiveAsync()],
            """{"type":"runtime","language":"python","version":"3.11.2"}""",
            """{"type":"stage","stage":"run"}""",
            """{"type":"data","stream":"stdout","data":"Your name? "}""");
        await socket.SendAsync("""{"type":"something else"}""");
        await socket.SendAsync("""{"type":"data","stream":"stdin","data":"!\n"}""");
        AssertFrames(await socket.ReceiveAllAsync(),
            """{"type":"data","stream":"stderr","data":"Zo"}""",
            """{"type":"data","stream":"stderr","data":"ë!\n"}""",
            """{"type":"exit","stage":"run","code":0,"signal":null}""");

        Assert.Equal((4999, "Job Completed"), ((int)socket.CloseStatus!, socket.CloseStatusDescription));
        Assert.Equal(16_777_216ul, gateway.Services.Execution.LastRequest!.Limits.OutputLimitBytes);
        Assert.Equal(3_000u, gateway.Services.Execution.LastRequest.Limits.WallTimeLimitMs);
        Assert.Empty(gateway.Services.Execution.LastRequest.Stdin);
        Assert.Null(gateway.Services.Execution.LastRequest.Terminal);
    }

    [Fact]
    public async Task After_a_failed_compile_there_is_no_run()
    {
        await using var gateway = await StartAsync();
        gateway.Services.Execution.OnAttach = async (_, events, _) =>
        {
            await events.WriteAsync(FakeExecution.Accepted);
            await events.WriteAsync(new ExecuteEvent { StageStarted = new StageStarted { Stage = Stage.Compile } });
            await events.WriteAsync(new ExecuteEvent { Output = Instance.Printed("no ;", Output.Types.Stream.Stderr, Stage.Compile) });
            var result = new StageResult { Outcome = Outcome.NonzeroExit, ExitCode = 1 };
            await events.WriteAsync(new ExecuteEvent { StageFinished = new StageFinished { Stage = Stage.Compile, Result = result } });
            await events.WriteAsync(FakeExecution.Result);
        };

        using var socket = await gateway.ConnectAsync(path: Connect);
        await socket.SendAsync("""{"type":"init","language":"c++","version":"10.2.0","files":[{"content":"x"}]}""");

        AssertFrames(await socket.ReceiveAllAsync(),
            """{"type":"runtime","language":"c++","version":"12.2.0"}""",
            """{"type":"stage","stage":"compile"}""",
            """{"type":"data","stream":"stderr","data":"no ;"}""",
            """{"type":"exit","stage":"compile","code":1,"signal":null,"status":"RE","message":"Exited with error status 1"}""");
        Assert.Equal(4999, (int)socket.CloseStatus!);
    }

    [Fact]
    public async Task A_program_that_was_stopped_says_why()
    {
        await using var gateway = await StartAsync();
        gateway.Services.Execution.OnAttach = async (_, events, _) =>
        {
            var result = new StageResult { Outcome = Outcome.WallTimeLimit };
            await events.WriteAsync(new ExecuteEvent { StageFinished = new StageFinished { Stage = Stage.Run, Result = result } });
            await events.WriteAsync(FakeExecution.Result);
        };

        using var socket = await gateway.ConnectAsync(path: Connect);
        await socket.SendAsync(Init);

        AssertFrames(await socket.ReceiveAllAsync(),
            """{"type":"exit","stage":"run","code":null,"signal":"SIGKILL","status":"TO","message":"Time limit exceeded (wall clock)"}""");
    }

    [Fact]
    public async Task Input_its_end_and_signals_reach_the_program_in_order()
    {
        await using var gateway = await StartAsync();
        var seen = new List<AttachRequest>();
        gateway.Services.Execution.OnAttach = async (messages, events, context) =>
        {
            while (seen.Count < 7 && await messages.MoveNext(context.CancellationToken))
                seen.Add(messages.Current.Clone());
            await events.WriteAsync(FakeExecution.Result);
        };

        using var socket = await gateway.ConnectAsync(path: Connect);
        await socket.SendAsync(Init);
        await socket.SendAsync("""{"type":"data","stream":"stdin","data":"é"}""");
        await socket.SendAsync(Encoding.UTF8.GetBytes("""{"type":"data","stream":"stdin","data":"binary"}""").AsMemory(), WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        // Known to Linux, but not brought to programs.
        foreach (var signal in new[] { "SIGUSR1", "SIGRTMIN+1", "SIGRTMAX-30", "SIGINT", "SIGQUIT", "SIGTERM", "SIGKILL" })
            await socket.SendAsync($$"""{"type":"signal","signal":"{{signal}}"}""");
        await socket.SendAsync("""{"type":"endOfInput"}""");
        await socket.ReceiveAllAsync();

        Assert.Equal(["é", "binary"], seen[..2].Select(message => message.Stdin.ToStringUtf8()));
        Assert.Equal([Signal.Interrupt, Signal.Quit, Signal.Terminate, Signal.Kill], seen[2..6].Select(message => message.Signal));
        Assert.Equal(AttachRequest.MessageOneofCase.EndOfInput, seen[6].MessageCase);
        Assert.Equal(4999, (int)socket.CloseStatus!);
    }

    [Theory]
    [InlineData(true, Init, 4000, "Already Initialized")]
    [InlineData(false, """{"type":"data","stream":"stdin","data":"x"}""", 4003, "Not yet initialized")]
    [InlineData(false, """{"type":"signal","signal":"SIGTERM"}""", 4003, "Not yet initialized")]
    [InlineData(true, """{"type":"data","stream":"stdout","data":"x"}""", 4004, "Can only write to stdin")]
    [InlineData(true, """{"type":"data"}""", 4004, "Can only write to stdin")]
    [InlineData(true, """{"type":"signal","signal":"TERM"}""", 4005, "Invalid signal")]
    [InlineData(true, """{"type":"signal","signal":"SIGRTMIN+31"}""", 4005, "Invalid signal")]
    [InlineData(true, """{"type":"signal"}""", 4005, "Invalid signal")]
    public async Task What_is_out_of_turn_closes_the_connection_with_Pistons_code(bool isInitialized, string message, int code, string reason)
    {
        await using var gateway = await StartAsync();
        gateway.Services.Execution.OnAttach = async (_, events, context) =>
        {
            await events.WriteAsync(FakeExecution.Accepted);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };

        using var socket = await gateway.ConnectAsync(path: Connect);
        if (isInitialized)
        {
            await socket.SendAsync(Init);
            Assert.Equal("runtime", (string?)(await socket.ReceiveAsync())!["type"]);
        }

        await socket.SendAsync(message);

        Assert.Empty(await socket.ReceiveAllAsync());
        Assert.Equal((code, reason), ((int)socket.CloseStatus!, socket.CloseStatusDescription));
        if (isInitialized)
            await gateway.Services.Execution.Cancelled.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_client_that_does_not_begin_is_let_go()
    {
        await using var gateway = await Instance.StartAsync(("Gateway:Piston:InitMs", "200"));

        using var socket = await gateway.ConnectAsync(path: Connect);
        await socket.SendAsync("""{"type":"hello"}""");

        Assert.Empty(await socket.ReceiveAllAsync());
        Assert.Equal((4001, "Initialization Timeout"), ((int)socket.CloseStatus!, socket.CloseStatusDescription));
    }

    [Theory]
    [InlineData("""{"type":"init"}""", "language is required as a string")]
    [InlineData("""{"type":"init","language":"nothing","version":"*","files":[]}""", "nothing-* runtime is unknown")]
    [InlineData("""{"type":"init","language":"py","version":"*","files":[{"content":"x"}],"run_timeout":-1}""", "run_timeout must be non-negative")]
    [InlineData("{", null)]
    [InlineData("null", null)]
    [InlineData("", null)]
    public async Task Trouble_is_told_before_the_connection_closes(string message, string? expected)
    {
        await using var gateway = await StartAsync();

        using var socket = await gateway.ConnectAsync(path: Connect);
        await socket.SendAsync(message);
        var error = Assert.Single(await socket.ReceiveAllAsync());

        Assert.Equal("error", (string?)error["type"]);
        Assert.False(string.IsNullOrEmpty((string?)error["message"]));
        if (expected is not null)
            Assert.Equal(expected, (string?)error["message"]);
        Assert.Equal((4002, "Notified Error"), ((int)socket.CloseStatus!, socket.CloseStatusDescription));
        Assert.Null(gateway.Services.Execution.LastRequest);
    }

    [Fact]
    public async Task A_service_that_refuses_is_trouble_too()
    {
        await using var gateway = await StartAsync();
        gateway.Services.Execution.OnAttach = (_, _, _) => throw new RpcException(new Grpc.Core.Status(StatusCode.ResourceExhausted, "256 programs wait already."));

        using var socket = await gateway.ConnectAsync(path: Connect);
        await socket.SendAsync(Init);
        var error = Assert.Single(await socket.ReceiveAllAsync());

        Assert.Contains("256 programs wait already.", (string?)error["message"], StringComparison.Ordinal);
        Assert.Equal(4002, (int)socket.CloseStatus!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hanging_up_ends_the_program(bool orderly)
    {
        await using var gateway = await StartAsync();
        gateway.Services.Execution.OnAttach = async (_, events, context) =>
        {
            await events.WriteAsync(FakeExecution.Accepted);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        using var socket = await gateway.ConnectAsync(path: Connect);
        await socket.SendAsync(Init);
        await socket.ReceiveAsync();

        if (orderly)
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);
        else
            socket.Abort();

        await gateway.Services.Execution.Cancelled.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Pages_may_connect_where_they_may_call()
    {
        await using var closed = await StartAsync();
        await using var open = await Instance.StartAsync(("Gateway:Piston:AnyOrigin", "true"));

        var refusal = await Assert.ThrowsAsync<WebSocketException>(() => closed.ConnectAsync("https://stranger.example", Connect));
        (await open.ConnectAsync("https://stranger.example", Connect)).Dispose();

        Assert.Contains("403", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_upgrade_there_is_nothing_there()
    {
        await using var gateway = await StartAsync();

        var response = await gateway.Http.GetAsync(Connect, TestContext.Current.CancellationToken);

        Assert.Equal("Not Found", await response.MessageAsync(HttpStatusCode.NotFound));
    }

    // Time for a busy machine to bring init.
    private static Task<TestGateway> StartAsync() => Instance.StartAsync(("Gateway:Piston:InitMs", "60000"));

    private static void AssertFrames(IEnumerable<JsonNode?> frames, params string[] expected) =>
        Assert.Equal(expected, frames.Select(frame => frame?.ToJsonString(Readable)));

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

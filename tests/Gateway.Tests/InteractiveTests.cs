using System.Net.WebSockets;
using System.Text.Json.Nodes;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests;

public sealed class InteractiveTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_person_and_a_program_talk()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnAttach = async (messages, events, context) =>
        {
            await events.WriteAsync(FakeExecution.Started);
            await events.WriteAsync(FakeExecution.Output("Your name? "));
            await messages.MoveNext(context.CancellationToken);
            await events.WriteAsync(FakeExecution.Output($"Hello, {messages.Current.Stdin.ToStringUtf8()}!"));
            await events.WriteAsync(FakeExecution.Finished);
            await events.WriteAsync(FakeExecution.Result);
        };

        using var socket = await gateway.ConnectAsync();
        await socket.SendAsync(Frames.Start);
        Assert.Equal("stage", (string?)(await socket.ReceiveAsync())!["type"]);
        var prompt = await socket.ReceiveAsync();
        await socket.SendAsync("""{"type":"stdin","data":"Zoë"}""");
        var rest = await socket.ReceiveAllAsync();

        Assert.True(JsonNode.DeepEquals(prompt, JsonNode.Parse("""{"type":"output","stage":"run","stream":"stdout","data":"Your name? "}""")));
        Assert.Equal(["output", "stageResult", "result"], rest.Select(frame => (string?)frame["type"]));
        Assert.Equal("Hello, Zoë!", (string?)rest[0]["data"]);
        Assert.Equal("succeeded", (string?)rest[2]["outcome"]);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        Assert.Equal(new TerminalSize { Columns = 80, Rows = 24 }, gateway.Services.Execution.LastRequest!.Terminal);
    }

    [Fact]
    public async Task Every_frame_reaches_the_program_in_order()
    {
        await using var gateway = await TestGateway.StartAsync();
        var seen = new List<AttachRequest>();
        gateway.Services.Execution.OnAttach = async (messages, events, context) =>
        {
            while (seen.Count < 8 && await messages.MoveNext(context.CancellationToken))
                seen.Add(messages.Current.Clone());
            await events.WriteAsync(FakeExecution.Result);
        };

        using var socket = await gateway.ConnectAsync();
        await socket.SendAsync("""{"execution":{"language":"python","files":[{"path":"main.py","content":"x"}]},"type":"start"}""");
        await socket.SendAsync("""{"type":"stdin","data":{"base64":"AP8="}}""");
        await socket.SendAsync("""{"type":"resize","columns":100,"rows":30}""");
        foreach (var signal in new[] { "SIGINT", "SIGQUIT", "SIGTERM", "SIGKILL" })
            await socket.SendAsync($$"""{"type":"signal","signal":"{{signal}}"}""");
        await socket.SendAsync("""{"type":"stdin","data":"x"}""");
        await socket.SendAsync("""{"type":"endOfInput"}""");
        await socket.ReceiveAllAsync();

        Assert.Null(gateway.Services.Execution.LastRequest!.Terminal);
        Assert.Equal([0, 255], seen[0].Stdin.ToByteArray());
        Assert.Equal(new TerminalSize { Columns = 100, Rows = 30 }, seen[1].Resize);
        Assert.Equal([Signal.Interrupt, Signal.Quit, Signal.Terminate, Signal.Kill], seen[2..6].Select(message => message.Signal));
        Assert.Equal("x", seen[6].Stdin.ToStringUtf8());
        Assert.Equal(AttachRequest.MessageOneofCase.EndOfInput, seen[7].MessageCase);
    }

    [Fact]
    public async Task Much_input_goes_in_pieces_that_the_service_takes()
    {
        await using var gateway = await TestGateway.StartAsync();
        var sizes = new List<int>();
        gateway.Services.Execution.OnAttach = async (messages, events, context) =>
        {
            while (sizes.Sum() < 150_000 && await messages.MoveNext(context.CancellationToken))
                sizes.Add(messages.Current.Stdin.Length);
            await events.WriteAsync(FakeExecution.Result);
        };

        using var socket = await gateway.ConnectAsync();
        await socket.SendAsync(Frames.Start);
        await socket.SendAsync($$"""{"type":"stdin","data":"{{new string('x', 150_000)}}"}""");
        await socket.ReceiveAllAsync();

        Assert.Equal([65_536, 65_536, 18_928], sizes);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(true, 8)]
    [InlineData(false, 8)]
    public async Task Closing_the_socket_kills_the_program_within_a_second(bool orderly, int unreadInputs)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnAttach = async (_, events, context) =>
        {
            await events.WriteAsync(FakeExecution.Started);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        var socket = await gateway.ConnectAsync();
        await socket.SendAsync(Frames.Start);
        await socket.ReceiveAsync();
        for (var i = 0; i < unreadInputs; i++)
            await socket.SendAsync($$"""{"type":"stdin","data":"{{new string('x', 100_000)}}"}""");
        Assert.False(gateway.Services.Execution.Cancelled.Task.IsCompleted);

        if (orderly)
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);
        else
            socket.Abort();

        await gateway.Services.Execution.Cancelled.Task.WaitAsync(Second, TestContext.Current.CancellationToken);
        socket.Dispose();
    }

    [Fact]
    public async Task A_client_that_does_not_read_slows_the_program_down()
    {
        await using var gateway = await TestGateway.StartAsync();
        var written = 0;
        gateway.Services.Execution.OnAttach = async (_, events, context) =>
        {
            var chunk = FakeExecution.Output(new string('x', 64 * 1024));
            for (; !context.CancellationToken.IsCancellationRequested && written < 4_000; written++)
                await events.WriteAsync(chunk, context.CancellationToken);
        };
        using var socket = await gateway.ConnectAsync();
        await socket.SendAsync(Frames.Start);

        // It stops when the buffers between them are full, long before its 250 MB.
        var before = -1;
        while (written != before)
        {
            before = written;
            await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        }

        Assert.InRange(written, 1, 1_000);
        socket.Abort();
        await gateway.Services.Execution.Cancelled.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);
    }
}

using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Executions;

namespace OnlineCompiler.WholeApp.Tests.Piston;

/// <summary>Real programs and somebody who talks with them, by Piston's WebSocket.</summary>
public sealed class ConnectTests(SharedApp shared)
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_prompt_is_answered_and_the_end_is_told()
    {
        using var socket = await StartAsync(Jobs.OfProgram("python", "print('Hello,', input('Who? '))"));

        await ExpectAsync(socket, "Who? ");
        await SendAsync(socket, new { type = "data", stream = "stdin", data = "Ada\n" });
        var (output, last) = await ReadToEndAsync(socket);

        Assert.Equal("Hello, Ada\n", output);
        Assert.Equal("""{"type":"exit","stage":"run","code":0,"signal":null}""", last?.ToJsonString());
        Assert.Equal((4999, "Job Completed"), ((int)socket.CloseStatus!, socket.CloseStatusDescription));
    }

    [Fact]
    public async Task What_is_typed_while_compiling_waits_for_the_program_and_input_can_end()
    {
        using var socket = await StartAsync(Jobs.OfProgram("c++", "#include <iostream>\nint main() { std::cout << std::cin.rdbuf() << \"end\"; }"));

        await SendAsync(socket, new { type = "data", stream = "stdin", data = "early " });
        await SendAsync(socket, new { type = "endOfInput" });
        var (output, last) = await ReadToEndAsync(socket);

        Assert.Equal("early end", output);
        Assert.Equal("run", last?["stage"].Text());
    }

    [Fact]
    public async Task A_signal_reaches_the_program()
    {
        const string Program = """
            import signal, time
            signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(SystemExit(7)))
            print('ready', flush=True)
            while True: time.sleep(0.05)
            """;
        using var socket = await StartAsync(Jobs.OfProgram("python", Program));

        await ExpectAsync(socket, "ready\n");
        await SendAsync(socket, new { type = "signal", signal = "SIGTERM" });
        var (_, last) = await ReadToEndAsync(socket);

        Assert.Equal("""{"type":"exit","stage":"run","code":7,"signal":null,"status":"RE","message":"Exited with error status 7"}""", last?.ToJsonString());
    }

    private async Task<ClientWebSocket> StartAsync(JsonObject job)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(shared.App.Address) { Scheme = "ws", Path = "/api/v2/connect" }.Uri, TestContext.Current.CancellationToken);
        await SendAsync(socket, job.With("type", "init"));
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, object frame) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>Reads until exactly <paramref name="expected"/> was printed.</summary>
    private static async Task ExpectAsync(ClientWebSocket socket, string expected)
    {
        for (var output = ""; output != expected;)
        {
            var frame = await ReadAsync(socket) ?? throw new InvalidOperationException($"Closed after: {output}");
            Assert.NotEqual("exit", frame["type"].Text());
            if (frame["type"].Text() == "data")
                output += frame["data"].Text();
        }
    }

    private static async Task<(string Output, JsonNode? Last)> ReadToEndAsync(ClientWebSocket socket)
    {
        var output = new StringBuilder();
        JsonNode? last = null;
        while (await ReadAsync(socket) is { } frame)
        {
            last = frame;
            if (frame["type"].Text() == "data")
                output.Append(frame["data"].Text());
        }

        return (output.ToString(), last);
    }

    private static async Task<JsonNode?> ReadAsync(ClientWebSocket socket)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(AnswerLimit);
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            if (part.MessageType is WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return JsonNode.Parse(message.ToArray());
        }
    }
}

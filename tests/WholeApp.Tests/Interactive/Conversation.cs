using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Executions;

namespace OnlineCompiler.WholeApp.Tests.Interactive;

/// <summary>A program running behind a WebSocket, and what it has printed so far.</summary>
internal sealed class Conversation : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();
    private readonly StringBuilder _output = new();

    /// <summary>Everything printed so far, of all streams.</summary>
    public string Output => _output.ToString();

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    /// <param name="gateway">Address of the Gateway, http.</param>
    /// <param name="execution">The program.</param>
    /// <param name="withTerminal">Whether the program gets a terminal or pipes.</param>
    public static async Task<Conversation> StartAsync(Uri gateway, object execution, bool withTerminal)
    {
        var conversation = new Conversation();
        var address = new UriBuilder(gateway) { Scheme = "ws", Path = "/api/v1/executions/connect" }.Uri;
        await conversation._socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        await conversation.SendAsync(withTerminal
            ? new { type = "start", execution, terminal = new { columns = 80, rows = 24 } }
            : new { type = "start", execution });
        return conversation;
    }

    public Task SendAsync(object frame) =>
        _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    public Task TypeAsync(string data) => SendAsync(new { type = "stdin", data });

    /// <summary>Reads until the program has printed <paramref name="text"/>.</summary>
    public async Task ExpectOutputAsync(string text)
    {
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            var frame = await ReadAsync();
            Assert.True(frame["type"].Text() != "result", $"Ended without printing \"{text}\": {Output} {frame.ToJsonString()}");
        }
    }

    /// <summary>Reads to the end and gives the result.</summary>
    public async Task<JsonNode> ExpectResultAsync()
    {
        var frame = await ReadAsync();
        while (frame["type"].Text() != "result")
            frame = await ReadAsync();
        return frame;
    }

    /// <summary>The next frame; an error that the server tells fails the test.</summary>
    public async Task<JsonNode> ReadAsync()
    {
        var frame = await ReadAnyAsync() ?? throw new InvalidOperationException($"Closed with {CloseStatus} after: {Output}");
        Assert.True(frame["type"].Text() != "error", frame.ToJsonString());
        if (frame["type"].Text() == "output")
            _output.Append(frame["data"].Text());
        return frame;
    }

    /// <summary>The next frame, or null when the server has closed.</summary>
    public async Task<JsonNode?> ReadAnyAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(AnswerLimit);
        var message = new ArrayBufferWriter<byte>();
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(message.GetMemory(16 * 1024), limit.Token);
            message.Advance(received.Count);
        }
        while (!received.EndOfMessage);

        return received.MessageType == WebSocketMessageType.Close ? null : JsonNode.Parse(message.WrittenSpan);
    }

    /// <summary>As a closed browser tab does.</summary>
    public Task CloseAsync() => _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

    /// <summary>As a lost connection does.</summary>
    public void Abort() => _socket.Abort();

    public void Dispose() => _socket.Dispose();
}

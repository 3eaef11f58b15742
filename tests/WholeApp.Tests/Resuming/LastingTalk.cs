using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Executions;

namespace OnlineCompiler.WholeApp.Tests.Resuming;

/// <summary>Someone who talks with a program over connections that break: as the documentation says, and no more.</summary>
internal sealed class LastingTalk(Uri gateway) : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);
    private readonly StringBuilder _output = new();
    private readonly List<string> _typed = [];
    private ClientWebSocket? _socket;
    private string _token = "";
    private ulong _position;

    public string Output => _output.ToString();

    public async Task StartAsync(object execution)
    {
        await ConnectAsync();
        await SendAsync(new { type = "start", resumable = true, execution });
        _token = (await UntilAsync("accepted"))["resume"]!["token"].Text();
    }

    /// <summary>Until there is somebody who knows the run.</summary>
    public async Task ResumeAsync()
    {
        await ConnectAsync();
        await SendAsync(new { type = "resume", token = _token, position = _position });
        var inputs = (await UntilAsync("resumed"))["inputs"]!.GetValue<int>();
        foreach (var data in _typed.Skip(inputs).ToArray())
            await SendAsync(new { type = "stdin", data });
    }

    /// <summary>Whether there is a connection or not: what does not arrive is sent again.</summary>
    public async Task TypeAsync(string data)
    {
        _typed.Add(data);
        try
        {
            await SendAsync(new { type = "stdin", data });
        }
        catch (Exception lost) when (lost is WebSocketException or InvalidOperationException)
        {
            // Later, then.
        }
    }

    public async Task ExpectOutputAsync(string text)
    {
        while (!Output.Contains(text, StringComparison.Ordinal))
            await ReadAsync();
    }

    public Task<JsonNode> ExpectResultAsync() => UntilAsync("result");

    public void Lose() => _socket?.Abort();

    public void Dispose() => _socket?.Dispose();

    private async Task ConnectAsync()
    {
        _socket?.Dispose();
        _socket = new ClientWebSocket();
        await _socket.ConnectAsync(new UriBuilder(gateway) { Scheme = "ws", Path = "/api/v1/executions/connect" }.Uri, TestContext.Current.CancellationToken);
    }

    private Task SendAsync(object frame) =>
        _socket!.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    private async Task<JsonNode> UntilAsync(string type)
    {
        var frame = await ReadAsync();
        while (frame["type"].Text() != type)
            frame = await ReadAsync();
        return frame;
    }

    private async Task<JsonNode> ReadAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(AnswerLimit);
        var message = new ArrayBufferWriter<byte>();
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket!.ReceiveAsync(message.GetMemory(16 * 1024), limit.Token);
            message.Advance(received.Count);
        }
        while (!received.EndOfMessage);
        Assert.True(received.MessageType is WebSocketMessageType.Text, $"Closed with {_socket.CloseStatus} after: {Output}");

        var frame = JsonNode.Parse(message.WrittenSpan)!;
        Assert.True(frame["type"].Text() is not ("error" or "missed"), frame.ToJsonString());
        _position = frame["position"]?.GetValue<ulong>() ?? _position;
        if (frame["type"].Text() == "output")
            _output.Append(frame["data"].Text());
        return frame;
    }
}

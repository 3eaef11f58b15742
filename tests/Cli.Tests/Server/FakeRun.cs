using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OnlineCompiler.Cli.Tests.Server;

/// <summary>The Gateway's side of an interactive run.</summary>
internal sealed class FakeRun(WebSocket socket, IHeaderDictionary headers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TaskCompletionSource _clientLeft = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IHeaderDictionary Headers { get; } = headers;

    /// <summary>The first frame.</summary>
    public JsonNode Start { get; private set; } = new JsonObject();

    public JsonNode Execution => Start["execution"]!;

    /// <summary>Waits until the client has left, in order or not.</summary>
    public Task ExpectClientLeftAsync() => _clientLeft.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>The next frame; null when the client has left.</summary>
    public async Task<JsonNode?> ReceiveAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer, limit.Token);
                message.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            if (part.MessageType is not WebSocketMessageType.Close)
                return JsonNode.Parse(message.ToArray());
        }
        catch (WebSocketException)
        {
            // Left without a word.
        }

        _clientLeft.TrySetResult();
        return null;
    }

    /// <summary>Everything written to standard input, up to its end.</summary>
    public async Task<byte[]> ReceiveInputAsync()
    {
        using var input = new MemoryStream();
        while (await ReceiveAsync() is { } frame && (string?)frame["type"] == "stdin")
            input.Write(Bytes(frame["data"]!));
        return input.ToArray();
    }

    /// <summary>Ignores everything until the client has left.</summary>
    public async Task DrainAsync()
    {
        while (await ReceiveAsync() is not null)
        {
            // It has no reader.
        }
    }

    public Task SendAsync(string frame) => socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public async Task StartRunAsync()
    {
        await SendAsync("""{"type":"accepted","id":"1","language":"python","version":"3.11.2"}""");
        await SendAsync("""{"type":"stage","stage":"run"}""");
    }

    public Task PrintAsync(string stream, string data, string stage = "run") =>
        SendAsync($$"""{"type":"output","stage":"{{stage}}","stream":"{{stream}}","data":{{data}}}""");

    /// <summary>The program ends, with these members of its stage result.</summary>
    public Task FinishAsync(string members = """ "outcome":"succeeded","exitCode":0 """, string stage = "run")
    {
        var other = stage == "run" ? "compile" : "run";
        return SendAsync($$"""{"type":"result","id":"1","language":"python","version":"3.11.2","outcome":"succeeded","{{other}}":null,"{{stage}}":{ {{members}} },"artifacts":[]}""");
    }

    public Task CloseAsync(WebSocketCloseStatus status) => socket.CloseOutputAsync(status, "", CancellationToken.None);

    public void Abort() => socket.Abort();

    public async Task ServeAsync(Func<FakeRun, Task> converse)
    {
        try
        {
            Start = await ReceiveAsync() ?? Start;
            await converse(this);
            if (socket.State is WebSocketState.Open)
                await CloseAsync(WebSocketCloseStatus.NormalClosure);
            await DrainAsync();
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            _clientLeft.TrySetResult();
        }
    }

    public static byte[] Bytes(JsonNode data) =>
        data is JsonObject ? Convert.FromBase64String((string)data["base64"]!) : Encoding.UTF8.GetBytes((string)data!);
}

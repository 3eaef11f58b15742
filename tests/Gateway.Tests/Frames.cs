using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace OnlineCompiler.Gateway.Tests;

/// <summary>The client's side of an interactive run.</summary>
internal static class Frames
{
    public const string Start = """{"type":"start","execution":{"language":"python","files":[{"path":"main.py","content":"x"}]},"terminal":{"columns":80,"rows":24}}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task SendAsync(this WebSocket socket, string frame) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(frame).AsMemory(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    /// <summary>The next frame; null when the server has closed.</summary>
    public static async Task<JsonNode?> ReceiveAsync(this WebSocket socket)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var message = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            if (part.MessageType is WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return JsonNode.Parse(message.ToArray());
        }
    }

    /// <summary>Every frame until the server closes.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ReceiveAllAsync(this WebSocket socket)
    {
        var frames = new List<JsonNode>();
        while (await socket.ReceiveAsync() is { } frame)
            frames.Add(frame);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);
        return frames;
    }
}

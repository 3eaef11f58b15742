using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Json;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Interactive;

/// <summary>A WebSocket that carries one JSON object in each text message. One reader and one writer at a time.</summary>
internal sealed class FrameSocket(WebSocket socket)
{
    private const int ReadBytes = 4096;
    private readonly ArrayBufferWriter<byte> _message = new(ReadBytes);

    public bool IsOpen => socket.State is WebSocketState.Open;

    /// <summary>The next frame; null when the client has closed, orderly or not.</summary>
    /// <exception cref="ProblemException">Not a text message, or too large.</exception>
    /// <exception cref="JsonException">Not a frame.</exception>
    public async Task<ClientFrame?> ReceiveAsync(int maxBytes, CancellationToken cancellationToken)
    {
        _message.ResetWrittenCount();
        while (true)
        {
            var part = await ReceivePartAsync(cancellationToken);
            if (part.MessageType is WebSocketMessageType.Close)
                return null;
            if (part.MessageType is WebSocketMessageType.Binary)
                throw new ProblemException(ProblemKind.InvalidRequest.Problem("Frames are JSON in text messages, not binary ones."));

            _message.Advance(part.Count);
            if (_message.WrittenCount > maxBytes)
                throw new ProblemException(ProblemKind.BodyTooLarge.Problem($"A frame may have at most {maxBytes} bytes here."));
            if (part.EndOfMessage)
                return JsonSerializer.Deserialize<ClientFrame>(_message.WrittenSpan, ApiJson.Options)
                    ?? throw ProblemException.ForField("type", "Required.");
        }
    }

    public async Task SendAsync(ExecutionEvent item, CancellationToken cancellationToken) =>
        await socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(item, ApiJson.Options).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>Says that nothing more will be sent.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string description, CancellationToken cancellationToken)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(status, description, cancellationToken);
    }

    /// <summary>Ignores what still comes, until the client has closed too.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        do
            _message.ResetWrittenCount();
        while ((await ReceivePartAsync(cancellationToken)).MessageType is not WebSocketMessageType.Close);
    }

    private async Task<ValueWebSocketReceiveResult> ReceivePartAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await socket.ReceiveAsync(_message.GetMemory(ReadBytes), cancellationToken);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // Gone without a word: a closed laptop, a killed tab, a lost network.
            return new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, endOfMessage: true);
        }
    }
}

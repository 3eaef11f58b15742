using System.Buffers;
using System.Net.WebSockets;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Interactive;

/// <summary>One message of a client; its bytes are there until the next is received.</summary>
internal readonly record struct FrameMessage(ReadOnlyMemory<byte> Bytes, bool IsBinary);

/// <summary>A WebSocket that carries one JSON object in each message. One reader and one writer at a time.</summary>
internal sealed class FrameSocket(WebSocket socket)
{
    private const int ReadBytes = 4096;
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);
    private readonly ArrayBufferWriter<byte> _message = new(ReadBytes);

    public bool IsOpen => socket.State is WebSocketState.Open;

    /// <summary>The client has closed, and said that it has all it wanted.</summary>
    public bool IsDone => socket.CloseStatus is WebSocketCloseStatus.NormalClosure;

    /// <summary>The next message; null when the client has closed, orderly or not.</summary>
    /// <exception cref="ProblemException">Too large.</exception>
    public async Task<FrameMessage?> ReceiveAsync(int maxBytes, CancellationToken cancellationToken)
    {
        _message.ResetWrittenCount();
        while (true)
        {
            var part = await ReceivePartAsync(cancellationToken);
            if (part.MessageType is WebSocketMessageType.Close)
                return null;
            _message.Advance(part.Count);
            if (_message.WrittenCount > maxBytes)
                throw new ProblemException(ProblemKind.BodyTooLarge.Problem($"A frame may have at most {maxBytes} bytes here."));
            if (part.EndOfMessage)
                return new FrameMessage(_message.WrittenMemory, part.MessageType is WebSocketMessageType.Binary);
        }
    }

    /// <param name="message">JSON in UTF-8.</param>
    /// <param name="cancellationToken">Aborts the connection.</param>
    public async Task SendAsync(byte[] message, CancellationToken cancellationToken) =>
        await socket.SendAsync(message.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>Closes orderly: ours, then the client's. A client that does not answer is cut off when the request ends.</summary>
    /// <param name="status">Why.</param>
    /// <param name="description">Why, in words.</param>
    /// <param name="receiving">Done when nobody else reads any more.</param>
    /// <param name="connection">Cancelled when the connection is lost.</param>
    public async Task CloseAsync(WebSocketCloseStatus status, string description, Task receiving, CancellationToken connection)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(connection);
        patience.CancelAfter(CloseTimeout);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(status, description, patience.Token);
            await receiving.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (receiving.IsCompleted)
                await DrainAsync(patience.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // It left first.
        }
    }

    // Ignores what still comes, until the client has closed too.
    private async Task DrainAsync(CancellationToken cancellationToken)
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

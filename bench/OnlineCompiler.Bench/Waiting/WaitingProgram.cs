using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace OnlineCompiler.Bench.Waiting;

/// <summary>An interactive program and the person who talks with it.</summary>
internal sealed class WaitingProgram : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[16 * 1024];

    public static async Task<WaitingProgram> StartAsync(Uri gateway, object execution, CancellationToken cancellationToken)
    {
        var program = new WaitingProgram();
        try
        {
            await program._socket.ConnectAsync(new UriBuilder(gateway) { Scheme = "ws", Path = "/api/v1/executions/connect" }.Uri, cancellationToken);
            await program.SendAsync(new { type = "start", execution }, cancellationToken);
            await program.ReadUntilAsync("ready", cancellationToken);
            return program;
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <summary>How long it takes to answer what is typed.</summary>
    public async Task<TimeSpan> AskAsync(string line, CancellationToken cancellationToken)
    {
        var from = Stopwatch.GetTimestamp();
        await SendAsync(new { type = "stdin", data = line + "\n" }, cancellationToken);
        await ReadUntilAsync($"got {line}", cancellationToken);
        return Stopwatch.GetElapsedTime(from);
    }

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
    }

    private Task SendAsync(object message, CancellationToken cancellationToken) =>
        _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    private async Task ReadUntilAsync(string expected, CancellationToken cancellationToken)
    {
        var printed = "";
        while (!printed.Contains(expected, StringComparison.Ordinal))
        {
            var frame = await ReadFrameAsync(cancellationToken);
            var type = frame.GetProperty("type").GetString();
            if (type == "output")
                printed += frame.GetProperty("data").GetString();
            else if (type is "result" or "error")
                throw new InvalidOperationException($"Waited for \"{expected}\", and it said: {frame}");
        }
    }

    private async Task<JsonElement> ReadFrameAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new InvalidOperationException($"The socket was closed: {_socket.CloseStatus} {_socket.CloseStatusDescription}");
            length += part.Count;
            if (part.EndOfMessage)
                return JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(_buffer, 0, length));
        }
    }
}

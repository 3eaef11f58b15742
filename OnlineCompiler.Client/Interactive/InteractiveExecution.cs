using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OnlineCompiler.Client;

/// <summary>
/// A program to talk with. One reader at a time; senders may be many. Someone must read for the program to go on, and to
/// learn of its end: what is sent after it is lost, silently.
/// </summary>
public sealed class InteractiveExecution : IAsyncDisposable
{
    private const int ReadBytes = 16 * 1024;

    /// <summary>As text or Base64 well below what the service takes in one frame, 1 MiB.</summary>
    private const int MaxStdinBytes = 64 * 1024;
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    private readonly ClientWebSocket _socket;
    private readonly SemaphoreSlim _sending = new(1);
    private volatile bool _hasEnded;

    internal InteractiveExecution(ClientWebSocket socket) => _socket = socket;

    /// <summary>What happens as it happens; <see cref="ResultEvent"/> is last. Whoever reads slowly slows the program down.</summary>
    /// <param name="cancellationToken">Kills the program.</param>
    /// <exception cref="OnlineCompilerException">The service refused the program or something sent, or failed.</exception>
    /// <exception cref="IOException">The connection was lost, and the program with it.</exception>
    /// <exception cref="InvalidDataException">What answers is not OnlineCompiler.</exception>
    public async IAsyncEnumerable<ExecutionEvent> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var message = new ArrayBufferWriter<byte>(ReadBytes);
        while (!_hasEnded)
        {
            await ReceiveAsync(message, cancellationToken);
            if (ExecutionEvents.ReadFrame(message.WrittenSpan) is not { } item)
                continue;
            _hasEnded = item is ResultEvent;
            yield return item;
        }
    }

    /// <summary>Types, or writes to standard input. Waits while the program leaves much unread.</summary>
    /// <param name="data">Any bytes, any number of them.</param>
    /// <param name="cancellationToken">Aborts the connection, which kills the program.</param>
    /// <exception cref="IOException">The connection was lost.</exception>
    public async Task SendInputAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        for (var start = 0; start < data.Length; start += MaxStdinBytes)
        {
            var part = data.Slice(start, Math.Min(MaxStdinBytes, data.Length - start));
            await SendAsync(new StdinFrame(new TextOrBytes(part)), ClientJson.Api.StdinFrame, cancellationToken);
        }
    }

    /// <summary>Closes standard input; on a terminal, types the end-of-file character.</summary>
    /// <param name="cancellationToken">Aborts the connection, which kills the program.</param>
    /// <exception cref="IOException">The connection was lost.</exception>
    public Task EndInputAsync(CancellationToken cancellationToken = default) =>
        SendAsync(new EndOfInputFrame(), ClientJson.Api.EndOfInputFrame, cancellationToken);

    /// <summary>Sends a signal to the program.</summary>
    /// <param name="signal">Which.</param>
    /// <param name="cancellationToken">Aborts the connection, which kills the program.</param>
    /// <exception cref="IOException">The connection was lost.</exception>
    public Task SendSignalAsync(ProgramSignal signal, CancellationToken cancellationToken = default) =>
        SendAsync(new SignalFrame(NameOf(signal)), ClientJson.Api.SignalFrame, cancellationToken);

    /// <summary>Tells the program that its terminal has another size now.</summary>
    /// <param name="size">The new size.</param>
    /// <param name="cancellationToken">Aborts the connection, which kills the program.</param>
    /// <exception cref="IOException">The connection was lost.</exception>
    public Task ResizeAsync(TerminalSize size, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(size);
        return SendAsync(new ResizeFrame(size.Columns, size.Rows), ClientJson.Api.ResizeFrame, cancellationToken);
    }

    /// <summary>Closes the connection. A program that has not ended is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_hasEnded)
            await CloseAsync();
        // What is closed already cannot be aborted any more.
        _socket.Abort();
        _socket.Dispose();
        _sending.Dispose();
    }

    internal Task StartAsync(StartFrame start, CancellationToken cancellationToken) =>
        SendAsync(start, ClientJson.Api.StartFrame, cancellationToken);

    private static string NameOf(ProgramSignal signal) => signal switch
    {
        ProgramSignal.Interrupt => "SIGINT",
        ProgramSignal.Quit => "SIGQUIT",
        ProgramSignal.Terminate => "SIGTERM",
        ProgramSignal.Kill => "SIGKILL",
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "Not a signal that reaches a program."),
    };

    private async Task CloseAsync()
    {
        using var patience = new CancellationTokenSource(CloseTimeout);
        try
        {
            await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", patience.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            // The server left first, or says nothing; the program has ended anyway.
        }
    }

    private async Task ReceiveAsync(ArrayBufferWriter<byte> message, CancellationToken cancellationToken)
    {
        message.ResetWrittenCount();
        ValueWebSocketReceiveResult part;
        do
        {
            try
            {
                part = await _socket.ReceiveAsync(message.GetMemory(ReadBytes), cancellationToken);
            }
            catch (WebSocketException exception)
            {
                throw new IOException("The connection was lost before the program had ended.", exception);
            }

            if (part.MessageType is WebSocketMessageType.Close)
                throw new IOException($"The server closed the connection before the program had ended ({(int?)_socket.CloseStatus} {_socket.CloseStatusDescription}).");
            message.Advance(part.Count);
        }
        while (!part.EndOfMessage);
    }

    private async Task SendAsync<T>(T frame, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var message = JsonSerializer.SerializeToUtf8Bytes(frame, type);
        await _sending.WaitAsync(cancellationToken);
        try
        {
            if (!_hasEnded)
                await _socket.SendAsync(message.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        catch (WebSocketException) when (_hasEnded)
        {
            // It ended while this was on its way.
        }
        catch (WebSocketException exception)
        {
            throw new IOException("The connection was lost.", exception);
        }
        finally
        {
            _sending.Release();
        }
    }
}

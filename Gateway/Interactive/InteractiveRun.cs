using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.Gateway.Interactive;

/// <summary>
/// One program and the person at the other end of a WebSocket.
/// <code>
///  socket ──(1) receive──► at most 16 messages ──(2) forward──► Attach ──► program
///         ◄─────────────────────────(3) send────────────────── Attach ◄── program
/// </code>
/// Each arrow waits for the next, so a slow reader slows the writer and nothing piles up. Short of 1 MiB of input that the
/// program has not read, (1) never waits, and so notices at once that the client has left. That ends the call, and the
/// service kills the program; or keeps it, if it was started as resumable and the client did not close with 1000.
/// Where a service says that it has not begun, and another one may, the call is made again, and (2) with it.
/// </summary>
/// <param name="socket">The client.</param>
/// <param name="client">The service.</param>
/// <param name="dialect">What their messages mean.</param>
/// <param name="options">Limits of frames.</param>
/// <param name="connection">Cancelled when the connection is lost.</param>
/// <param name="stopping">Cancelled when this process stops.</param>
internal sealed class InteractiveRun(
    FrameSocket socket, ExecutionClient client, IFrameDialect dialect, InteractiveOptions options, CancellationToken connection, CancellationToken stopping)
    : IDisposable
{
    private const int MaxWaitingMessages = 16;
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _leaving = CancellationTokenSource.CreateLinkedTokenSource(connection, stopping);
    private readonly Channel<AttachRequest> _input =
        Channel.CreateBounded<AttachRequest>(new BoundedChannelOptions(MaxWaitingMessages) { SingleReader = true, SingleWriter = true });
    private readonly List<AttachRequest> _sent = [];
    private Exception? _clientError;
    private bool _hasBegun;
    private bool _isResumable;
    private bool _isLeaving;

    /// <summary>Done when nothing reads from the socket any more.</summary>
    public Task Receiving { get; private set; } = Task.CompletedTask;

    /// <summary>Runs until the program has ended or the client has left.</summary>
    /// <exception cref="ProblemException">The client sent something wrong.</exception>
    /// <exception cref="JsonException">The client sent something else than frames.</exception>
    /// <exception cref="ClosingException">The dialect has a close status for what the client sent.</exception>
    /// <exception cref="RpcException">The service refused or failed.</exception>
    public async Task RunAsync()
    {
        if (await ReceiveStartAsync() is not { } start)
            return;

        _isResumable = start.Resumable || start.Resume is not null;
        _sent.Add(start);
        Receiving = ReceiveAsync();
        try
        {
            for (var attempt = 1; !await TryAsync(attempt); attempt++)
            {
            }
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException && (_isLeaving || _leaving.IsCancellationRequested))
        {
            // We ended the call ourselves: for a wrong frame, or because nobody is there to see the rest.
            if (_clientError is not null)
                throw _clientError;
        }
        finally
        {
            _input.Writer.TryComplete();
        }
    }

    public void Dispose() => _leaving.Dispose();

    /// <summary>Makes the call; false when it has to be made again.</summary>
    private async Task<bool> TryAsync(int attempt)
    {
        using var call = client.Attach(cancellationToken: _leaving.Token);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        var forwarding = ForwardAsync(call.RequestStream, ending.Token);
        try
        {
            await SendAsync(new NoticedReader(call.ResponseStream, Begin));
            return true;
        }
        catch (RpcException refusal) when (!_hasBegun && IsForAnother(refusal, attempt))
        {
            return false;
        }
        finally
        {
            await ending.CancelAsync();
            await forwarding;
        }
    }

    private bool IsForAnother(RpcException refusal, int attempt) => refusal.Reason() is RpcProblems.RunElsewhere
        ? attempt < options.ResumeAttempts
        : attempt == 1 && refusal.HasNotBegun();

    private void Begin()
    {
        _hasBegun = true;
        lock (_sent)
            _sent.Clear();
    }

    private async Task<AttachRequest?> ReceiveStartAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        patience.CancelAfter(dialect.StartPatience);
        try
        {
            while (true)
            {
                var next = socket.ReceiveAsync(BodyRules.MaxBodyBytes, connection);
                Receiving = next;
                if (await next.WaitAsync(patience.Token) is not { } message)
                    return null;
                if (await dialect.ToStartAsync(message, _leaving.Token) is { } start)
                    return start;
            }
        }
        catch (OperationCanceledException) when (!_leaving.IsCancellationRequested)
        {
            throw dialect.StartTimeout();
        }
    }

    // (1)
    private async Task ReceiveAsync()
    {
        try
        {
            while (await socket.ReceiveAsync(options.MaxFrameBytes, connection) is { } message)
            {
                foreach (var input in dialect.ToInput(message))
                    await _input.Writer.WriteAsync(input, _leaving.Token);
            }
        }
        catch (Exception exception) when (exception is ChannelClosedException or OperationCanceledException)
        {
            // The program has ended; what was typed since has no reader.
            return;
        }
        catch (Exception exception) when (exception is ProblemException or JsonException or ClosingException)
        {
            _clientError = exception;
        }

        if (_isResumable && _clientError is null && socket.IsDone)
            await LeaveAsync();
        else
            await _leaving.CancelAsync();
    }

    /// <summary>The client wants no more of its run: the service is told, for it would keep it otherwise.</summary>
    private async Task LeaveAsync()
    {
        _isLeaving = true;
        try
        {
            await _input.Writer.WriteAsync(new AttachRequest { Leave = new Leave() }, _leaving.Token);
        }
        catch (Exception exception) when (exception is ChannelClosedException or OperationCanceledException)
        {
            // It has ended already.
            return;
        }
        _leaving.CancelAfter(LeaveTimeout);
    }

    // (2)
    private async Task ForwardAsync(IClientStreamWriter<AttachRequest> program, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var message in Sent())
                await program.WriteAsync(message, cancellationToken);
            await foreach (var message in _input.Reader.ReadAllAsync(cancellationToken))
            {
                lock (_sent)
                {
                    if (!_hasBegun)
                        _sent.Add(message);
                }
                await program.WriteAsync(message, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or OperationCanceledException)
        {
            // The call has ended; (3) hears why.
        }
    }

    private AttachRequest[] Sent()
    {
        lock (_sent)
            return [.. _sent];
    }

    // (3) A cancelled send aborts the socket, and the error frame with it; so sends heed the connection alone.
    private async Task SendAsync(IAsyncStreamReader<ExecuteEvent> program)
    {
        await foreach (var message in dialect.ToMessagesAsync(program, _leaving.Token))
            await socket.SendAsync(message, connection);
    }
}

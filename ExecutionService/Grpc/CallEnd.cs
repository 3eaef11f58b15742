using Grpc.Core;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>
/// When a call is to end, and the way to its caller until then. gRPC resets a call whose write is cancelled, and its caller never
/// hears why it ended. So what is on its way at the end gets a moment to arrive; only a caller who does not read is cut off.
/// </summary>
internal sealed class CallEnd : IDisposable
{
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenSource _cut = new();
    private readonly CancellationTokenRegistration _ended;

    /// <param name="call">The caller left.</param>
    /// <param name="other">Something else ends it.</param>
    public CallEnd(CancellationToken call, CancellationToken other)
    {
        _end = CancellationTokenSource.CreateLinkedTokenSource(call, other);
        _ended = _end.Token.UnsafeRegister(static cut => ((CancellationTokenSource)cut!).CancelAfter(_moment), _cut);
    }

    /// <summary>Cancelled when it is to end.</summary>
    public CancellationToken Token => _end.Token;

    public void Cancel() => _end.Cancel();

    public Task CancelAsync() => _end.CancelAsync();

    /// <summary>Sends a message to its caller.</summary>
    /// <exception cref="OperationCanceledException">It is to end, or the caller was cut off.</exception>
    public async Task SendAsync<T>(IServerStreamWriter<T> caller, T message)
    {
        Token.ThrowIfCancellationRequested();
        await caller.WriteAsync(message, _cut.Token);
    }

    public void Dispose()
    {
        _ended.Dispose();
        _end.Dispose();
        _cut.Dispose();
    }
}

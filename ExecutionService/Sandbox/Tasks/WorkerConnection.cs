using System.Threading.Channels;
using Grpc.Core;
using OnlineCompiler.Worker.V1;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks;

/// <summary>The dispatcher's end of one worker's call. It lives until either side leaves; nothing is kept beyond it.</summary>
internal sealed class WorkerConnection(WorkerIntroduction introduction, IServerStreamWriter<DispatcherMessage> responses) : IDisposable
{
    /// <summary>Few: what the reader does not take waits in the worker, by HTTP/2 flow control.</summary>
    private const int MaxMessagesHeld = 4;

    private readonly Channel<WorkerMessage> _arrived = Channel.CreateBounded<WorkerMessage>(
        new BoundedChannelOptions(MaxMessagesHeld) { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _released = new();

    public string Id => introduction.Id;

    public SandboxIsolation Isolation => introduction.Isolation;

    public IReadOnlyList<string> Weaknesses => introduction.Weaknesses;

    public SandboxPlaces Places => introduction.Places;

    /// <summary>It told of its job's end, or was let go: its leaving is no loss.</summary>
    public bool IsDone { get; private set; }

    /// <summary>It left in an orderly way, because it was stopped.</summary>
    public bool SaidGoodbye { get; private set; }

    /// <summary>Takes in what the worker says until it leaves, or is let go.</summary>
    public async Task ReceiveAsync(IAsyncStreamReader<WorkerMessage> requests, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _released.Token);
        try
        {
            while (await requests.MoveNext(ending.Token))
            {
                IsDone = requests.Current is { Exited: not null } or { Failure: not null };
                await _arrived.Writer.WriteAsync(requests.Current, ending.Token);
            }
            SaidGoodbye = true;
        }
        catch (Exception exception) when (IsEndOfCall(exception))
        {
            // The worker left, the service stops, or its run is over: whoever reads is told by the channel's end.
        }
        finally
        {
            _arrived.Writer.TryComplete();
        }
    }

    /// <summary>The next message.</summary>
    /// <exception cref="SandboxLostException">The worker is gone.</exception>
    public async ValueTask<WorkerMessage> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _arrived.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException exception)
        {
            throw Lost(exception);
        }
    }

    /// <summary>Sends a message; waits while much is on its way already.</summary>
    /// <exception cref="SandboxLostException">The worker is gone.</exception>
    public async ValueTask WriteAsync(DispatcherMessage message, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        await WriteNextAsync(message).WaitAsync(cancellationToken);
    }

    /// <summary>Ends with the call at the latest. gRPC is given no token: cancelled after the call's end, it throws at whoever cancels.</summary>
    private async Task WriteNextAsync(DispatcherMessage message)
    {
        try
        {
            await responses.WriteAsync(message, CancellationToken.None);
        }
        catch (Exception exception) when (IsEndOfCall(exception))
        {
            throw Lost(exception);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Ends the call, and with it the worker.</summary>
    public void Release()
    {
        IsDone = true;
        try
        {
            _released.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call has ended already.
        }
    }

    public void Dispose() => _released.Dispose();

    private static bool IsEndOfCall(Exception exception) =>
        exception is IOException or OperationCanceledException or InvalidOperationException or RpcException;

    private static SandboxLostException Lost(Exception inner) => new("The worker that ran the program was lost. Running it again may succeed.", inner);
}

/// <summary>What a worker says of itself before it is given anything.</summary>
/// <param name="Id">As it calls itself.</param>
/// <param name="Isolation">How strongly its own sandbox keeps a program apart from it.</param>
/// <param name="Weaknesses">Promises that do not hold in that sandbox.</param>
/// <param name="Places">Where commands find things in it.</param>
internal sealed record WorkerIntroduction(string Id, SandboxIsolation Isolation, IReadOnlyList<string> Weaknesses, SandboxPlaces Places);

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>
/// Lets a fixed number of executions go at once and a bounded number wait. Who waits is served caller by caller in turn,
/// so that one caller's flood delays that caller and hardly anyone else; beyond the bound, refusing at once is kinder
/// than waiting for nothing.
/// </summary>
internal sealed class FairQueue
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = new();
    private readonly int _capacity;
    private int _free;
    private int _runningCount;
    private int _waitingCount;

    public FairQueue(int concurrency, int capacity)
    {
        _free = concurrency;
        _capacity = capacity;
    }

    public int WaitingCount => Volatile.Read(ref _waitingCount);

    public int RunningCount => Volatile.Read(ref _runningCount);

    /// <summary>Waits for a place; disposing the lease gives it back.</summary>
    /// <exception cref="QueueFullException">As many are waiting as may.</exception>
    public async ValueTask<IDisposable> EnterAsync(string caller, CancellationToken cancellationToken)
    {
        TaskCompletionSource waiter;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                _runningCount++;
                return new Lease(this);
            }
            if (_waitingCount >= _capacity)
                throw new QueueFullException();
            waiter = Enqueue(caller);
        }

        await using var registration = cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        try
        {
            await waiter.Task;
        }
        catch (OperationCanceledException)
        {
            // Its place in the line stays until its turn, but no longer counts.
            lock (_lock)
                _waitingCount--;
            throw;
        }
        return new Lease(this);
    }

    private TaskCompletionSource Enqueue(string caller)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_waiting.TryGetValue(caller, out var line))
        {
            _waiting[caller] = line = new Queue<TaskCompletionSource>();
            _turns.Enqueue(caller);
        }
        line.Enqueue(waiter);
        _waitingCount++;
        return waiter;
    }

    private void Leave()
    {
        lock (_lock)
        {
            while (_turns.TryDequeue(out var caller))
            {
                var line = _waiting[caller];
                var next = line.Dequeue();
                if (line.Count > 0)
                    _turns.Enqueue(caller);
                else
                    _waiting.Remove(caller);
                // The place goes straight on. False for one that gave up; it has left the count itself.
                if (next.TrySetResult())
                {
                    _waitingCount--;
                    return;
                }
            }
            _free++;
            _runningCount--;
        }
    }

    private sealed class Lease(FairQueue queue) : IDisposable
    {
        private FairQueue? _queue = queue;

        public void Dispose() => Interlocked.Exchange(ref _queue, null)?.Leave();
    }
}

/// <summary>The queue holds as many as it may; the caller should try again later.</summary>
internal sealed class QueueFullException() : Exception("The queue is full.")
{
    /// <summary>A run takes its place for a second or so; sooner than that is not worth asking.</summary>
    public static TimeSpan RetryDelay { get; } = TimeSpan.FromSeconds(1);
}

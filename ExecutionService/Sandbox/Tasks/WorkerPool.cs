namespace OnlineCompiler.ExecutionService.Sandbox.Tasks;

/// <summary>
/// The workers that have dialled in. A worker is handed out once. The one that has waited longest goes first, so that none
/// grows old: its memory, its connection and what it knows of the machine were fresh a short while ago.
/// </summary>
internal sealed class WorkerPool(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<WorkerConnection> _idle = new();
    private readonly HashSet<WorkerConnection> _busy = [];
    private readonly LinkedList<TaskCompletionSource<WorkerConnection>> _waiting = new();
    private long _emptySince = time.GetTimestamp();
    private bool _hadWorker;
    private bool _offersRoots;

    /// <summary>A worker was given its job; another may be made in its place.</summary>
    public event Action<WorkerConnection>? Taken;

    /// <summary>A worker's call has ended.</summary>
    public event Action<WorkerConnection>? Left;

    public int IdleCount => Locked(() => _idle.Count);

    public int BusyCount => Locked(() => _busy.Count);

    /// <summary>False until the first worker came.</summary>
    public bool HadWorker => Locked(() => _hadWorker);

    /// <summary>Whether the last worker that came offers roots of their own; those of one service are all alike.</summary>
    public bool OffersRoots => Locked(() => _offersRoots);

    /// <summary>How long no worker, idle or busy, has been connected; zero while one is.</summary>
    public TimeSpan EmptyTime => Locked(() => _idle.Count + _busy.Count > 0 ? TimeSpan.Zero : time.GetElapsedTime(_emptySince));

    /// <summary>Promises that do not hold in some worker's sandbox.</summary>
    public IReadOnlyList<string> Weaknesses => Locked(() => _idle.Concat(_busy).SelectMany(worker => worker.Weaknesses).Distinct().ToList());

    public void Add(WorkerConnection worker)
    {
        lock (_lock)
        {
            _hadWorker = true;
            _offersRoots = worker.Places.OffersRoots;
            Offer(worker);
        }
    }

    /// <summary>Forgets a worker whose call has ended, and says what it was doing.</summary>
    public WorkerState Remove(WorkerConnection worker)
    {
        WorkerState state;
        lock (_lock)
        {
            state = _busy.Remove(worker) ? WorkerState.Busy : WorkerState.Idle;
            _idle.Remove(worker);
            if (_idle.Count + _busy.Count == 0)
                _emptySince = time.GetTimestamp();
        }
        Left?.Invoke(worker);
        return state;
    }

    /// <summary>Waits for a worker, in turn. It is the caller's alone, for one job.</summary>
    /// <exception cref="TimeoutException">None was free in time.</exception>
    public async Task<WorkerConnection> TakeAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource<WorkerConnection>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_idle.First is { Value: var worker })
            {
                _idle.RemoveFirst();
                _busy.Add(worker);
                waiter.SetResult(worker);
            }
            else
            {
                _waiting.AddLast(waiter);
            }
        }

        try
        {
            var taken = await waiter.Task.WaitAsync(patience, time, cancellationToken);
            Taken?.Invoke(taken);
            return taken;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            lock (_lock)
            {
                // Not in the line: a worker came the moment its taker left. It has heard of no job.
                if (!_waiting.Remove(waiter) && waiter.Task.Result is var unused && _busy.Remove(unused))
                    Offer(unused);
            }
            throw;
        }
    }

    private void Offer(WorkerConnection worker)
    {
        if (_waiting.First is { Value: var waiter })
        {
            _waiting.RemoveFirst();
            _busy.Add(worker);
            waiter.SetResult(worker);
        }
        else
        {
            _idle.AddLast(worker);
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
            return read();
    }
}

internal enum WorkerState
{
    Idle,
    Busy,
}

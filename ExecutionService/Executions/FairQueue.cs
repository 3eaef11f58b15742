namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>
/// Lets a fixed number of executions go at once, fewer of any one caller, and a bounded number wait. Who waits is served
/// caller by caller in turn, so that one caller's flood delays that caller and another by one turn at most. A caller may
/// have as many waiting as there is room left: one flood fills half of the room, two a third each, and a newcomer always
/// finds some. Beyond that, refusing at once is kinder than waiting for nothing.
/// </summary>
/// <param name="places">Executions at once.</param>
/// <param name="placesPerCaller">Of these, for any one caller.</param>
/// <param name="capacity">Executions that may wait.</param>
/// <param name="time">Measures how long places are held, which tells those who are refused when to come back.</param>
internal sealed class FairQueue(int places, int placesPerCaller, int capacity, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly Queue<Line> _turns = new();
    private readonly Pace _pace = new();
    private int _runningCount;
    private int _waitingCount;

    public int WaitingCount => Volatile.Read(ref _waitingCount);

    public int RunningCount => Volatile.Read(ref _runningCount);

    /// <summary>Waits for a place; disposing the lease gives it back. Who cancels leaves the line at once.</summary>
    /// <exception cref="QueueFullException">As many are waiting as may; it says when to come back.</exception>
    public ValueTask<IDisposable> EnterAsync(string caller, CancellationToken cancellationToken) => EnterAsync(caller, capacity, cancellationToken);

    /// <summary>
    /// Waits for a place in turn like all others, but is never refused: for who gave one back that it holds for more than one
    /// program, so that others have theirs in between. As each of these has just let one go on that waited, they cannot pile up.
    /// </summary>
    public ValueTask<IDisposable> EnterAgainAsync(string caller, CancellationToken cancellationToken) => EnterAsync(caller, int.MaxValue, cancellationToken);

    private async ValueTask<IDisposable> EnterAsync(string caller, int room, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Line line;
        LinkedListNode<TaskCompletionSource> waiter;
        lock (_lock)
        {
            line = LineOf(caller);
            if (_runningCount < places && line.Running < placesPerCaller)
                return Take(line);
            if (line.Waiting.Count >= room - _waitingCount)
            {
                Forget(line);
                throw new QueueFullException(RetryDelay(line));
            }
            waiter = line.Waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _waitingCount++;
            TakeTurn(line);
        }

        await using var registration = cancellationToken.Register(() => waiter.Value.TrySetCanceled(cancellationToken));
        try
        {
            await waiter.Value.Task;
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
                LeaveLine(line, waiter);
            throw;
        }
        return new Lease(this, line, time.GetTimestamp());
    }

    private Line LineOf(string caller)
    {
        if (!_lines.TryGetValue(caller, out var line))
            _lines[caller] = line = new Line(caller);
        return line;
    }

    private Lease Take(Line line)
    {
        line.Running++;
        _runningCount++;
        return new Lease(this, line, time.GetTimestamp());
    }

    /// <summary>A line has one turn ahead at most, and none while its caller holds as many places as it may.</summary>
    private void TakeTurn(Line line)
    {
        if (line.HasTurn || line.Waiting.Count == 0 || line.Running >= placesPerCaller)
            return;
        line.HasTurn = true;
        _turns.Enqueue(line);
    }

    private void LeaveLine(Line line, LinkedListNode<TaskCompletionSource> waiter)
    {
        // Already out when its turn came in the moment it gave up.
        if (waiter.List is null)
            return;
        line.Waiting.Remove(waiter);
        _waitingCount--;
        Forget(line);
    }

    private void Leave(Line line, long taken)
    {
        lock (_lock)
        {
            _pace.Add(time.GetElapsedTime(taken));
            line.Running--;
            _runningCount--;
            TakeTurn(line);
            while (_runningCount < places && _turns.TryDequeue(out var next))
                Serve(next);
            Forget(line);
        }
    }

    private void Serve(Line line)
    {
        line.HasTurn = false;
        while (line.Waiting.First is { } first)
        {
            line.Waiting.RemoveFirst();
            _waitingCount--;
            // False for one that is just giving up; its turn is the next one's of its line.
            if (!first.Value.TrySetResult())
                continue;
            line.Running++;
            _runningCount++;
            break;
        }
        TakeTurn(line);
        Forget(line);
    }

    /// <summary>Callers come and go; what is known of one goes with its last execution.</summary>
    private void Forget(Line line)
    {
        if (line is { Running: 0, Waiting.Count: 0, HasTurn: false })
            _lines.Remove(line.Caller);
    }

    /// <summary>When those who wait now have been served at the pace of late, all of them or its own, whichever is later.</summary>
    private TimeSpan RetryDelay(Line line) =>
        _pace.TimeFor(Math.Max((_waitingCount + 1.0) / places, (line.Waiting.Count + 1.0) / placesPerCaller));

    private sealed class Line(string caller)
    {
        public string Caller => caller;

        public LinkedList<TaskCompletionSource> Waiting { get; } = new();

        public int Running { get; set; }

        public bool HasTurn { get; set; }
    }

    private sealed class Lease(FairQueue queue, Line line, long taken) : IDisposable
    {
        private FairQueue? _queue = queue;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _queue, null) is { } left)
                left.Leave(line, taken);
        }
    }
}

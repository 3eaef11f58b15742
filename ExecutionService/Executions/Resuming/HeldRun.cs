namespace OnlineCompiler.ExecutionService.Executions.Resuming;

/// <summary>
/// An interactive run that outlives the call that began it. One caller at a time sits before it; while the seat is empty it goes on under
/// all its limits, and it is ended when the seat stays empty for longer than the grace time.
/// </summary>
internal sealed class HeldRun : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _free = new(1);
    private readonly CancellationTokenSource _ending;
    private readonly TimeSpan _grace;
    private readonly ITimer _patience;
    private readonly Action<HeldRun> _forget;
    private CancellationTokenSource? _sitting;
    private long _arrivals;
    private long _inputs;

    /// <param name="token">Names it; for its caller alone.</param>
    /// <param name="owner">Who alone may have it; empty for whoever has the token.</param>
    /// <param name="execution">What runs.</param>
    /// <param name="options">How long, and how much of it, is kept.</param>
    /// <param name="time">Measures that.</param>
    /// <param name="forget">Called when it shall be found no more.</param>
    /// <param name="over">Ends it.</param>
    public HeldRun(string token, string owner, Execution execution, ResumeOptions options, TimeProvider time, Action<HeldRun> forget, CancellationToken over)
    {
        (Token, Owner, Execution, _grace, _forget) = (token, owner, execution, options.Grace, forget);
        Log = new RunLog(options.ReplayBytes);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(over);
        _patience = time.CreateTimer(_ => Expire(), null, options.Grace, Timeout.InfiniteTimeSpan);
    }

    public string Token { get; }

    public string Owner { get; }

    public Execution Execution { get; }

    public RunLog Log { get; }

    public InteractiveInput Input { get; } = new();

    public TimeSpan Grace => _grace;

    /// <summary>How many things its callers did have been taken.</summary>
    public long Inputs => Interlocked.Read(ref _inputs);

    /// <summary>Runs it to its end, whoever listens.</summary>
    public async Task RunAsync(IAsyncEnumerable<ExecutionEvent> happenings)
    {
        try
        {
            await foreach (var happened in happenings.WithCancellation(_ending.Token))
                await Log.WriteAsync(happened, _ending.Token);
            Log.Complete(null);
        }
        catch (Exception failure)
        {
            // Whoever sits there is told; it was refused, its sandbox is lost, or it has been ended.
            Log.Complete(failure);
        }
        _ending.Dispose();
    }

    /// <summary>Takes what its caller does, in order; nothing counts that was not taken.</summary>
    public async ValueTask TakeAsync(InputEvent input, CancellationToken cancellationToken)
    {
        // Some programs would take no bytes for the end of their input.
        if (input is not TypedInput { Data.IsEmpty: true })
            await Input.AddAsync(input, cancellationToken);
        Interlocked.Increment(ref _inputs);
    }

    /// <summary>Takes the seat; who has it until now leaves it first.</summary>
    /// <exception cref="RunTakenOverException">Somebody came later still.</exception>
    public async Task<Seat> SitDownAsync(CancellationToken cancellationToken)
    {
        long arrival;
        lock (_lock)
        {
            arrival = ++_arrivals;
            _sitting?.Cancel();
        }
        await _free.WaitAsync(cancellationToken);
        lock (_lock)
        {
            if (arrival == _arrivals)
            {
                _patience.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _sitting = new CancellationTokenSource();
                return new Seat(this, _sitting.Token);
            }
        }
        _free.Release();
        throw new RunTakenOverException();
    }

    /// <summary>Ends it now.</summary>
    public void End()
    {
        _forget(this);
        _patience.Dispose();
        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>What it leaves is for the garbage collector: who sits there still may read on.</summary>
    public void Dispose()
    {
        _patience.Dispose();
        _ending.Dispose();
        _free.Dispose();
    }

    private void StandUp()
    {
        lock (_lock)
        {
            _sitting?.Dispose();
            _sitting = null;
            _patience.Change(_grace, Timeout.InfiniteTimeSpan);
        }
        _free.Release();
    }

    private void Expire()
    {
        lock (_lock)
        {
            if (_sitting is not null)
                return;
        }
        End();
    }

    /// <summary>Before the run; disposing it leaves the run to whoever comes next, within the grace time.</summary>
    internal sealed class Seat(HeldRun run, CancellationToken takenOver) : IDisposable
    {
        private HeldRun? _run = run;

        /// <summary>Cancelled when somebody else wants the seat.</summary>
        public CancellationToken TakenOver => takenOver;

        public void Dispose() => Interlocked.Exchange(ref _run, null)?.StandUp();
    }
}

/// <summary>Another call has the run now.</summary>
internal sealed class RunTakenOverException() : Exception("Another connection has taken over this run.");

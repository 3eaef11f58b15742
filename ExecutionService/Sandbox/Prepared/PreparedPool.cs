using System.Threading.Channels;

namespace OnlineCompiler.ExecutionService.Sandbox.Prepared;

/// <summary>
/// Stages that were made before anyone asked. Each is taken once. New ones are made one at a time, while runs leave room for
/// that; how many of each mould follows how often it is asked for, and all of them stay within a memory budget. Whoever finds
/// none makes a stage as if there were no pool.
/// </summary>
internal sealed class PreparedPool : IAsyncDisposable
{
    /// <summary>Demand fades without anything happening.</summary>
    private static readonly TimeSpan _lookAgain = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Shelves _shelves;
    private readonly RefillPace _pace;
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Mould, CancellationToken, Task<PreparedStage>> _prepare;
    private readonly Func<bool> _mayPrepare;
    private readonly PreparedTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _filling;
    private bool _rests;
    private Mould? _inTheMaking;

    /// <param name="options">Its bounds.</param>
    /// <param name="most">Stages that may wait, of all moulds together.</param>
    /// <param name="prepare">Makes one.</param>
    /// <param name="mayPrepare">Whether preparing now would delay no run.</param>
    /// <param name="telemetry">Told of hits and misses.</param>
    /// <param name="time">Of demand.</param>
    /// <param name="logger">Told of stages that cannot be made.</param>
    public PreparedPool(
        PreparedOptions options,
        int most,
        Func<Mould, CancellationToken, Task<PreparedStage>> prepare,
        Func<bool> mayPrepare,
        PreparedTelemetry telemetry,
        TimeProvider time,
        ILogger logger)
    {
        _shelves = new Shelves(options, most, time);
        _pace = new RefillPace(options.RefillDelay, time);
        _prepare = prepare;
        _mayPrepare = mayPrepare;
        _telemetry = telemetry;
        _time = time;
        _logger = logger;
        telemetry.Observe(this);
        _filling = Task.Run(() => FillAsync(_stop.Token));
    }

    /// <summary>Whether as many wait as should, or as can.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
                return _inTheMaking is null && (_rests || _shelves.ChooseNext() is null);
        }
    }

    /// <summary>A snapshot for metrics and tests.</summary>
    public IReadOnlyList<ShelfCount> Counts
    {
        get
        {
            lock (_lock)
                return [.. _shelves.All.Select(shelf => new ShelfCount(shelf.Mould, shelf.Ready.Count, shelf.Target, shelf.TakenCount, shelf.StageBytes))];
        }
    }

    /// <summary>Says that orders of a mould will come.</summary>
    public void Expect(Mould mould)
    {
        lock (_lock)
            _shelves.Of(mould).IsExpected = true;
        Wake();
    }

    /// <summary>A stage of this mould, which is the caller's from now on; null when none waits.</summary>
    public PreparedStage? Take(Mould mould)
    {
        PreparedStage? stage = null;
        lock (_lock)
        {
            var shelf = _shelves.Of(mould);
            shelf.CountArrival();
            _pace.Taken();
            if (shelf.Ready is [.., var last])
            {
                // The youngest: its pages are the likeliest to be in the processor's reach.
                shelf.Ready.RemoveAt(shelf.Ready.Count - 1);
                shelf.TakenCount++;
                stage = last;
            }
        }
        _telemetry.RecordTaking(mould, isHit: stage is not null);
        Wake();
        return stage;
    }

    /// <summary>Takes one apart, of those that most are left of: a run needs its place.</summary>
    public void GiveUpOne()
    {
        PreparedStage? oldest = null;
        lock (_lock)
        {
            if (_shelves.All.MaxBy(shelf => shelf.Ready.Count) is { Ready: [var first, ..] } fullest)
            {
                fullest.Ready.RemoveAt(0);
                oldest = first;
            }
        }
        oldest?.Discard();
    }

    /// <summary>A run has ended: there may be room for preparing.</summary>
    public void Wake() => _changes.Writer.TryWrite(true);

    /// <summary>
    /// Makes no more, and takes apart all that wait, until <see cref="Resume"/>: for those who count what is left on the machine.
    /// Who had asked for runtimes that take long to boot is forgotten.
    /// </summary>
    public async Task RestAsync()
    {
        lock (_lock)
            _rests = true;
        while (!IsFull)
            await Task.Delay(TimeSpan.FromMilliseconds(2));
        Empty();
        lock (_lock)
            _shelves.RemoveBooted();
    }

    public void Resume()
    {
        lock (_lock)
            _rests = false;
        Wake();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _filling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Empty();
        _stop.Dispose();
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            // Read once: if it ran out between two looks, nothing would end the wait for it.
            var delay = DelayLeft();
            if (_mayPrepare() && delay <= TimeSpan.Zero && Begin() is { } mould)
                await MakeAsync(mould, cancellationToken);
            else
                await WaitAsync(delay, cancellationToken);
        }
    }

    private TimeSpan DelayLeft()
    {
        lock (_lock)
            return _pace.DelayLeft;
    }

    private Mould? Begin()
    {
        lock (_lock)
            return _inTheMaking = _rests ? null : _shelves.ChooseNext()?.Mould;
    }

    private async Task MakeAsync(Mould mould, CancellationToken cancellationToken)
    {
        PreparedStage? stage = null;
        try
        {
            stage = await _prepare(mould, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The service is stopping.
        }
        // Nobody waits for it, so nobody is told; the next order is served cold, and says what is wrong.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _logger.StageNotPrepared(mould.Name, exception.Message);
        }
        if (Keep(mould, stage))
            _ = WatchAsync(stage!);
        else
            stage?.Discard();
    }

    /// <summary>Whether there is one, and it is no larger than was thought when it was begun.</summary>
    private bool Keep(Mould mould, PreparedStage? stage)
    {
        lock (_lock)
        {
            _inTheMaking = null;
            _pace.Made();
            var shelf = _shelves.Of(mould);
            if (stage is null)
                shelf.CountFailure();
            else
                shelf.Weigh(stage);
            var keeps = stage is not null && shelf.StageBytes <= _shelves.FreeBytes;
            if (keeps)
                shelf.Ready.Add(stage!);
            return keeps;
        }
    }

    /// <summary>One that says something before it was taken can only have ended.</summary>
    private async Task WatchAsync(PreparedStage stage)
    {
        await ((Task)stage.Next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        bool wasWaiting;
        lock (_lock)
        {
            var shelf = _shelves.Find(stage.Mould);
            wasWaiting = shelf is not null && shelf.Ready.Remove(stage);
            if (wasWaiting)
                shelf!.CountFailure();
        }
        if (!wasWaiting)
            return;
        stage.Discard();
        Wake();
    }

    private async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        Trim();
        await using var timer = _time.CreateTimer(_ => Wake(), null, NextLook(delay), Timeout.InfiniteTimeSpan);
        try
        {
            await _changes.Reader.ReadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The service is stopping.
        }
    }

    /// <summary>When the next may be made, or the first that could not be made may be tried again, if not before.</summary>
    private TimeSpan NextLook(TimeSpan delay)
    {
        lock (_lock)
        {
            var looks = _shelves.All.Where(shelf => shelf.IsPausing).Select(shelf => shelf.PauseLeft).Append(_lookAgain);
            return (delay > TimeSpan.Zero ? looks.Append(delay) : looks).Min();
        }
    }

    /// <summary>Takes apart what nobody asks for any more.</summary>
    private void Trim()
    {
        IReadOnlyList<PreparedStage> surplus;
        lock (_lock)
            surplus = _shelves.TakeSurplus();
        Discard(surplus);
    }

    private void Empty()
    {
        IReadOnlyList<PreparedStage> all;
        lock (_lock)
            all = _shelves.TakeAll();
        Discard(all);
    }

    private static void Discard(IReadOnlyList<PreparedStage> stages)
    {
        foreach (var stage in stages)
            stage.Discard();
    }
}

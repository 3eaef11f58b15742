namespace OnlineCompiler.ExecutionService.Sandbox.Tasks;

/// <summary>
/// Gives a worker up that should have answered long ago, so that a run never hangs on one. Counts only the time spent waiting
/// for the worker: a caller who reads slowly holds it back, and that is not its fault.
/// </summary>
internal sealed class OverdueClock : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private TimeSpan _left;
    private long? _waitingSince;

    /// <param name="allowed">Of waiting, in all; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="giveUp">Called once it is over.</param>
    /// <param name="time">Measures it.</param>
    public OverdueClock(TimeSpan allowed, Action giveUp, TimeProvider time)
    {
        _left = allowed;
        _time = time;
        _timer = time.CreateTimer(_ => giveUp(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void StartWaiting()
    {
        lock (_lock)
        {
            _waitingSince = _time.GetTimestamp();
            _timer.Change(_left, Timeout.InfiniteTimeSpan);
        }
    }

    public void StopWaiting()
    {
        lock (_lock)
        {
            if (_waitingSince is { } since && _left != Timeout.InfiniteTimeSpan)
                _left = Positive(_left - _time.GetElapsedTime(since));
            _waitingSince = null;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Allows at most this much more waiting from now on.</summary>
    public void Shorten(TimeSpan allowed)
    {
        lock (_lock)
        {
            _left = allowed;
            if (_waitingSince is not null)
                StartWaiting();
        }
    }

    public void Dispose() => _timer.Dispose();

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}

namespace OnlineCompiler.ExecutionService.Sandbox.Prepared;

/// <summary>
/// When a pool may make its next stage: a delay after one was taken, so that it is not made on the processor that a program has just
/// been given. Its user keeps it to one thread at a time.
/// </summary>
/// <param name="delay">After the last taking.</param>
/// <param name="time">Measures it.</param>
internal sealed class RefillPace(TimeSpan delay, TimeProvider time)
{
    /// <summary>One is made after this many delays, however often stages are taken meanwhile.</summary>
    private const int DelaysUnderLoad = 10;

    private long _lastTaken;

    /// <summary>Since one was made last.</summary>
    private long? _firstTaken;

    /// <summary>Not positive when nobody has just begun to run, or that has been waited for long enough.</summary>
    public TimeSpan DelayLeft
    {
        get
        {
            if (_firstTaken is not { } firstTaken)
                return TimeSpan.Zero;
            var left = delay - time.GetElapsedTime(_lastTaken);
            var leftAtMost = DelaysUnderLoad * delay - time.GetElapsedTime(firstTaken);
            return left < leftAtMost ? left : leftAtMost;
        }
    }

    public void Taken()
    {
        _lastTaken = time.GetTimestamp();
        _firstTaken ??= _lastTaken;
    }

    public void Made() => _firstTaken = null;
}

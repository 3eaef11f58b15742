namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>How long executions took of late; the newest counts a tenth. Its user keeps it to one thread at a time.</summary>
internal sealed class Pace
{
    private const double NewestWeight = 0.1;

    /// <summary>Sooner is not worth asking again; later helps nobody, for queues move in bursts.</summary>
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private TimeSpan _average = TimeSpan.FromSeconds(1);

    public void Add(TimeSpan taken) => _average += (taken - _average) * NewestWeight;

    /// <param name="executions">How many, one after the other.</param>
    public TimeSpan TimeFor(double executions)
    {
        var estimate = _average * executions;
        return estimate < _shortest ? _shortest : estimate > _longest ? _longest : estimate;
    }
}

/// <summary>The queue holds as many as it may.</summary>
internal sealed class QueueFullException(TimeSpan retryDelay) : Exception("Too many programs are waiting to run. Try again later.")
{
    /// <summary>When to try again: an estimate from how many wait and how long runs took of late; 0.25-30 s.</summary>
    public TimeSpan RetryDelay => retryDelay;
}

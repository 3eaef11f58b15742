namespace OnlineCompiler.ExecutionService.Sandbox.Prepared;

/// <summary>The stages of one mould that wait, and how many should. Its pool's lock guards it.</summary>
internal sealed class Shelf(Mould mould, int most, TimeProvider time)
{
    /// <summary>Arrivals count for about as long as this, each a little less with every second.</summary>
    private static readonly TimeSpan _memory = TimeSpan.FromSeconds(30);

    /// <summary>For how long one waits for the next user of a language that is not used just now.</summary>
    private static readonly TimeSpan _idle = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(1);

    /// <summary>Before the first has been weighed.</summary>
    private const long UnknownHostBytes = 64 * 1024 * 1024;

    private const long LeastBytes = 1024 * 1024;

    private double _load;
    private long _lastArrival = time.GetTimestamp();
    private int _failures;
    private long _failedAt;

    public Mould Mould => mould;

    public List<PreparedStage> Ready { get; } = [];

    /// <summary>What one of its stages holds.</summary>
    public long StageBytes { get; private set; } = mould.Host is null ? LeastBytes : UnknownHostBytes;

    /// <summary>The kernel's own for a sandbox is not counted anywhere.</summary>
    public static long BytesOf(PreparedStage stage) => Math.Max(LeastBytes, stage.MemoryBytes);

    /// <summary>Somebody said that there will be demand, and one always waits.</summary>
    public bool IsExpected { get; set; }

    /// <summary>Since the service started.</summary>
    public long TakenCount { get; set; }

    /// <summary>Arrivals of late.</summary>
    public double Load => _load * Math.Exp(-time.GetElapsedTime(_lastArrival) / _memory);

    /// <summary>One for the next user, and half as many as came of late for those who come at once.</summary>
    public int Target => IsExpected || time.GetElapsedTime(_lastArrival) < _idle ? Math.Min(most, 1 + (int)Math.Ceiling((Load - 0.5) / 2)) : 0;

    public int Missing => IsPausing ? 0 : Target - Ready.Count;

    /// <summary>One that cannot be made now (its runtime is not installed, say) is tried less and less often.</summary>
    public bool IsPausing => PauseLeft > TimeSpan.Zero;

    public TimeSpan PauseLeft => _failures == 0 ? TimeSpan.Zero : Pause - time.GetElapsedTime(_failedAt);

    private TimeSpan Pause => TimeSpan.FromSeconds(Math.Min(1 << Math.Min(_failures, 10), _longestPause.TotalSeconds));

    public void CountArrival()
    {
        _load = Load + 1;
        _lastArrival = time.GetTimestamp();
    }

    public void Weigh(PreparedStage stage)
    {
        _failures = 0;
        StageBytes = BytesOf(stage);
    }

    /// <summary>Those that fail together have failed once.</summary>
    public void CountFailure()
    {
        if (IsPausing)
            return;
        _failures++;
        _failedAt = time.GetTimestamp();
    }
}

/// <param name="Mould">Whose stages.</param>
/// <param name="Ready">How many wait.</param>
/// <param name="Target">How many should.</param>
/// <param name="Taken">How many were of use.</param>
/// <param name="StageBytes">What one of them holds of the machine's memory.</param>
internal sealed record ShelfCount(Mould Mould, int Ready, int Target, long Taken, long StageBytes);

namespace OnlineCompiler.ExecutionService.Sandbox.Prepared;

/// <summary>Section <c>Sandbox:Prepared</c>: sandboxes that are made, and runtimes that are booted, before anyone asks for them.</summary>
internal sealed class PreparedOptions
{
    private const string Section = $"{SandboxOptions.Section}:{nameof(SandboxOptions.Prepared)}";
    private const long LowestBudgetBytes = 1024 * 1024;
    private static readonly TimeSpan _longestRefillDelay = TimeSpan.FromSeconds(1);

    /// <summary>Whether any are. Default true; without, every stage is made when it is needed. Only the namespaces backend prepares.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many may wait of one mould (no runtime, or one language's) at most; how many do follows demand. Default 8; range 1-256.</summary>
    public int MaxPerMould { get; set; } = 8;

    /// <summary>
    /// What all that wait may hold of the machine's memory, in bytes. Default: an eighth of what this process may use; at
    /// least 1 048 576.
    /// </summary>
    public long? MemoryBudgetBytes { get; set; }

    /// <summary>
    /// How long after a stage was taken the next is made: by then a short run has had the processors to itself. Under load, when
    /// stages are taken all the time, one is made in ten times as long. Default 25 ms; range 0-1 s.
    /// </summary>
    public TimeSpan RefillDelay { get; set; } = TimeSpan.FromMilliseconds(25);

    internal long BudgetBytes => MemoryBudgetBytes ?? Math.Max(LowestBudgetBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8);

    internal IEnumerable<string> FindWrong()
    {
        if (RefillDelay < TimeSpan.Zero || RefillDelay > _longestRefillDelay)
            yield return $"{Section}:{nameof(RefillDelay)} must be from 00:00:00 to {_longestRefillDelay}, not {RefillDelay}.";
        if (MaxPerMould is < 1 or > 256)
            yield return $"{Section}:{nameof(MaxPerMould)} must be from 1 to 256, not {MaxPerMould}.";
        if (MemoryBudgetBytes < LowestBudgetBytes)
            yield return $"{Section}:{nameof(MemoryBudgetBytes)} must be at least {LowestBudgetBytes}, not {MemoryBudgetBytes}.";
    }
}

using OnlineCompiler.Execution.V1;
using OnlineCompiler.Worker.V1;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Wire;

/// <summary>An order as the messages that carry it, both ways.</summary>
internal static class JobMessages
{
    /// <summary>Microseconds a <see cref="TimeSpan"/> can hold, and to spare.</summary>
    private const ulong MaxTimeUs = 1_000_000_000_000;

    public static IEnumerable<DispatcherMessage> Of(string jobId, SandboxOrder order)
    {
        var job = new Job
        {
            JobId = jobId,
            Command = { order.Command },
            Environment = { order.Environment.ToDictionary() },
            FileCount = (uint)order.Files.Count,
            Limits = ToWire(order.Limits),
            Terminal = order.Terminal is { } size ? ToWire(size) : null,
            Collect = { order.Collect },
        };
        if (order.Root is { } root)
            job.Root = root;
        if (order.CollectLimitBytes is { } limit)
            job.CollectLimitBytes = (ulong)limit;
        yield return new DispatcherMessage { Job = job };
        foreach (var piece in order.Files.SelectMany(FileAssembly.Cut))
            yield return new DispatcherMessage { File = piece };
    }

    /// <exception cref="InvalidDataException">A value is out of the range it can have.</exception>
    public static SandboxOrder Order(Job job, IReadOnlyList<WorkspaceFile> files) => new()
    {
        Command = [.. job.Command],
        Environment = new Dictionary<string, string>(job.Environment),
        Files = files,
        Limits = FromWire(job.Limits ?? throw new InvalidDataException("The job has no limits.")),
        Terminal = job.Terminal is { } size ? FromWire(size) : null,
        Collect = [.. job.Collect],
        Root = job.HasRoot ? job.Root : null,
        CollectLimitBytes = job.HasCollectLimitBytes ? checked((long)job.CollectLimitBytes) : null,
    };

    public static TerminalSize ToWire(TerminalDimensions size) => new() { Columns = (uint)size.Columns, Rows = (uint)size.Rows };

    public static TerminalDimensions FromWire(TerminalSize size) => new((int)size.Columns, (int)size.Rows);

    public static ulong Microseconds(TimeSpan time) => (ulong)time.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <exception cref="InvalidDataException">Nothing lasts that long.</exception>
    public static TimeSpan Time(ulong microseconds) =>
        microseconds <= MaxTimeUs ? TimeSpan.FromMicroseconds(microseconds) : throw new InvalidDataException("A time is longer than possible.");

    private static JobLimits ToWire(SandboxLimits limits)
    {
        var wire = new JobLimits
        {
            CpuTimeUs = Microseconds(limits.CpuTime),
            MemoryBytes = (ulong)limits.MemoryBytes,
            Processes = (uint)limits.Processes,
            OutputBytes = (ulong)limits.OutputBytes,
            WorkspaceBytes = (ulong)limits.WorkspaceBytes,
            WorkspaceFiles = (uint)limits.WorkspaceFiles,
            OpenFiles = (uint)limits.OpenFiles,
            FileSizeBytes = (ulong)limits.FileSizeBytes,
            StackBytes = (ulong)limits.StackBytes,
        };
        if (limits.WallTime is { } wallTime)
            wire.WallTimeUs = Microseconds(wallTime);
        return wire;
    }

    private static SandboxLimits FromWire(JobLimits limits) => new()
    {
        WallTime = limits.HasWallTimeUs ? Time(limits.WallTimeUs) : null,
        CpuTime = Time(limits.CpuTimeUs),
        MemoryBytes = (long)limits.MemoryBytes,
        Processes = (int)limits.Processes,
        OutputBytes = (long)limits.OutputBytes,
        WorkspaceBytes = (long)limits.WorkspaceBytes,
        WorkspaceFiles = (int)limits.WorkspaceFiles,
        OpenFiles = (int)limits.OpenFiles,
        FileSizeBytes = (long)limits.FileSizeBytes,
        StackBytes = (long)limits.StackBytes,
    };
}

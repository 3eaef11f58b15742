using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>The limits a request asks for, checked; null where it asks for none. Turned into a stage's limits here.</summary>
internal sealed record RequestedLimits
{
    public const long LowestMemoryBytes = 4 * 1024 * 1024;
    public const long LowestCompileMemoryBytes = 16 * 1024 * 1024;
    public const long LowestWorkspaceBytes = 1024 * 1024;

    public long? WallTimeMs { get; init; }

    public long? CpuTimeMs { get; init; }

    public long? MemoryBytes { get; init; }

    public long? Processes { get; init; }

    public long? OutputBytes { get; init; }

    public long? WorkspaceBytes { get; init; }

    public long? CompileWallTimeMs { get; init; }

    public long? CompileMemoryBytes { get; init; }

    /// <summary>These, and where they ask for nothing, the other ones.</summary>
    public RequestedLimits Over(RequestedLimits other) => new()
    {
        WallTimeMs = WallTimeMs ?? other.WallTimeMs,
        CpuTimeMs = CpuTimeMs ?? other.CpuTimeMs,
        MemoryBytes = MemoryBytes ?? other.MemoryBytes,
        Processes = Processes ?? other.Processes,
        OutputBytes = OutputBytes ?? other.OutputBytes,
        WorkspaceBytes = WorkspaceBytes ?? other.WorkspaceBytes,
        CompileWallTimeMs = CompileWallTimeMs ?? other.CompileWallTimeMs,
        CompileMemoryBytes = CompileMemoryBytes ?? other.CompileMemoryBytes,
    };

    /// <summary>Limits of the compile stage. Its CPU time may be all processors for as long as its wall time.</summary>
    public SandboxLimits ForCompile(LimitsOptions options, PackLimits pack)
    {
        var wallTime = TimeSpan.FromMilliseconds(CompileWallTimeMs ?? pack.WallTimeMs ?? options.CompileWallTimeMs.Default);
        return Base(options, pack) with
        {
            WallTime = wallTime,
            CpuTime = TimeSpan.FromMilliseconds(pack.CpuTimeMs ?? wallTime.TotalMilliseconds * Environment.ProcessorCount),
            MemoryBytes = CompileMemoryBytes ?? pack.MemoryBytes ?? options.CompileMemoryBytes.Default,
            Processes = pack.Processes ?? (int)options.Processes.Maximum / 2,
            OutputBytes = OutputBytes ?? options.OutputBytes.Default,
        };
    }

    /// <summary>Limits of the run stage.</summary>
    public SandboxLimits ForRun(LimitsOptions options, PackLimits pack) => Base(options, pack) with
    {
        WallTime = TimeSpan.FromMilliseconds(WallTimeMs ?? pack.WallTimeMs ?? options.RunWallTimeMs.Default),
        CpuTime = TimeSpan.FromMilliseconds(CpuTimeMs ?? pack.CpuTimeMs ?? options.CpuTimeMs.Default),
        MemoryBytes = MemoryBytes ?? pack.MemoryBytes ?? options.RunMemoryBytes.Default,
        Processes = (int)(Processes ?? pack.Processes ?? options.Processes.Default),
        OutputBytes = OutputBytes ?? options.OutputBytes.Default,
    };

    private SandboxLimits Base(LimitsOptions options, PackLimits pack) => new()
    {
        WallTime = null,
        CpuTime = TimeSpan.Zero,
        MemoryBytes = 0,
        Processes = 0,
        OutputBytes = 0,
        WorkspaceBytes = WorkspaceBytes ?? pack.WorkspaceBytes ?? options.WorkspaceBytes.Default,
        WorkspaceFiles = options.WorkspaceFiles,
        OpenFiles = pack.OpenFiles ?? options.OpenFiles,
        FileSizeBytes = options.FileSizeBytes,
        StackBytes = options.StackBytes,
    };
}

namespace OnlineCompiler.ExecutionService.Sandbox;

/// <summary>What a run tells while it lives.</summary>
internal abstract record SandboxEvent;

/// <summary>The program has been executed; time is measured from here.</summary>
internal sealed record SandboxStarted : SandboxEvent;

/// <param name="Stream">Which of the program's streams.</param>
/// <param name="Data">Valid until the next event is asked for.</param>
internal sealed record SandboxOutput(SandboxStream Stream, ReadOnlyMemory<byte> Data) : SandboxEvent;

/// <summary>A file of the workspace that was asked for; comes after the program's end, before <see cref="SandboxExited"/>.</summary>
internal sealed record SandboxFile(WorkspaceFile File) : SandboxEvent;

/// <summary>The last event: nothing of the run is left but this.</summary>
internal sealed record SandboxExited(SandboxReport Report) : SandboxEvent;

internal enum SandboxStream
{
    StandardOutput,
    StandardError,
    Terminal,
}

/// <summary>How a program ended; the names are those of the public contract.</summary>
internal enum SandboxOutcome
{
    Succeeded,
    NonzeroExit,
    Signaled,
    WallTimeLimit,
    CpuTimeLimit,
    MemoryLimit,
    OutputLimit,
    WorkspaceLimit,
    Cancelled,
}

/// <summary>The end of a run, in numbers.</summary>
internal sealed record SandboxReport
{
    public required SandboxOutcome Outcome { get; init; }

    /// <summary>0-255 when the program exited by itself.</summary>
    public int? ExitCode { get; init; }

    /// <summary>E.g. <c>SIGSEGV</c>, when a signal ended it.</summary>
    public string? Signal { get; init; }

    /// <summary>How strongly the program was kept apart.</summary>
    public required SandboxIsolation Isolation { get; init; }

    /// <summary>From the program's start to its end.</summary>
    public required TimeSpan WallTime { get; init; }

    /// <summary>Of all processes, children included.</summary>
    public required TimeSpan UserCpuTime { get; init; }

    /// <summary>Of all processes, children included.</summary>
    public required TimeSpan SystemCpuTime { get; init; }

    /// <summary>Of all processes and the files they wrote; 0 when the machine cannot tell.</summary>
    public required long MemoryPeakBytes { get; init; }

    public bool OutputTruncated { get; init; }

    public bool ErrorTruncated { get; init; }

    /// <summary>Names the limit that was reached, with its value; says how many files were left out.</summary>
    public string? Message { get; init; }
}

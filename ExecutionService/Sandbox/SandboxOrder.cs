using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Sandbox;

/// <summary>One program to run, and what it may use. Checked by the caller; the launcher checks its form again.</summary>
internal sealed record SandboxOrder
{
    /// <summary>Command and arguments; the command is looked up in the sandbox's PATH.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The whole environment; nothing is inherited.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Files of the fresh workspace; paths are relative and stay inside.</summary>
    public required IReadOnlyList<WorkspaceFile> Files { get; init; }

    public required SandboxLimits Limits { get; init; }

    /// <summary>What may have booted the program's runtime ahead; the program is the same with and without.</summary>
    public PreparedHost? Host { get; init; }

    /// <summary>
    /// Name of the toolchains' root whose /usr and /etc the program sees in place of the machine's (lower-case letters, digits,
    /// '-', '.'); null for the machine's. Only where <see cref="SandboxPlaces.OffersRoots"/>.
    /// </summary>
    public string? Root { get; init; }

    /// <summary>A terminal for input, output and error; none gives three pipes.</summary>
    public TerminalDimensions? Terminal { get; init; }

    /// <summary>Globs (<c>*</c>, <c>?</c>, <c>**</c>) of workspace files to hand back when the program has ended.</summary>
    public IReadOnlyList<string> Collect { get; init; } = [];

    /// <summary>Bytes of all files handed back; files beyond are left out. Default: the workspace limit.</summary>
    public long? CollectLimitBytes { get; init; }
}

/// <param name="Path">Relative to the workspace, '/'-separated.</param>
/// <param name="Content">The bytes of the file.</param>
/// <param name="IsExecutable">Mode 0755 rather than 0644.</param>
internal sealed record WorkspaceFile(string Path, ReadOnlyMemory<byte> Content, bool IsExecutable = false);

/// <summary>Columns and rows, 1-1000 each.</summary>
internal sealed record TerminalDimensions(int Columns, int Rows);

/// <summary>What one stage may use. Every value is set by the caller; there are no defaults here.</summary>
internal sealed record SandboxLimits
{
    /// <summary>From the start of the program. Null: the caller keeps the time itself and calls <see cref="ISandboxRun.Kill"/>.</summary>
    public required TimeSpan? WallTime { get; init; }

    /// <summary>User and system time of all processes together.</summary>
    public required TimeSpan CpuTime { get; init; }

    /// <summary>All processes and the files they write.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Processes and threads.</summary>
    public required int Processes { get; init; }

    /// <summary>Standard output and error together.</summary>
    public required long OutputBytes { get; init; }

    /// <summary>Workspace, /tmp and shared memory together.</summary>
    public required long WorkspaceBytes { get; init; }

    /// <summary>Files and folders of those.</summary>
    public required int WorkspaceFiles { get; init; }

    /// <summary>Of one process.</summary>
    public required int OpenFiles { get; init; }

    public required long FileSizeBytes { get; init; }

    public required long StackBytes { get; init; }
}

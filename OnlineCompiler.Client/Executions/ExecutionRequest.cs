using System.Diagnostics.CodeAnalysis;

namespace OnlineCompiler.Client;

/// <summary>A program to run. What is null takes the service's default.</summary>
public sealed record ExecutionRequest
{
    /// <summary>Most files of a program.</summary>
    public const int MaxFiles = 100;

    /// <summary>Most bytes of all files of a program together: 4 MiB. One file may have 1 MiB.</summary>
    public const int MaxFilesBytes = 4 * 1024 * 1024;

    /// <summary>A program whose members are set one by one.</summary>
    public ExecutionRequest()
    {
    }

    /// <summary>A program of one file or more.</summary>
    /// <param name="language">Id or alias of a language.</param>
    /// <param name="files">1-100 files.</param>
    [SetsRequiredMembers]
    public ExecutionRequest(string language, params IReadOnlyList<SourceFile> files) => (Language, Files) = (language, files);

    /// <summary>Id or alias of a language.</summary>
    public required string Language { get; init; }

    /// <summary>Version range that the toolchain must satisfy, e.g. "3", "^12", "*". Default: the language's own version.</summary>
    public string? Version { get; init; }

    /// <summary>1-100 files, each at most 1 MiB, all at most 4 MiB.</summary>
    public required IReadOnlyList<SourceFile> Files { get; init; }

    /// <summary>Path of the file to start with. Default: the language's own entry point if present, else the first file.</summary>
    public string? EntryPoint { get; init; }

    /// <summary>Extra arguments for the compiler, at most 64 of 4096 bytes; only for compiled languages.</summary>
    public IReadOnlyList<string>? CompilerArguments { get; init; }

    /// <summary>Arguments of the program, at most 256 of 4096 bytes.</summary>
    public IReadOnlyList<string>? Arguments { get; init; }

    /// <summary>Environment of the program, added to the sandbox's own; at most 64 variables.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Standard input, at most 4 MiB, then end of input. Not for interactive runs, which send it.</summary>
    public TextOrBytes? Stdin { get; init; }

    /// <summary>Limits of the program. Default: the service's.</summary>
    public ExecutionLimits? Limits { get; init; }

    /// <summary>Globs (*, ?, **) of workspace files to hand back, at most 32; what is handed back is at most 16 MiB.</summary>
    public IReadOnlyList<string>? Collect { get; init; }
}

/// <summary>A file of the program.</summary>
/// <param name="Path">Relative, '/'-separated, without "." or ".."; at most 255 bytes.</param>
/// <param name="Content">At most 1 MiB.</param>
public sealed record SourceFile(string Path, TextOrBytes Content);

/// <summary>
/// Limits of a program; null is the default. Defaults and maxima are the service's, here as it is delivered; above the
/// maximum is refused, never silently lowered.
/// </summary>
public sealed record ExecutionLimits
{
    /// <summary>Milliseconds of the run; 1-60 000, default 10 000. Waiting for input does not count in interactive runs.</summary>
    public int? WallTimeMs { get; init; }

    /// <summary>Milliseconds of CPU of all processes of the run; 1-60 000, default 5 000.</summary>
    public int? CpuTimeMs { get; init; }

    /// <summary>Bytes, files in the workspace included; 4 MiB-2 GiB, default 256 MiB, for some languages more.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Processes and threads; 1-512, default 64, for some languages more.</summary>
    public int? Processes { get; init; }

    /// <summary>Bytes of standard output and error together; 1-16 MiB, default 1 MiB.</summary>
    public long? OutputBytes { get; init; }

    /// <summary>Bytes of the workspace; 1-512 MiB, default 64 MiB.</summary>
    public long? WorkspaceBytes { get; init; }

    /// <summary>Milliseconds of the compile stage; 1-60 000, default 15 000.</summary>
    public int? CompileWallTimeMs { get; init; }

    /// <summary>Bytes for the compile stage; 16 MiB-2 GiB, default 1 GiB.</summary>
    public long? CompileMemoryBytes { get; init; }
}

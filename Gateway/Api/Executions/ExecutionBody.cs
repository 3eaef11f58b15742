using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Api.Executions;

/// <summary>A program to run. Members are nullable because callers may leave them out; the mapping says what is missing.</summary>
internal sealed record ExecutionBody
{
    [Required, Description("Id or alias of a language.")]
    public string? Language { get; init; }

    [Description("Version range that the toolchain must satisfy, e.g. \"3\", \"^12\", \"*\". Default: any.")]
    public string? Version { get; init; }

    [Required, MinLength(1), MaxLength(100), Description("The program: 1-100 files, each at most 1 MiB, all at most 4 MiB.")]
    public IReadOnlyList<FileBody?>? Files { get; init; }

    [Description("Path of the file to start with. Default: the language's own if present, else the first file.")]
    public string? EntryPoint { get; init; }

    [MaxLength(64), Description("Extra arguments for the compiler; only for compiled languages.")]
    public IReadOnlyList<string?>? CompilerArguments { get; init; }

    [MaxLength(256), Description("Arguments of the program.")]
    public IReadOnlyList<string?>? Arguments { get; init; }

    [Description("Environment of the program, added to the sandbox's own; at most 64.")]
    public IReadOnlyDictionary<string, string?>? Environment { get; init; }

    [Description("Standard input, at most 4 MiB, then end of input.")]
    public TextOrBytes? Stdin { get; init; }

    public LimitsBody? Limits { get; init; }

    [MaxLength(32), Description("Globs (*, ?, **) of workspace files to hand back after the run, all of them at most 16 MiB.")]
    public IReadOnlyList<string?>? Collect { get; init; }
}

internal sealed record FileBody
{
    [Required, MaxLength(255), Description("Relative, '/'-separated, without \".\" or \"..\".")]
    public string? Path { get; init; }

    [Required]
    public TextOrBytes? Content { get; init; }
}

[Description("Absent members take their defaults; above the maximum is an error, never silently lowered.")]
internal sealed record LimitsBody
{
    [Range(1, 60_000), Description("Milliseconds of the run; default 10 000.")]
    public uint? WallTimeMs { get; init; }

    [Range(1, 60_000), Description("Milliseconds of CPU of all processes of the run; default 5 000.")]
    public uint? CpuTimeMs { get; init; }

    [Range(4_194_304, 2_147_483_648), Description("Bytes, files in the workspace included; default 256 MiB, some languages more.")]
    public ulong? MemoryBytes { get; init; }

    [Range(1, 512), Description("Processes and threads; default 64, some languages more.")]
    public uint? Processes { get; init; }

    [Range(1, 16_777_216), Description("Bytes of standard output and error together; default 1 MiB.")]
    public ulong? OutputBytes { get; init; }

    [Range(1, 536_870_912), Description("Bytes of the workspace; default 64 MiB.")]
    public ulong? WorkspaceBytes { get; init; }

    [Range(1, 60_000), Description("Milliseconds of the compile stage; default 15 000.")]
    public uint? CompileWallTimeMs { get; init; }

    [Range(16_777_216, 2_147_483_648), Description("Bytes for the compile stage; default 1 GiB.")]
    public ulong? CompileMemoryBytes { get; init; }
}

using System.Text.Json.Serialization;

namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>
/// A language as its <c>packs/&lt;id&gt;/pack.json</c> declares it; pack.schema.json describes every key. Commands are
/// lists whose items may hold placeholders, see <see cref="CommandTemplate"/>.
/// </summary>
internal sealed record LanguagePack
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Whether it is installed where nobody says which languages.</summary>
    public bool Core { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>With the dot, the usual one first.</summary>
    public required IReadOnlyList<string> Extensions { get; init; }

    /// <summary>Which of the request's files the compiler is given. Default: those of <see cref="Extensions"/>.</summary>
    public IReadOnlyList<string>? SourceExtensions { get; init; }

    public required string EditorMode { get; init; }

    /// <summary>What starts a comment that ends with its line; null when the language has none.</summary>
    public string? LineComment { get; init; }

    /// <summary>What starts and ends a comment of several lines.</summary>
    public IReadOnlyList<string>? BlockComment { get; init; }

    public required string EntryPoint { get; init; }

    /// <summary>File of the pack with a sample program.</summary>
    public required string Sample { get; init; }

    /// <summary>File of the pack with the sample's standard input.</summary>
    public string? SampleStdin { get; init; }

    public required PackVersion Version { get; init; }

    public PackInstall Install { get; init; } = new();

    /// <summary>For both stages.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Absent for languages that run from source.</summary>
    public PackStage? Compile { get; init; }

    public required PackStage Run { get; init; }

    /// <summary>How errors and warnings in the program are recognised in what compiling and running print.</summary>
    public IReadOnlyList<PackDiagnostic> Diagnostics { get; init; } = [];

    /// <summary>Further versions, installed side by side.</summary>
    public IReadOnlyList<PackAlternative> Alternatives { get; init; } = [];

    /// <summary>Popular libraries that an operator may install, too.</summary>
    public PackLibraries? Libraries { get; init; }

    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Whether a prepare.sh makes part of the toolchain.</summary>
    [JsonIgnore]
    public bool NeedsPreparation { get; init; }

    /// <summary>Its folder in /opt/toolchains.</summary>
    [JsonIgnore]
    public string ToolchainFolder { get => field ?? Id; private init; }

    /// <summary>Its folder in /opt/toolchains/roots, seen in place of the machine's toolchains; null when it uses those.</summary>
    [JsonIgnore]
    public string? Root { get => field ?? (Install.Root is null ? null : Id); private init; }

    /// <summary>The alternative's; null for the pack's own version.</summary>
    [JsonIgnore]
    public string? VersionName { get; private init; }

    public LanguagePack With(PackAlternative alternative) => this with
    {
        Version = alternative.Version,
        Install = alternative.Install ?? Install,
        Environment = alternative.Environment ?? Environment,
        Compile = alternative.Compile ?? Compile,
        Run = alternative.Run ?? Run,
        VersionName = alternative.Name,
        Root = alternative.Install?.Root is null ? null : $"{Id}-{alternative.Name}",
        NeedsPreparation = NeedsPreparation && !alternative.HasOwnToolchain && alternative.Install?.Root is null,
        ToolchainFolder = alternative.HasOwnToolchain ? $"{Id}-{alternative.Name}" : Id,
    };
}

/// <param name="Command">Prints the version of the toolchain; failing means that it is not installed.</param>
/// <param name="Pattern">Regular expression whose first group is the version.</param>
internal sealed record PackVersion(IReadOnlyList<string> Command, string Pattern);

internal sealed record PackInstall
{
    /// <summary>Debian packages, as <c>name</c> or <c>name/release</c>.</summary>
    public IReadOnlyList<string> Apt { get; init; } = [];

    /// <summary>Debian release whose packages they are, unpacked into a root of their own; null: the machine's own packages.</summary>
    public string? Root { get; init; }
}

/// <summary>A place in the program, as a tool prints it.</summary>
internal sealed record PackDiagnostic
{
    /// <summary>
    /// Regular expression with the groups line and, if printed, file, column, severity and message. With
    /// <see cref="Frame"/>, the group frames holds the lines of a stack instead of file and line.
    /// </summary>
    public required string Pattern { get; init; }

    /// <summary>Regular expression for one place in the group frames.</summary>
    public string? Frame { get; init; }

    /// <summary>Which frame is where the error happened, "first" or "last"; of the program's own the one nearest to it counts.</summary>
    public string Innermost { get; init; } = "first";

    /// <summary>"error", "warning" or "info" where the pattern's group says nothing.</summary>
    public string Severity { get; init; } = "error";

    /// <summary>Number of a line's first column, 0 or 1.</summary>
    public int ColumnsFrom { get; init; } = 1;

    /// <summary>"compile" or "run"; null for both.</summary>
    public string? Stage { get; init; }
}

/// <summary>A version beside the pack's own; what it does not say is as in the pack.</summary>
internal sealed record PackAlternative
{
    /// <summary>Tells it from the others; its npm packages are those of the folder <c>toolchain-&lt;name&gt;</c>.</summary>
    public required string Name { get; init; }

    public required PackVersion Version { get; init; }

    public PackInstall? Install { get; init; }

    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    public PackStage? Compile { get; init; }

    public PackStage? Run { get; init; }

    /// <summary>Whether the folder is there; else the npm packages are the pack's.</summary>
    [JsonIgnore]
    public bool HasOwnToolchain { get; init; }
}

internal sealed record PackLibraries
{
    /// <summary>Debian packages; npm packages are those of the folder <c>libraries</c>.</summary>
    public IReadOnlyList<string> Apt { get; init; } = [];

    /// <summary>Prints a line with name and version for each library that is there.</summary>
    public required IReadOnlyList<string> Command { get; init; }
}

internal sealed record PackStage
{
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Boots the runtime ahead of need; absent where there is nothing to boot.</summary>
    public PackPrepared? Prepared { get; init; }

    /// <summary>Compile stage only: globs of what the run stage gets beside the request's files.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public PackLimits Limits { get; init; } = new();
}

internal sealed record PackPrepared
{
    /// <summary>A program of the pack that boots, waits for its release, and becomes what the stage's command would have been.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Beside the stage's, while it boots.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it boots once, loads the launcher, and programs are copies of it.</summary>
    public bool Forks { get; init; }
}

/// <summary>What a language needs by default where it differs from the service's defaults; a request may still say otherwise.</summary>
internal sealed record PackLimits
{
    public int? WallTimeMs { get; init; }

    public int? CpuTimeMs { get; init; }

    public long? MemoryBytes { get; init; }

    public int? Processes { get; init; }

    public long? WorkspaceBytes { get; init; }

    /// <summary>Of one process.</summary>
    public int? OpenFiles { get; init; }
}

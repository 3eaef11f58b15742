namespace OnlineCompiler.Client;

/// <summary>What became of a program. One that fails, or is stopped at a limit, is a result like any other.</summary>
public sealed record ExecutionResult
{
    /// <summary>Names this run in the service's logs and traces.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the language, whatever alias the request used.</summary>
    public required string Language { get; init; }

    /// <summary>Version of the toolchain that ran it.</summary>
    public required string Version { get; init; }

    /// <summary>Of the last stage that ran: the compile stage's when it failed, else the run's.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Null when the language has no compile stage.</summary>
    public StageResult? Compile { get; init; }

    /// <summary>Null when compiling failed.</summary>
    public StageResult? Run { get; init; }

    /// <summary>Files that were asked for; empty at the end of a stream, which has sent them already.</summary>
    public IReadOnlyList<Artifact> Artifacts { get; init; } = [];

    /// <summary>Null in the full sandbox; else which weaker one the service's operator accepted, e.g. "process".</summary>
    public string? Isolation { get; init; }
}

/// <summary>What became of one stage.</summary>
public sealed record StageResult
{
    /// <summary>How the stage ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>0-255; null unless the program exited by itself.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Name of the signal that ended it, e.g. "SIGSEGV"; else null.</summary>
    public string? Signal { get; init; }

    /// <summary>Standard output; empty at the end of a stream, which has sent it already.</summary>
    public TextOrBytes Stdout { get; init; }

    /// <summary>Standard error; empty at the end of a stream, which has sent it already.</summary>
    public TextOrBytes Stderr { get; init; }

    /// <summary>Whether output was cut at the output limit.</summary>
    public bool Truncated { get; init; }

    /// <summary>Milliseconds from the start of the program itself; preparing the sandbox is not included.</summary>
    public double WallTimeMs { get; init; }

    /// <summary>Milliseconds of user and system time of all processes.</summary>
    public double CpuTimeMs { get; init; }

    /// <summary>Bytes of all processes and of the files they wrote, at their peak.</summary>
    public long MemoryPeakBytes { get; init; }

    /// <summary>For people: names the limit that was reached, with its value; else null.</summary>
    public string? Message { get; init; }

    /// <summary>Places in the program that its output names, in its order, at most 100.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Whether the same program had been compiled before; then all of this is as it was then, times included.</summary>
    public bool Cached { get; init; }
}

/// <summary>A place in the program that a compiler or runtime complained about.</summary>
public sealed record Diagnostic
{
    /// <summary>Path of one of the request's files.</summary>
    public required string File { get; init; }

    /// <summary>From 1.</summary>
    public required int Line { get; init; }

    /// <summary>From 1, counted as the tool counts; null when it did not say.</summary>
    public int? Column { get; init; }

    /// <summary>How bad it is.</summary>
    public required Severity Severity { get; init; }

    /// <summary>One line, at most 1 000 characters.</summary>
    public required string Message { get; init; }
}

/// <summary>A file that the program left and the request asked for.</summary>
/// <param name="Path">Relative to the workspace. Chosen by the program: check it before using it as a path of your own.</param>
/// <param name="MediaType">By the file's name, else by its content, e.g. "image/png".</param>
/// <param name="Content">The file.</param>
public sealed record Artifact(string Path, string MediaType, TextOrBytes Content);

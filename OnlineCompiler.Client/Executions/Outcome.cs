using System.Text.Json.Serialization;

namespace OnlineCompiler.Client;

/// <summary>How a stage ended.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Outcome>))]
public enum Outcome
{
    /// <summary>It exited with status 0.</summary>
    Succeeded,

    /// <summary>It exited with another status.</summary>
    NonzeroExit,

    /// <summary>A signal ended it that was not the service's.</summary>
    Signaled,

    /// <summary>It ran too long.</summary>
    WallTimeLimit,

    /// <summary>It computed too long.</summary>
    CpuTimeLimit,

    /// <summary>It needed too much memory.</summary>
    MemoryLimit,

    /// <summary>It printed too much.</summary>
    OutputLimit,

    /// <summary>A write failed because the workspace was full, and the program failed.</summary>
    WorkspaceLimit,

    /// <summary>The caller asked for it, or an interactive program waited too long for input.</summary>
    Cancelled,
}

/// <summary>A part of a run.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Stage>))]
public enum Stage
{
    /// <summary>Making the program.</summary>
    Compile,

    /// <summary>The program itself.</summary>
    Run,
}

/// <summary>Where output was written.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<OutputChannel>))]
public enum OutputChannel
{
    /// <summary>Standard output.</summary>
    Stdout,

    /// <summary>Standard error.</summary>
    Stderr,

    /// <summary>Both, as the terminal got them.</summary>
    Terminal,
}

/// <summary>How bad a diagnostic is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>The program cannot be built or run.</summary>
    Error,

    /// <summary>It can, but something looks wrong.</summary>
    Warning,

    /// <summary>Notes, hints and the like.</summary>
    Info,
}

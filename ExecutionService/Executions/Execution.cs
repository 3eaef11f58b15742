using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.ExecutionService.Languages.Diagnostics;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>A checked request to run a program.</summary>
internal sealed record Execution
{
    public required string RequestId { get; init; }

    public required string Caller { get; init; }

    public required Language Language { get; init; }

    /// <summary>Of the language, as it is with the chosen version.</summary>
    public required LanguagePack Pack { get; init; }

    /// <summary>Of the toolchain that will run it.</summary>
    public required string Version { get; init; }

    public required IReadOnlyList<WorkspaceFile> Files { get; init; }

    public required string EntryPoint { get; init; }

    /// <summary>The entry point where there is no other source file; else null.</summary>
    public string? OnlySource => Files.Any(file => file.Path != EntryPoint && Language.IsSource(file.Path)) ? null : EntryPoint;

    public required RequestedLimits Limits { get; init; }

    public IReadOnlyList<string> CompilerArguments { get; init; } = [];

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public ReadOnlyMemory<byte> StandardInput { get; init; }

    /// <summary>A terminal for the run stage; compiling has none.</summary>
    public TerminalDimensions? Terminal { get; init; }

    public IReadOnlyList<string> Collect { get; init; } = [];
}

internal enum ExecutionStage
{
    Compile,
    Run,
}

/// <summary>What happens to an execution, in order; the last event is <see cref="ExecutionFinished"/>.</summary>
internal abstract record ExecutionEvent;

internal sealed record ExecutionAccepted : ExecutionEvent;

internal sealed record StageStarted(ExecutionStage Stage) : ExecutionEvent;

/// <param name="Stage">Whose output it is.</param>
/// <param name="Stream">Which of its streams.</param>
/// <param name="Data">Valid until the next event is asked for.</param>
internal sealed record StageOutput(ExecutionStage Stage, SandboxStream Stream, ReadOnlyMemory<byte> Data) : ExecutionEvent;

/// <param name="Stage">Which has ended.</param>
/// <param name="Report">How.</param>
/// <param name="Diagnostics">What its output says about places in the program.</param>
/// <param name="IsCached">It was not run now: the same compilation had been made before, and report and output are those of then.</param>
internal sealed record StageFinished(ExecutionStage Stage, SandboxReport Report, IReadOnlyList<Diagnostic> Diagnostics, bool IsCached) : ExecutionEvent;

internal sealed record ArtifactCollected(WorkspaceFile File) : ExecutionEvent;

/// <summary>Here the run said more than was kept for who reads it only now.</summary>
internal sealed record OutputMissed(long Bytes) : ExecutionEvent;

/// <summary>The service stops; a program that still runs then is ended.</summary>
internal sealed record ServiceStopping(TimeSpan Within) : ExecutionEvent;

/// <param name="Compile">Absent when there is no such stage.</param>
/// <param name="Run">Absent when compiling failed.</param>
/// <param name="QueueTime">From the request until its first stage started.</param>
internal sealed record ExecutionFinished(StageFinished? Compile, StageFinished? Run, TimeSpan QueueTime) : ExecutionEvent
{
    public SandboxOutcome Outcome => (Run ?? Compile)!.Report.Outcome;
}

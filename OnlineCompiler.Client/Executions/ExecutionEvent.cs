namespace OnlineCompiler.Client;

/// <summary>
/// What happens during a run: <see cref="AcceptedEvent"/> first; for each stage <see cref="StageStartedEvent"/>,
/// <see cref="OutputEvent"/>s and <see cref="StageFinishedEvent"/>; then <see cref="ArtifactEvent"/>s; last <see cref="ResultEvent"/>.
/// </summary>
public abstract record ExecutionEvent
{
    private protected ExecutionEvent()
    {
    }
}

/// <summary>The request was checked and queued.</summary>
/// <param name="Id">Names this run in the service's logs and traces.</param>
/// <param name="Language">Id of the language.</param>
/// <param name="Version">Version of the toolchain.</param>
public sealed record AcceptedEvent(string Id, string Language, string Version) : ExecutionEvent;

/// <summary>A stage's program has started.</summary>
/// <param name="Stage">Which.</param>
public sealed record StageStartedEvent(Stage Stage) : ExecutionEvent;

/// <summary>A stage's program printed something.</summary>
/// <param name="Stage">Which stage.</param>
/// <param name="Stream">Where it was printed.</param>
/// <param name="Data">A piece of it; never cut inside a UTF-8 character.</param>
public sealed record OutputEvent(Stage Stage, OutputChannel Stream, TextOrBytes Data) : ExecutionEvent;

/// <summary>A stage has ended.</summary>
/// <param name="Stage">Which.</param>
/// <param name="Result">How; without its output, which was sent already.</param>
public sealed record StageFinishedEvent(Stage Stage, StageResult Result) : ExecutionEvent;

/// <summary>A file that the request asked for.</summary>
/// <param name="Artifact">The file.</param>
public sealed record ArtifactEvent(Artifact Artifact) : ExecutionEvent;

/// <summary>The run has ended; nothing follows.</summary>
/// <param name="Result">Without output and artifacts, which were sent already.</param>
public sealed record ResultEvent(ExecutionResult Result) : ExecutionEvent;

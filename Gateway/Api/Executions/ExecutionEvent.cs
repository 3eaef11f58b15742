using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Api.Executions;

/// <summary>What happens during a run. As server-sent events the name is the event's; in WebSocket frames it is the member <c>type</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AcceptedEvent), "accepted")]
[JsonDerivedType(typeof(ResumedEvent), "resumed")]
[JsonDerivedType(typeof(MissedEvent), "missed")]
[JsonDerivedType(typeof(StoppingEvent), "stopping")]
[JsonDerivedType(typeof(StageEvent), "stage")]
[JsonDerivedType(typeof(OutputEvent), "output")]
[JsonDerivedType(typeof(StageResultEvent), "stageResult")]
[JsonDerivedType(typeof(ArtifactEvent), "artifact")]
[JsonDerivedType(typeof(ExecutionAnswer), "result")]
[JsonDerivedType(typeof(ErrorEvent), "error")]
internal abstract record ExecutionEvent
{
    protected ExecutionEvent(string name) => Name = name;

    [JsonIgnore]
    public string Name { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Only in frames of a resumable run: how much it has said up to here; what a frame of type resume takes.")]
    public ulong? Position { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Only in frames of a resumable run: how many frames of its client it has taken so far, not counting start and resume.")]
    public ulong? Inputs { get; init; }
}

internal sealed record AcceptedEvent(string Id, string Language, string Version) : ExecutionEvent("accepted")
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Only of a resumable run: how to come back to it.")]
    public ResumeOffer? Resume { get; init; }
}

internal sealed record ResumeOffer(
    [property: Description("For whoever may have the run, and nobody else.")] string Token,
    [property: Description("How long the run is kept without a connection.")] uint WithinMs);

internal sealed record ResumedEvent(string Id, string Language, string Version) : ExecutionEvent("resumed");

internal sealed record MissedEvent([property: Description("Of output and artifacts that are not kept any more.")] ulong Bytes) : ExecutionEvent("missed");

internal sealed record StoppingEvent([property: Description("When the program is ended, if it still runs then.")] uint WithinMs) : ExecutionEvent("stopping");

internal sealed record StageEvent(Stage Stage) : ExecutionEvent("stage");

internal sealed record OutputEvent(Stage Stage, Output.Types.Stream Stream, TextOrBytes Data) : ExecutionEvent("output");

internal sealed record StageResultEvent(Stage Stage, StageAnswer Result) : ExecutionEvent("stageResult");

internal sealed record ArtifactEvent(string Path, string MediaType, TextOrBytes Content) : ExecutionEvent("artifact")
{
    public static ArtifactEvent From(Artifact artifact) => new(artifact.Path, artifact.MediaType, TextOrBytes.From(artifact.Content));
}

internal sealed record ErrorEvent(ProblemDetails Problem) : ExecutionEvent("error");

/// <summary>The whole answer; as the last event of a stream, without what the stream has sent already.</summary>
internal sealed record ExecutionAnswer() : ExecutionEvent("result")
{
    [Description("Names this run in logs and traces.")]
    public required string Id { get; init; }

    [Description("Id of the language, whatever alias the request used.")]
    public required string Language { get; init; }

    [Description("Version of the toolchain that ran it.")]
    public required string Version { get; init; }

    [Description("Of the last stage that ran: the compile stage's when it failed, else the run's.")]
    public required Outcome Outcome { get; init; }

    [Description("Null when the language has no compile stage.")]
    public required StageAnswer? Compile { get; init; }

    [Description("Null when compiling failed.")]
    public required StageAnswer? Run { get; init; }

    public required IReadOnlyList<ArtifactAnswer> Artifacts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Only there when the service's operator accepted a weaker sandbox than the full one: which.")]
    public Isolation? Isolation { get; init; }

    public static ExecutionAnswer From(ExecuteResponse response) => new()
    {
        Id = response.RequestId,
        Language = response.Language,
        Version = response.Version,
        Outcome = response.Outcome,
        Compile = StageAnswer.From(response.Compile),
        Run = StageAnswer.From(response.Run),
        Isolation = response.Isolation is Execution.V1.Isolation.Full or Execution.V1.Isolation.Unspecified ? null : response.Isolation,
        Artifacts = [.. response.Artifacts.Select(artifact => new ArtifactAnswer(artifact.Path, artifact.MediaType, TextOrBytes.From(artifact.Content)))],
    };
}

internal sealed record ArtifactAnswer(
    [property: Description("Relative to the workspace.")] string Path,
    [property: Description("By the file's name, else by its content, e.g. \"image/png\".")] string MediaType,
    TextOrBytes Content);

internal sealed record StageAnswer
{
    public required Outcome Outcome { get; init; }

    [Description("0-255; null unless the program exited by itself.")]
    public required int? ExitCode { get; init; }

    [Description("Name of the signal that ended it, e.g. \"SIGSEGV\"; else null.")]
    public required string? Signal { get; init; }

    public required TextOrBytes Stdout { get; init; }

    public required TextOrBytes Stderr { get; init; }

    [Description("True when output was cut at the output limit.")]
    public required bool Truncated { get; init; }

    [Description("From the start of the program itself; preparing the sandbox is not included.")]
    public required double WallTimeMs { get; init; }

    [Description("User and system time of all processes.")]
    public required double CpuTimeMs { get; init; }

    public required ulong MemoryPeakBytes { get; init; }

    [Description("For people: names the limit that was reached, with its value; else null.")]
    public required string? Message { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Places in the program that its output names, in its order, at most 100; not there when it names none.")]
    public IReadOnlyList<DiagnosticAnswer>? Diagnostics { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [Description("Only there when true: the same program had been compiled before, and all of this is as it was then, times included.")]
    public bool Cached { get; init; }

    public static StageAnswer? From(StageResult? result) => result is null ? null : new()
    {
        Outcome = result.Outcome,
        ExitCode = result.HasExitCode ? result.ExitCode : null,
        Signal = result.Signal is "" ? null : result.Signal,
        Stdout = TextOrBytes.From(result.Stdout),
        Stderr = TextOrBytes.From(result.Stderr),
        Truncated = result.StdoutTruncated || result.StderrTruncated,
        WallTimeMs = result.WallTimeMs,
        // Sums of parts of a microsecond would print as 4.8999999999999995.
        CpuTimeMs = Math.Round(result.UserCpuTimeMs + result.SystemCpuTimeMs, 3),
        MemoryPeakBytes = result.MemoryPeakBytes,
        Message = result.Message is "" ? null : result.Message,
        Cached = result.Cached,
        Diagnostics = result.Diagnostics.Count == 0 ? null : [.. result.Diagnostics.Select(DiagnosticAnswer.From)],
    };
}

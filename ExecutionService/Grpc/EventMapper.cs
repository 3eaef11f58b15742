using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Languages.Diagnostics;
using OnlineCompiler.ExecutionService.Sandbox;
using Domain = OnlineCompiler.ExecutionService.Executions;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Turns what happened into the contract's messages.</summary>
internal static class EventMapper
{
    public static ExecuteEvent Map(Domain.Execution execution, ExecutionEvent happened) => happened switch
    {
        ExecutionAccepted => new ExecuteEvent
        {
            Accepted = new Accepted { RequestId = execution.RequestId, Language = execution.Language.Id, Version = execution.Version },
        },
        Domain.StageStarted started => new ExecuteEvent { StageStarted = new Execution.V1.StageStarted { Stage = Map(started.Stage) } },
        StageOutput output => new ExecuteEvent
        {
            Output = new Output { Stage = Map(output.Stage), Stream = Map(output.Stream), Data = ByteString.CopyFrom(output.Data.Span) },
        },
        Domain.StageFinished finished => new ExecuteEvent
        {
            StageFinished = new Execution.V1.StageFinished { Stage = Map(finished.Stage), Result = MapResult(finished) },
        },
        ArtifactCollected artifact => new ExecuteEvent { Artifact = Map(artifact.File) },
        ExecutionFinished finished => new ExecuteEvent { Result = Map(execution, finished) },
        OutputMissed missed => new ExecuteEvent { Missed = new Missed { Bytes = (ulong)missed.Bytes } },
        ServiceStopping stopping => new ExecuteEvent { Stopping = new Stopping { WithinMs = (uint)stopping.Within.TotalMilliseconds } },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} has no message."),
    };

    public static ExecuteResponse Map(Domain.Execution execution, ExecutionFinished finished) => new()
    {
        RequestId = execution.RequestId,
        Language = execution.Language.Id,
        Version = execution.Version,
        Outcome = Map(finished.Outcome),
        Compile = finished.Compile is { } compile ? MapResult(compile) : null,
        Run = finished.Run is { } run ? MapResult(run) : null,
        QueueTimeMs = finished.QueueTime.TotalMilliseconds,
        Isolation = Map((finished.Run ?? finished.Compile)!.Report.Isolation),
    };

    public static Artifact Map(WorkspaceFile file) => new()
    {
        Path = file.Path,
        Content = UnsafeByteOperations.UnsafeWrap(file.Content),
        MediaType = MediaTypes.Of(file.Path, file.Content.Span),
    };

    public static StageResult MapResult(Domain.StageFinished finished)
    {
        var report = finished.Report;
        var result = new StageResult
        {
            Outcome = Map(report.Outcome),
            Signal = report.Signal ?? "",
            StdoutTruncated = report.OutputTruncated,
            StderrTruncated = report.ErrorTruncated,
            WallTimeMs = report.WallTime.TotalMilliseconds,
            UserCpuTimeMs = report.UserCpuTime.TotalMilliseconds,
            SystemCpuTimeMs = report.SystemCpuTime.TotalMilliseconds,
            MemoryPeakBytes = (ulong)report.MemoryPeakBytes,
            Message = report.Message ?? "",
            Cached = finished.IsCached,
            Diagnostics = { finished.Diagnostics.Select(Map) },
        };
        if (report.ExitCode is { } exitCode)
            result.ExitCode = exitCode;
        return result;
    }

    private static Execution.V1.Diagnostic Map(Languages.Diagnostics.Diagnostic diagnostic) => new()
    {
        File = diagnostic.File,
        Line = (uint)diagnostic.Line,
        Column = (uint)(diagnostic.Column ?? 0),
        Severity = diagnostic.Severity switch
        {
            DiagnosticSeverity.Error => Severity.Error,
            DiagnosticSeverity.Warning => Severity.Warning,
            _ => Severity.Info,
        },
        Message = diagnostic.Message,
    };

    private static Stage Map(ExecutionStage stage) => stage == ExecutionStage.Compile ? Stage.Compile : Stage.Run;

    private static Output.Types.Stream Map(SandboxStream stream) => stream switch
    {
        SandboxStream.StandardOutput => Output.Types.Stream.Stdout,
        SandboxStream.StandardError => Output.Types.Stream.Stderr,
        _ => Output.Types.Stream.Terminal,
    };

    public static Isolation Map(SandboxIsolation isolation) => isolation switch
    {
        SandboxIsolation.Full => Isolation.Full,
        SandboxIsolation.WithoutCgroups => Isolation.WithoutCgroups,
        SandboxIsolation.Process => Isolation.Process,
        SandboxIsolation.Task => Isolation.Task,
        _ => Isolation.Unspecified,
    };

    public static Outcome Map(SandboxOutcome outcome) => outcome switch
    {
        SandboxOutcome.Succeeded => Outcome.Succeeded,
        SandboxOutcome.NonzeroExit => Outcome.NonzeroExit,
        SandboxOutcome.Signaled => Outcome.Signaled,
        SandboxOutcome.WallTimeLimit => Outcome.WallTimeLimit,
        SandboxOutcome.CpuTimeLimit => Outcome.CpuTimeLimit,
        SandboxOutcome.MemoryLimit => Outcome.MemoryLimit,
        SandboxOutcome.OutputLimit => Outcome.OutputLimit,
        SandboxOutcome.WorkspaceLimit => Outcome.WorkspaceLimit,
        SandboxOutcome.Cancelled => Outcome.Cancelled,
        _ => Outcome.Unspecified,
    };
}

using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Compilation;
using OnlineCompiler.ExecutionService.Languages.Diagnostics;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>Runs single stages of executions, each in a sandbox of its own; whoever calls holds a place in a queue. Leaving an enumeration kills what runs.</summary>
internal sealed class StageRunner(ISandbox sandbox, CompileCache compilations, IOptions<LimitsOptions> limits, TimeProvider time)
{
    private readonly LimitsOptions _limits = limits.Value;

    /// <summary>Limits that the run of an execution gets.</summary>
    public SandboxLimits LimitsOfRun(Execution execution) => execution.Limits.ForRun(_limits, execution.Pack.Run.Limits);

    /// <summary>Compiles; what the compiler made comes as <see cref="ArtifactCollected"/>.</summary>
    /// <param name="execution">Its language has a compile stage.</param>
    /// <param name="input">Of a user who may interrupt the compiler; null when there is none.</param>
    /// <param name="cancellationToken">Kills the compiler.</param>
    public IAsyncEnumerable<ExecutionEvent> CompileAsync(Execution execution, InteractiveInput? input, CancellationToken cancellationToken)
    {
        var order = StageOrders.Compile(execution, _limits, sandbox.Places);
        return RunStageAsync(execution, ExecutionStage.Compile, order, run => AttachedStage.Compiling(run, input, cancellationToken), cancellationToken);
    }

    /// <summary>Runs what was compiled, on its standard input or with its user's.</summary>
    public IAsyncEnumerable<ExecutionEvent> RunAsync(
        Execution execution, IReadOnlyList<WorkspaceFile> outputs, InteractiveInput? input, CancellationToken cancellationToken)
    {
        var order = StageOrders.Run(execution, outputs, _limits, sandbox.Places, isInteractive: input is not null);
        return RunStageAsync(execution, ExecutionStage.Run, order, Attach, cancellationToken);

        AttachedStage Attach(ISandboxRun run) => input is null
            ? AttachedStage.Fed(run, execution.StandardInput, cancellationToken)
            : AttachedStage.Interactive(
                run, input, new InteractiveClock(run, LimitsOfRun(execution).WallTime!.Value, _limits.InteractiveIdle, time), cancellationToken);
    }

    /// <summary>Runs what was compiled with another program's output as its input. All of its limits count as in any run.</summary>
    public IAsyncEnumerable<ExecutionEvent> RunPipedAsync(
        Execution execution, IReadOnlyList<WorkspaceFile> outputs, PipeReader input, CancellationToken cancellationToken)
    {
        var order = StageOrders.Run(execution, outputs, _limits, sandbox.Places, isInteractive: false);
        return RunStageAsync(execution, ExecutionStage.Run, order, run => AttachedStage.Piped(run, input, cancellationToken), cancellationToken);
    }

    private async IAsyncEnumerable<ExecutionEvent> RunStageAsync(
        Execution execution,
        ExecutionStage stage,
        SandboxOrder order,
        Func<ISandboxRun, AttachedStage> attach,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var activity = ExecutionTelemetry.StartStage(execution, stage);
        await using var run = await StartStageAsync(execution, stage, order, cancellationToken);
        var finder = stage == ExecutionStage.Compile ? execution.Language.CompileDiagnostics : execution.Language.RunDiagnostics;
        var text = finder.IsEmpty ? null : new StageText(keepsEnd: stage == ExecutionStage.Run);
        await using var attached = attach(run);

        await foreach (var happened in run.ReadEventsAsync(cancellationToken))
        {
            switch (happened)
            {
                case SandboxStarted:
                    yield return new StageStarted(stage);
                    break;
                case SandboxOutput output:
                    attached.Clock?.CountOutput();
                    text?.Add(output.Stream, output.Data.Span);
                    yield return new StageOutput(stage, output.Stream, output.Data);
                    break;
                case SandboxFile file:
                    yield return new ArtifactCollected(file.File);
                    break;
                case SandboxExited exited:
                    var isCached = run is KeptRun;
                    ExecutionTelemetry.EndStage(activity, exited.Report, isCached);
                    var diagnostics = text is null ? [] : Diagnose(execution, finder, text);
                    yield return new StageFinished(stage, exited.Report, diagnostics, isCached);
                    break;
            }
        }
    }

    private Task<ISandboxRun> StartStageAsync(Execution execution, ExecutionStage stage, SandboxOrder order, CancellationToken cancellationToken)
    {
        if (stage == ExecutionStage.Run)
            return sandbox.StartAsync(order, cancellationToken);
        bool BlamesProgram(IReadOnlyList<SandboxOutput> said)
        {
            var text = new StageText(keepsEnd: false);
            foreach (var output in said)
                text.Add(output.Stream, output.Data.Span);
            return Diagnose(execution, execution.Language.CompileDiagnostics, text).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        }
        return compilations.StartAsync(new CompileOrder(order, execution.Pack, execution.Version, BlamesProgram), cancellationToken);
    }

    private static IReadOnlyList<Diagnostic> Diagnose(Execution execution, DiagnosticFinder finder, StageText text) =>
        finder.Find(text.ToString(), [.. execution.Files.Select(file => file.Path)], execution.OnlySource);
}

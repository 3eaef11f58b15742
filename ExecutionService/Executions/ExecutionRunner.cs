using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Compilation;
using OnlineCompiler.ExecutionService.Languages.Diagnostics;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>
/// Runs executions: waits for a place, compiles if the language does, runs, each stage in a sandbox of its own.
/// <code>
///   (1) queue ─► (2) compile ─► outputs, as data ─► (3) run ─► (4) result
/// </code>
/// </summary>
internal sealed class ExecutionRunner
{
    private readonly ISandbox _sandbox;
    private readonly CompileCache _compilations;
    private readonly LimitsOptions _limits;
    private readonly TimeProvider _time;
    private readonly ExecutionTelemetry _telemetry;
    private readonly FairQueue _queue;
    private readonly FairQueue _interactiveQueue;

    public ExecutionRunner(
        ISandbox sandbox,
        CompileCache compilations,
        IOptions<ExecutionOptions> options,
        IOptions<LimitsOptions> limits,
        Backlog backlog,
        TimeProvider time,
        ExecutionTelemetry telemetry)
    {
        _sandbox = sandbox;
        _compilations = compilations;
        _limits = limits.Value;
        _time = time;
        _telemetry = telemetry;
        _queue = new FairQueue(options.Value.MaxConcurrent, options.Value.ConcurrentPerCaller, options.Value.MaxQueued, time);
        _interactiveQueue = new FairQueue(options.Value.MaxInteractive, options.Value.InteractivePerCaller, capacity: 0, time);
        telemetry.Observe(_queue, _interactiveQueue);
        backlog.Watch(() => _queue.WaitingCount);
    }

    /// <summary>Runs an execution; leaving the enumeration kills what is running.</summary>
    /// <param name="execution">What to run.</param>
    /// <param name="input">Its user's input; null for the execution's standard input and then its end.</param>
    /// <param name="cancellationToken">Kills what is running.</param>
    /// <exception cref="QueueFullException">It was refused.</exception>
    /// <exception cref="SandboxUnavailableException">It could not be run; never the program's fault.</exception>
    public async IAsyncEnumerable<ExecutionEvent> RunAsync(
        Execution execution, InteractiveInput? input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // (1)
        var arrived = _time.GetTimestamp();
        // Most interactive programs wait for someone to type; their compilers work like any other, and queue like any other.
        var isCompiled = execution.Pack.Compile is not null;
        using var interactivePlace = input is null ? null : await _interactiveQueue.EnterAsync(execution.Caller, cancellationToken);
        var entering = input is null || isCompiled ? _queue.EnterAsync(execution.Caller, cancellationToken) : ValueTask.FromResult(interactivePlace!);
        if (!entering.IsFaulted)
            yield return new ExecutionAccepted();
        using var place = await entering;
        var queueTime = _time.GetElapsedTime(arrived);
        _telemetry.RecordQueueTime(queueTime);

        // (2)
        StageFinished? compile = null;
        var outputs = new List<WorkspaceFile>();
        if (isCompiled)
        {
            var order = StageOrders.Compile(execution, _limits, _sandbox.Places);
            await foreach (var happened in RunStageAsync(execution, ExecutionStage.Compile, order, input, cancellationToken))
            {
                if (happened is ArtifactCollected output)
                {
                    outputs.Add(output.File);
                    continue;
                }
                if (happened is StageFinished finished)
                    compile = finished;
                yield return happened;
            }
            if (input is not null)
                place.Dispose();
        }

        // (3)
        StageFinished? run = null;
        if (compile is null or { Report.Outcome: SandboxOutcome.Succeeded })
        {
            var order = StageOrders.Run(execution, outputs, _limits, _sandbox.Places, isInteractive: input is not null);
            await foreach (var happened in RunStageAsync(execution, ExecutionStage.Run, order, input, cancellationToken))
            {
                if (happened is StageFinished finished)
                    run = finished;
                yield return happened;
            }
        }

        // (4)
        var result = new ExecutionFinished(compile, run, queueTime);
        _telemetry.RecordResult(execution, result);
        yield return result;
    }

    private async IAsyncEnumerable<ExecutionEvent> RunStageAsync(
        Execution execution, ExecutionStage stage, SandboxOrder order, InteractiveInput? input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var activity = ExecutionTelemetry.StartStage(execution, stage);
        await using var run = await StartStageAsync(execution, stage, order, cancellationToken);
        var finder = stage == ExecutionStage.Compile ? execution.Language.CompileDiagnostics : execution.Language.RunDiagnostics;
        var text = finder.IsEmpty ? null : new StageText(keepsEnd: stage == ExecutionStage.Run);
        await using var attached = Attach(execution, stage, run, input, cancellationToken);

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
            return _sandbox.StartAsync(order, cancellationToken);
        bool BlamesProgram(IReadOnlyList<SandboxOutput> said)
        {
            var text = new StageText(keepsEnd: false);
            foreach (var output in said)
                text.Add(output.Stream, output.Data.Span);
            return Diagnose(execution, execution.Language.CompileDiagnostics, text).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        }
        return _compilations.StartAsync(new CompileOrder(order, execution.Pack, execution.Version, BlamesProgram), cancellationToken);
    }

    private static IReadOnlyList<Diagnostic> Diagnose(Execution execution, DiagnosticFinder finder, StageText text) =>
        finder.Find(text.ToString(), [.. execution.Files.Select(file => file.Path)], execution.OnlySource);

    private AttachedStage Attach(
        Execution execution, ExecutionStage stage, ISandboxRun run, InteractiveInput? input, CancellationToken cancellationToken)
    {
        if (stage == ExecutionStage.Compile)
            return AttachedStage.Compiling(run, input, cancellationToken);
        if (input is null)
            return AttachedStage.Fed(run, execution.StandardInput, cancellationToken);
        var limits = execution.Limits.ForRun(_limits, execution.Pack.Run.Limits);
        var clock = new InteractiveClock(run, limits.WallTime!.Value, _limits.InteractiveIdle, _time);
        return AttachedStage.Interactive(run, input, clock, cancellationToken);
    }
}

using System.Runtime.CompilerServices;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>
/// Runs executions: waits for a place, compiles if the language does, runs, each stage in a sandbox of its own.
/// <code>
///   (1) queue ─► (2) compile ─► outputs, as data ─► (3) run ─► (4) result
/// </code>
/// </summary>
internal sealed class ExecutionRunner(ExecutionQueues queues, StageRunner stages, TimeProvider time, ExecutionTelemetry telemetry)
{
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
        var arrived = time.GetTimestamp();
        // Most interactive programs wait for someone to type; their compilers work like any other, and queue like any other.
        var isCompiled = execution.Pack.Compile is not null;
        using var interactivePlace = input is null ? null : await queues.Interactive.EnterAsync(execution.Caller, cancellationToken);
        var entering = input is null || isCompiled ? queues.Working.EnterAsync(execution.Caller, cancellationToken) : ValueTask.FromResult(interactivePlace!);
        if (!entering.IsFaulted)
            yield return new ExecutionAccepted();
        using var place = await entering;
        var queueTime = time.GetElapsedTime(arrived);
        telemetry.RecordQueueTime(queueTime);

        // (2)
        StageFinished? compile = null;
        var outputs = new List<WorkspaceFile>();
        if (isCompiled)
        {
            await foreach (var happened in stages.CompileAsync(execution, input, cancellationToken))
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
            await foreach (var happened in stages.RunAsync(execution, outputs, input, cancellationToken))
            {
                if (happened is StageFinished finished)
                    run = finished;
                yield return happened;
            }
        }

        // (4)
        var result = new ExecutionFinished(compile, run, queueTime);
        telemetry.RecordResult(execution, result);
        yield return result;
    }
}

using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Judging;

/// <param name="Execution">What was compiled; each test runs it with its own input, arguments and limits.</param>
/// <param name="Outputs">What the compiler made.</param>
/// <param name="Compile">How that went; null when the language has no compile stage.</param>
internal sealed record CompiledProgram(Executions.Execution Execution, IReadOnlyList<WorkspaceFile> Outputs, ProgramRun? Compile)
{
    public bool CanRun => Compile is null or { Succeeded: true };
}

/// <summary>Compiles a program, and runs what was compiled, each time in a new sandbox.</summary>
internal sealed class ProgramRunner(StageRunner stages)
{
    public async Task<CompiledProgram> CompileAsync(Executions.Execution execution, CancellationToken cancellationToken)
    {
        if (execution.Pack.Compile is null)
            return new CompiledProgram(execution, [], Compile: null);
        var outputs = new List<WorkspaceFile>();
        var run = await GatherAsync(stages.CompileAsync(execution, input: null, cancellationToken), outputs);
        return new CompiledProgram(execution, outputs, run.ForShow());
    }

    /// <param name="program">Can run.</param>
    /// <param name="execution">The program's, with input, arguments and limits of this run.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public Task<ProgramRun> RunAsync(CompiledProgram program, Executions.Execution execution, CancellationToken cancellationToken) =>
        GatherAsync(stages.RunAsync(execution, program.Outputs, input: null, cancellationToken), files: null);

    private static async Task<ProgramRun> GatherAsync(IAsyncEnumerable<ExecutionEvent> events, List<WorkspaceFile>? files)
    {
        var output = new MemoryStream();
        var error = new MemoryStream();
        StageFinished? finished = null;
        await foreach (var happened in events)
        {
            switch (happened)
            {
                case StageOutput { Stream: SandboxStream.StandardError } said:
                    error.Write(said.Data.Span);
                    break;
                case StageOutput said:
                    output.Write(said.Data.Span);
                    break;
                case ArtifactCollected artifact:
                    files?.Add(artifact.File);
                    break;
                case StageFinished stage:
                    finished = stage;
                    break;
            }
        }
        return new ProgramRun(finished!, Written(output), Written(error));
    }

    private static ReadOnlyMemory<byte> Written(MemoryStream stream) => stream.GetBuffer().AsMemory(0, (int)stream.Length);
}

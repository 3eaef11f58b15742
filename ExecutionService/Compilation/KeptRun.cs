using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Compilation;

/// <summary>Tells a compilation of before as if it happened now. There is no process: nothing to feed, signal or kill.</summary>
internal sealed class KeptRun(KeptCompilation compilation) : ISandboxRun
{
    public IAsyncEnumerable<SandboxEvent> ReadEventsAsync(CancellationToken cancellationToken) =>
        Enumerable.Empty<SandboxEvent>()
            .Append(new SandboxStarted())
            .Concat(compilation.Output)
            .Concat(compilation.Files.Select(file => new SandboxFile(file)))
            .Append(new SandboxExited(compilation.Report))
            .ToAsyncEnumerable();

    public ValueTask WriteInputAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask EndInputAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask SignalAsync(int signal, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask ResizeAsync(TerminalDimensions size, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public TimeSpan ReadCpuTime() => TimeSpan.Zero;

    public void Kill(SandboxOutcome outcome, string message)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

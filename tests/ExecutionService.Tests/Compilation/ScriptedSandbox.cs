using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Compilation;

/// <summary>A compiler that says and makes what the test wants, when the test wants it.</summary>
internal sealed class ScriptedSandbox : ISandbox
{
    /// <summary>Every compilation that was started, in order.</summary>
    public List<ScriptedRun> Runs { get; } = [];

    /// <summary>What becomes of a compilation as it starts; by default it succeeds.</summary>
    public Action<ScriptedRun> Script { get; set; } = run => run.Succeed();

    public SandboxReadiness Readiness => SandboxReadiness.Ready;

    public SandboxPlaces Places { get; } = new("/opt/packs", "/opt/toolchains", "/tmp");

    public Task<ISandboxRun> StartAsync(SandboxOrder order, CancellationToken cancellationToken)
    {
        var run = new ScriptedRun(Runs.Count + 1);
        lock (Runs)
            Runs.Add(run);
        Script(run);
        return Task.FromResult<ISandboxRun>(run);
    }
}

/// <param name="number">From 1; its output and its file tell it, so that two compilations can be told apart.</param>
internal sealed class ScriptedRun(int number) : ISandboxRun
{
    private readonly Channel<SandboxEvent> _events = Channel.CreateUnbounded<SandboxEvent>();

    public bool IsDisposed { get; private set; }

    public void Succeed() => End(SandboxOutcome.Succeeded, 0);

    public void End(SandboxOutcome outcome, int? exitCode, string? message = null)
    {
        _events.Writer.TryWrite(new SandboxStarted());
        _events.Writer.TryWrite(new SandboxOutput(SandboxStream.StandardError, Encoding.UTF8.GetBytes($"compilation {number}")));
        if (outcome == SandboxOutcome.Succeeded)
            _events.Writer.TryWrite(new SandboxFile(new WorkspaceFile("main", new byte[] { 0, 255, (byte)number }, IsExecutable: true)));
        _events.Writer.TryWrite(new SandboxExited(new SandboxReport
        {
            Outcome = outcome,
            ExitCode = exitCode,
            Isolation = SandboxIsolation.Full,
            WallTime = TimeSpan.FromMilliseconds(number),
            UserCpuTime = TimeSpan.FromMilliseconds(2),
            SystemCpuTime = TimeSpan.FromMilliseconds(3),
            MemoryPeakBytes = 4096,
            Message = message,
        }));
        _events.Writer.Complete();
    }

    public void Lose() => _events.Writer.Complete(new SandboxLostException("lost"));

    public async IAsyncEnumerable<SandboxEvent> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in _events.Reader.ReadAllAsync(cancellationToken))
            yield return happened;
    }

    public ValueTask WriteInputAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask EndInputAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask SignalAsync(int signal, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask ResizeAsync(TerminalDimensions size, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public TimeSpan ReadCpuTime() => TimeSpan.Zero;

    public void Kill(SandboxOutcome outcome, string message)
    {
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}

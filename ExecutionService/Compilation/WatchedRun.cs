using System.Threading.Channels;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Compilation;

/// <summary>
/// A compilation whose events pass on to its reader, and are remembered. The compiler does not wait for the reader (its
/// output limit bounds what there is to hold), for others may wait for the compiler.
/// </summary>
internal sealed class WatchedRun : ISandboxRun
{
    private readonly ISandboxRun _run;
    private readonly Func<IReadOnlyList<SandboxOutput>, bool> _blamesProgram;
    private readonly Action<KeptCompilation?> _finished;
    private readonly Channel<SandboxEvent> _events = Channel.CreateUnbounded<SandboxEvent>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private volatile bool _isDisturbed;

    /// <param name="run">Is disposed with this.</param>
    /// <param name="blamesProgram">See <see cref="CompileOrder"/>.</param>
    /// <param name="finished">Called once, with what may be kept, or null.</param>
    public WatchedRun(ISandboxRun run, Func<IReadOnlyList<SandboxOutput>, bool> blamesProgram, Action<KeptCompilation?> finished)
    {
        _run = run;
        _blamesProgram = blamesProgram;
        _finished = finished;
        _watching = WatchAsync();
    }

    public IAsyncEnumerable<SandboxEvent> ReadEventsAsync(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

    public ValueTask WriteInputAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        _isDisturbed = true;
        return _run.WriteInputAsync(data, cancellationToken);
    }

    public ValueTask EndInputAsync(CancellationToken cancellationToken) => _run.EndInputAsync(cancellationToken);

    public ValueTask SignalAsync(int signal, CancellationToken cancellationToken)
    {
        _isDisturbed = true;
        return _run.SignalAsync(signal, cancellationToken);
    }

    public ValueTask ResizeAsync(TerminalDimensions size, CancellationToken cancellationToken) => _run.ResizeAsync(size, cancellationToken);

    public TimeSpan ReadCpuTime() => _run.ReadCpuTime();

    public void Kill(SandboxOutcome outcome, string message)
    {
        _isDisturbed = true;
        _run.Kill(outcome, message);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        await _run.DisposeAsync();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        var output = new List<SandboxOutput>();
        var files = new List<WorkspaceFile>();
        KeptCompilation? compilation = null;
        Exception? failure = null;
        try
        {
            await foreach (var happened in _run.ReadEventsAsync(_stop.Token))
            {
                var passed = happened;
                switch (happened)
                {
                    case SandboxOutput said:
                        var lasting = said with { Data = said.Data.ToArray() };
                        output.Add(lasting);
                        passed = lasting;
                        break;
                    case SandboxFile made:
                        files.Add(made.File);
                        break;
                    case SandboxExited exited when IsWorthKeeping(exited.Report, output):
                        compilation = new KeptCompilation(output, files, exited.Report);
                        break;
                }
                _events.Writer.TryWrite(passed);
            }
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        _finished(compilation is { Bytes: <= KeptCompilation.MaxBytes } ? compilation : null);
        _events.Writer.Complete(failure);
    }

    private bool IsWorthKeeping(SandboxReport report, IReadOnlyList<SandboxOutput> output) =>
        !_isDisturbed
        && report is { Message: null or "", OutputTruncated: false, ErrorTruncated: false, Signal: null }
        && (report.Outcome == SandboxOutcome.Succeeded || (report.Outcome == SandboxOutcome.NonzeroExit && _blamesProgram(output)));
}

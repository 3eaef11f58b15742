using System.Runtime.CompilerServices;
using Google.Protobuf;
using OnlineCompiler.ExecutionService.Sandbox.Tasks.Wire;
using OnlineCompiler.Worker.V1;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks;

/// <summary>A program that runs in a worker. What the worker says is checked: the program may have got hold of it.</summary>
internal sealed class TaskRun : ISandboxRun
{
    /// <summary>Beyond the wall-time limit, for a worker to tell of the end and send the files; after a kill, to tell of it.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(15);

    private readonly WorkerConnection _worker;
    private readonly SandboxOrder _order;
    private readonly OverdueClock _overdue;
    private readonly SemaphoreSlim _inputPlaces = new(WorkerProtocol.MaxInputsUntaken, WorkerProtocol.MaxInputsUntaken);
    private readonly SemaphoreSlim _inputGate = new(1, 1);
    private readonly CancellationTokenSource _ended = new();
    private readonly FileAssembly _files;
    private Task _killing = Task.CompletedTask;
    private int _isKilled;
    private long _cpuTimeTicks;
    private long _outputBytes;

    public TaskRun(WorkerConnection worker, SandboxOrder order, TimeProvider time)
    {
        _worker = worker;
        _order = order;
        _files = new FileAssembly(order.CollectLimitBytes ?? order.Limits.WorkspaceBytes, order.Limits.WorkspaceFiles);
        var allowed = order.Limits.WallTime is { } wallTime ? wallTime + _grace : Timeout.InfiniteTimeSpan;
        _overdue = new OverdueClock(allowed, worker.Release, time);
    }

    public async IAsyncEnumerable<SandboxEvent> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new SandboxStarted();
        while (true)
        {
            var happened = Check(await NextAsync(cancellationToken));
            if (happened is null)
                continue;
            if (happened is SandboxExited)
                await _ended.CancelAsync();
            yield return happened;
            if (happened is SandboxExited)
                yield break;
        }
    }

    public async ValueTask WriteInputAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        for (var rest = data; rest.Length > 0;)
        {
            var piece = rest[..Math.Min(rest.Length, WorkerProtocol.MaxStdinPieceBytes)];
            rest = rest[piece.Length..];
            await SendInputAsync(new DispatcherMessage { Stdin = UnsafeByteOperations.UnsafeWrap(piece) }, cancellationToken);
        }
    }

    public ValueTask EndInputAsync(CancellationToken cancellationToken) =>
        SendInputAsync(new DispatcherMessage { EndOfInput = new EndOfInput() }, cancellationToken);

    public ValueTask SignalAsync(int signal, CancellationToken cancellationToken) =>
        SendInputAsync(new DispatcherMessage { Signal = (uint)signal }, cancellationToken);

    public ValueTask ResizeAsync(TerminalDimensions size, CancellationToken cancellationToken) =>
        SendInputAsync(new DispatcherMessage { Resize = JobMessages.ToWire(size) }, cancellationToken);

    public TimeSpan ReadCpuTime() => TimeSpan.FromTicks(Interlocked.Read(ref _cpuTimeTicks));

    public void Kill(SandboxOutcome outcome, string message)
    {
        if (Interlocked.Exchange(ref _isKilled, 1) != 0)
            return;
        _overdue.Shorten(_grace);
        _killing = SendKillAsync(new Kill { Outcome = outcome.ToWire(), Message = WorkerProtocol.Clip(message) });
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        // The worker kills what still runs when its call ends, and exits.
        _worker.Release();
        await _killing;
        _overdue.Dispose();
        _ended.Dispose();
    }

    private async ValueTask<WorkerMessage> NextAsync(CancellationToken cancellationToken)
    {
        _overdue.StartWaiting();
        try
        {
            return await _worker.ReadAsync(cancellationToken);
        }
        finally
        {
            _overdue.StopWaiting();
        }
    }

    private SandboxEvent? Check(WorkerMessage message)
    {
        try
        {
            return Map(message);
        }
        catch (InvalidDataException exception)
        {
            throw new SandboxLostException($"The worker broke the protocol: {exception.Message}", exception);
        }
    }

    private SandboxEvent? Map(WorkerMessage message)
    {
        switch (message.MessageCase)
        {
            case WorkerMessage.MessageOneofCase.Output:
                return Output(message.Output);
            case WorkerMessage.MessageOneofCase.File:
                return _files.Add(message.File) is { } file ? new SandboxFile(file) : null;
            case WorkerMessage.MessageOneofCase.InputTaken:
                GiveBackPlaces((int)Math.Min(message.InputTaken.Count, int.MaxValue));
                return null;
            case WorkerMessage.MessageOneofCase.CpuTime:
                Interlocked.Exchange(ref _cpuTimeTicks, JobMessages.Time(message.CpuTime.UsedUs).Ticks);
                return null;
            case WorkerMessage.MessageOneofCase.Exited when _files.IsBetweenFiles:
                return new SandboxExited(ReportMessages.Report(message.Exited, Isolation));
            case WorkerMessage.MessageOneofCase.Failure:
                throw new SandboxLostException(WorkerProtocol.Clip(message.Failure.Message));
            default:
                throw new InvalidDataException($"{message.MessageCase} does not come here.");
        }
    }

    private SandboxOutput Output(Output output)
    {
        _outputBytes += output.Data.Length;
        if (_outputBytes > _order.Limits.OutputBytes)
            throw new InvalidDataException("There is more output than its limit.");
        var stream = output.Stream.FromWire() ?? throw new InvalidDataException("The output is of no known stream.");
        if (stream == SandboxStream.Terminal != _order.Terminal is not null)
            throw new InvalidDataException("The output is of a stream that the program has not.");
        return new SandboxOutput(stream, output.Data.Memory);
    }

    /// <summary>A worker of its own makes a process sandbox stronger; a full one is as full in a worker.</summary>
    private SandboxIsolation Isolation => _worker.Isolation == SandboxIsolation.Process ? SandboxIsolation.Task : _worker.Isolation;

    private void GiveBackPlaces(int count)
    {
        if (count is < 1 or > WorkerProtocol.MaxInputsUntaken || _inputPlaces.CurrentCount + count > WorkerProtocol.MaxInputsUntaken)
            throw new InvalidDataException("More input was taken than sent.");
        _inputPlaces.Release(count);
    }

    private async ValueTask SendInputAsync(DispatcherMessage message, CancellationToken cancellationToken)
    {
        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
            // In the order of the calls.
            await _inputGate.WaitAsync(ending.Token);
            try
            {
                await _inputPlaces.WaitAsync(ending.Token);
                await _worker.WriteAsync(message, ending.Token);
            }
            finally
            {
                _inputGate.Release();
            }
        }
        catch (Exception exception) when (exception is SandboxLostException or ObjectDisposedException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The program has ended; what it did not want to read is nobody's loss.
        }
    }

    private async Task SendKillAsync(Kill kill)
    {
        try
        {
            await _worker.WriteAsync(new DispatcherMessage { Kill = kill }, _ended.Token);
        }
        catch (Exception exception) when (exception is SandboxLostException or OperationCanceledException)
        {
            // It has ended already.
        }
    }
}

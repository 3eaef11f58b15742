using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using OnlineCompiler.ExecutionService.Sandbox.Cgroups;

namespace OnlineCompiler.ExecutionService.Sandbox.Launching;

/// <summary>One program in its sandbox. The launcher keeps the wall-time limit; output and CPU time are counted here.</summary>
/// <param name="order">What it runs.</param>
/// <param name="stage">Where.</param>
/// <param name="first">What the launcher will say first, where someone listens already.</param>
/// <param name="isolation">What its report says.</param>
/// <param name="cleaner">Takes the stage apart in the end.</param>
/// <param name="time">Of the CPU-time watch.</param>
internal sealed class LaunchedRun(
    SandboxOrder order,
    StageHold stage,
    Task<(LauncherProtocol.OutputFrame Type, ReadOnlyMemory<byte> Data)?>? first,
    SandboxIsolation isolation,
    StageCleaner cleaner,
    TimeProvider time) : ISandboxRun
{
    private readonly Socket _socket = stage.Socket;
    private readonly ICgroup _cgroup = stage.Cgroup;
    private static readonly TimeSpan _shortestCpuCheck = TimeSpan.FromMilliseconds(5);

    /// <summary>Without namespaces a run's folder is removed after its report.</summary>
    private readonly bool _waitsForEnd = isolation == SandboxIsolation.Process;
    private readonly SemaphoreSlim _inputGate = new(1, 1);
    private readonly CancellationTokenSource _ended = new();
    private readonly byte[] _inputHeader = new byte[LauncherProtocol.FrameHeaderBytes];
    private Task<(LauncherProtocol.OutputFrame Type, ReadOnlyMemory<byte> Data)?>? _first = first;
    private KillReason? _killed;
    private Task _cpuWatch = Task.CompletedTask;
    private LauncherProtocol.ExitReport _exit;
    private long _outputBytes;
    private volatile bool _hasStarted;
    private bool _outputTruncated;
    private bool _errorTruncated;
    private bool _hasEnded;
    private bool _isOver;

    public async IAsyncEnumerable<SandboxEvent> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var (type, data) = await NextFrameAsync(cancellationToken);
            switch (type)
            {
                case LauncherProtocol.OutputFrame.Prepared:
                    break;
                case LauncherProtocol.OutputFrame.Started:
                    _hasStarted = true;
                    _cpuWatch = WatchCpuTimeAsync(_ended.Token);
                    yield return new SandboxStarted();
                    break;
                case LauncherProtocol.OutputFrame.Stdout or LauncherProtocol.OutputFrame.Stderr:
                    if (CountOutput(type, data) is { Length: > 0 } allowed)
                        yield return new SandboxOutput(StreamOf(type), allowed);
                    break;
                case LauncherProtocol.OutputFrame.File:
                    yield return new SandboxFile(LauncherProtocol.ReadFile(data.ToArray()));
                    break;
                case LauncherProtocol.OutputFrame.Exit:
                    _exit = LauncherProtocol.ReadExit(data.Span);
                    _hasEnded = true;
                    // Nothing of the program lives; what was around it goes while the answer is on its way. Whoever had it
                    // killed is told when all of that is over.
                    if (_exit.ExitedByItself != 0 && !_waitsForEnd)
                    {
                        yield return new SandboxExited(Report());
                        yield break;
                    }
                    break;
                case LauncherProtocol.OutputFrame.End:
                    _isOver = true;
                    yield return new SandboxExited(Report());
                    yield break;
                case LauncherProtocol.OutputFrame.Failure:
                    throw new SandboxUnavailableException($"A sandbox could not be made: {System.Text.Encoding.UTF8.GetString(data.Span)}.");
                default:
                    throw new SandboxUnavailableException($"The launcher sent a frame of unknown kind {(uint)type}.");
            }
        }
    }

    public ValueTask WriteInputAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        SendAsync(LauncherProtocol.InputFrame.Stdin, data, cancellationToken);

    public ValueTask EndInputAsync(CancellationToken cancellationToken) =>
        SendAsync(LauncherProtocol.InputFrame.EndOfInput, default, cancellationToken);

    public ValueTask SignalAsync(int signal, CancellationToken cancellationToken)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(number, signal);
        return SendAsync(LauncherProtocol.InputFrame.Signal, number, cancellationToken);
    }

    public ValueTask ResizeAsync(TerminalDimensions size, CancellationToken cancellationToken)
    {
        var numbers = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(numbers, size.Columns);
        BinaryPrimitives.WriteInt32LittleEndian(numbers.AsSpan(4), size.Rows);
        return SendAsync(LauncherProtocol.InputFrame.Resize, numbers, cancellationToken);
    }

    /// <summary>What is used before the start is ours: the sandbox's, or a host's that boots.</summary>
    public TimeSpan ReadCpuTime() => _hasStarted ? _cgroup.ReadCpuTime() : TimeSpan.Zero;

    public void Kill(SandboxOutcome outcome, string message)
    {
        if (Interlocked.CompareExchange(ref _killed, new KillReason(outcome, message), null) is not null)
            return;
        try
        {
            // The end of our side is the launcher's order to kill; its report still comes back on the other.
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _cpuWatch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cleaner.Clean(stage, hasEnded: _hasEnded && !_isOver);
        _ended.Dispose();
        _inputGate.Dispose();
    }

    private async ValueTask<(LauncherProtocol.OutputFrame Type, ReadOnlyMemory<byte> Data)> NextFrameAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Exchange(ref _first, null) is { } first)
                return await first.WaitAsync(cancellationToken) ?? throw Lost("its launcher ended");
            return await stage.Reader.ReadAsync(cancellationToken)
                ?? throw Lost("its launcher ended");
        }
        catch (SocketException exception)
        {
            throw Lost(exception.Message, exception);
        }
    }

    private static SandboxLostException Lost(string why, Exception? inner = null) =>
        new($"The program's sandbox was lost ({why}). Running it again may succeed.", inner);

    private ReadOnlyMemory<byte> CountOutput(LauncherProtocol.OutputFrame type, ReadOnlyMemory<byte> data)
    {
        var room = order.Limits.OutputBytes - _outputBytes;
        if (data.Length <= room)
        {
            _outputBytes += data.Length;
            return data;
        }
        if (type == LauncherProtocol.OutputFrame.Stderr)
            _errorTruncated = true;
        else
            _outputTruncated = true;
        _outputBytes = order.Limits.OutputBytes;
        Kill(SandboxOutcome.OutputLimit, LimitMessages.Output(order.Limits));
        return data[..(int)room];
    }

    private SandboxStream StreamOf(LauncherProtocol.OutputFrame type) =>
        order.Terminal is not null ? SandboxStream.Terminal
        : type == LauncherProtocol.OutputFrame.Stdout ? SandboxStream.StandardOutput
        : SandboxStream.StandardError;

    /// <summary>Looks again when the limit could be reached at the earliest, with every processor busy.</summary>
    private async Task WatchCpuTimeAsync(CancellationToken cancellationToken)
    {
        // Nobody has used anything yet.
        await Task.Delay(NextLook(order.Limits.CpuTime / Environment.ProcessorCount), time, cancellationToken);
        while (true)
        {
            var left = order.Limits.CpuTime - _cgroup.ReadCpuTime();
            if (left <= TimeSpan.Zero)
            {
                Kill(SandboxOutcome.CpuTimeLimit, LimitMessages.CpuTime(order.Limits));
                return;
            }
            await Task.Delay(NextLook(left / Environment.ProcessorCount), time, cancellationToken);
        }
    }

    private static TimeSpan NextLook(TimeSpan soonest) => soonest > _shortestCpuCheck ? soonest : _shortestCpuCheck;

    private async ValueTask SendAsync(LauncherProtocol.InputFrame type, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await _inputGate.WaitAsync(cancellationToken);
        try
        {
            do
            {
                var piece = data[..Math.Min(data.Length, LauncherProtocol.MaxInputFrameBytes)];
                data = data[piece.Length..];
                LauncherProtocol.WriteInputHeader(_inputHeader, type, piece.Length);
                await SendAllAsync(_inputHeader, cancellationToken);
                await SendAllAsync(piece, cancellationToken);
            }
            while (data.Length > 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The program has ended; what it did not want to read is nobody's loss.
        }
        finally
        {
            _inputGate.Release();
        }
    }

    private async ValueTask SendAllAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        while (data.Length > 0)
            data = data[await _socket.SendAsync(data, SocketFlags.None, cancellationToken)..];
    }

    private SandboxReport Report()
    {
        var ended = new EndedRun(_exit, order, _cgroup.ReadMemoryLimitReached(), _cgroup.ReadCpuTime(), _killed);
        var (outcome, message) = ended.Decide();
        return new SandboxReport
        {
            Outcome = outcome,
            Isolation = isolation,
            Message = message,
            ExitCode = _exit.ExitedByItself != 0 ? (int)_exit.Status : null,
            Signal = _exit.ExitedByItself == 0 ? SignalNames.Of((int)_exit.Status) : null,
            WallTime = TimeSpan.FromMicroseconds(_exit.WallTimeNs / 1000.0),
            UserCpuTime = ended.CpuTime - ended.SystemCpuTime,
            SystemCpuTime = ended.SystemCpuTime,
            MemoryPeakBytes = _cgroup.ReadMemoryPeakBytes() is > 0 and var peak ? peak : (long)_exit.MemoryPeakBytes,
            OutputTruncated = _outputTruncated,
            ErrorTruncated = _errorTruncated,
        };
    }
}

/// <summary>Why the service killed a run.</summary>
internal sealed record KillReason(SandboxOutcome Outcome, string Message);

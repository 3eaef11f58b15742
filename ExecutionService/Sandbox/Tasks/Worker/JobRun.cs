using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using OnlineCompiler.ExecutionService.Sandbox.Tasks.Wire;
using OnlineCompiler.Worker.V1;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Worker;

/// <summary>
/// Runs the one job. What the dispatcher says is always read at once, so that a kill never waits behind input that the program
/// does not take; what the program prints is sent no faster than the dispatcher takes it.
/// </summary>
internal sealed class JobRun(AsyncDuplexStreamingCall<WorkerMessage, DispatcherMessage> call, ISandbox sandbox, TimeSpan finishWithin) : IDisposable
{
    private static readonly TimeSpan _cpuTimeTick = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Channel<DispatcherMessage> _inputs = Channel.CreateBounded<DispatcherMessage>(WorkerProtocol.MaxInputsUntaken);

    /// <summary>Runs it to its end, and tells; never throws for what the program or the dispatcher does.</summary>
    /// <param name="order">What to run.</param>
    /// <param name="stoppingToken">The worker is to stop: the job may go on for a while, then it is killed.</param>
    public async Task RunAsync(SandboxOrder order, CancellationToken stoppingToken)
    {
        using var ending = new CancellationTokenSource();
        await using var stopping = stoppingToken.Register(() => ending.CancelAfter(finishWithin));
        try
        {
            await using var run = await sandbox.StartAsync(order, ending.Token);
            await ServeAsync(run, order, ending);
        }
        catch (SandboxUnavailableException exception)
        {
            await TryFailAsync(exception.Message, nothingRan: true);
            await ReadToEndAsync();
        }
        catch (OperationCanceledException)
        {
            // Stopped before it had begun; the end of the call tells it.
        }
    }

    public void Dispose() => _sending.Dispose();

    private async Task ServeAsync(ISandboxRun run, SandboxOrder order, CancellationTokenSource ending)
    {
        var reading = ReadAsync(run, ending);
        var beside = Task.WhenAll(
            PumpInputAsync(run, ending.Token), order.Limits.WallTime is null ? TellCpuTimeAsync(run, ending.Token) : Task.CompletedTask);
        try
        {
            await TellEventsAsync(run, ending.Token);
        }
        catch (Exception exception) when (IsEndOfCall(exception))
        {
            // The dispatcher left; the sandbox goes with its disposal.
        }
        finally
        {
            // Reading ends with the call, which is when the dispatcher has read everything: what it has not would be lost
            // with this process.
            await reading;
            await beside.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellEventsAsync(ISandboxRun run, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var happened in run.ReadEventsAsync(cancellationToken))
            {
                foreach (var message in Messages(happened))
                    await SendAsync(message, cancellationToken);
            }
        }
        catch (SandboxUnavailableException exception)
        {
            await TryFailAsync(exception.Message, nothingRan: false);
        }
        catch (OperationCanceledException)
        {
            // Or the dispatcher left, and hears nothing of this.
            await TryFailAsync("The worker was stopped before the program had ended.", nothingRan: false);
        }
        await call.RequestStream.CompleteAsync();
    }

    private static IEnumerable<WorkerMessage> Messages(SandboxEvent happened) => happened switch
    {
        SandboxStarted => [new WorkerMessage { Started = new Started() }],
        SandboxOutput output => Pieces(output),
        SandboxFile file => FileAssembly.Cut(file.File).Select(piece => new WorkerMessage { File = piece }),
        SandboxExited exited => [new WorkerMessage { Exited = ReportMessages.Of(exited.Report) }],
        _ => throw new InvalidOperationException($"{happened.GetType().Name} has no message."),
    };

    private static IEnumerable<WorkerMessage> Pieces(SandboxOutput output)
    {
        for (var rest = output.Data; rest.Length > 0;)
        {
            var piece = rest[..Math.Min(rest.Length, WorkerProtocol.MaxPieceBytes)];
            rest = rest[piece.Length..];
            yield return new WorkerMessage { Output = new Output { Stream = output.Stream.ToWire(), Data = UnsafeByteOperations.UnsafeWrap(piece) } };
        }
    }

    /// <summary>Reads until the dispatcher leaves, which ends the run.</summary>
    private async Task ReadAsync(ISandboxRun run, CancellationTokenSource ending)
    {
        try
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                var message = call.ResponseStream.Current;
                if (message.Kill is { } kill)
                    run.Kill(kill.Outcome.FromWire() ?? SandboxOutcome.Cancelled, kill.Message);
                else if (!_inputs.Writer.TryWrite(message))
                    return;
            }
        }
        catch (Exception exception) when (IsEndOfCall(exception))
        {
            // Lost rather than left.
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    private async Task PumpInputAsync(ISandboxRun run, CancellationToken cancellationToken)
    {
        await foreach (var message in _inputs.Reader.ReadAllAsync(cancellationToken))
        {
            await (message.MessageCase switch
            {
                DispatcherMessage.MessageOneofCase.Stdin => run.WriteInputAsync(message.Stdin.Memory, cancellationToken),
                DispatcherMessage.MessageOneofCase.EndOfInput => run.EndInputAsync(cancellationToken),
                DispatcherMessage.MessageOneofCase.Signal => run.SignalAsync((int)message.Signal, cancellationToken),
                DispatcherMessage.MessageOneofCase.Resize => run.ResizeAsync(JobMessages.FromWire(message.Resize), cancellationToken),
                _ => ValueTask.CompletedTask,
            });
            await SendAsync(new WorkerMessage { InputTaken = new InputTaken { Count = 1 } }, cancellationToken);
        }
    }

    private async Task TellCpuTimeAsync(ISandboxRun run, CancellationToken cancellationToken)
    {
        for (var told = TimeSpan.Zero; ;)
        {
            await Task.Delay(_cpuTimeTick, cancellationToken);
            var used = run.ReadCpuTime();
            if (used <= told)
                continue;
            told = used;
            await SendAsync(new WorkerMessage { CpuTime = new CpuTime { UsedUs = JobMessages.Microseconds(used) } }, cancellationToken);
        }
    }

    private async Task ReadToEndAsync()
    {
        try
        {
            await call.RequestStream.CompleteAsync();
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
            }
        }
        catch (Exception exception) when (IsEndOfCall(exception))
        {
            // That is what was waited for.
        }
    }

    private async Task TryFailAsync(string message, bool nothingRan)
    {
        try
        {
            await SendAsync(new WorkerMessage { Failure = new Failure { Message = WorkerProtocol.Clip(message), NothingRan = nothingRan } }, CancellationToken.None);
        }
        catch (Exception exception) when (IsEndOfCall(exception))
        {
            // Then the dispatcher notices the end of the call.
        }
    }

    private async Task SendAsync(WorkerMessage message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            // A write that is given up would give up the call, and with it the last words.
            await call.RequestStream.WriteAsync(message, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    private static bool IsEndOfCall(Exception exception) =>
        exception is RpcException or IOException or OperationCanceledException or InvalidOperationException or InvalidDataException;
}

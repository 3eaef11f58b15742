using OnlineCompiler.ExecutionService.Sandbox.Tasks.Wire;
using OnlineCompiler.Worker.V1;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks;

/// <summary>Gives a worker its job, in the order of Protos/worker.proto, until the program has started.</summary>
internal static class JobHandover
{
    /// <summary>For a worker on a crowded machine to take in the job, and again to start the program.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <exception cref="JobNotStartedException">Nothing of the job ran.</exception>
    /// <exception cref="SandboxUnavailableException">The program may have run, or its sandbox cannot be built.</exception>
    public static async Task<TaskRun> StartAsync(
        WorkerConnection worker, string jobId, SandboxOrder order, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await SendJobAsync(worker, jobId, order, time, cancellationToken);

            // From here on the program may run, and the job is nobody else's.
            await worker.WriteAsync(new DispatcherMessage { Go = new Go() }, cancellationToken);
            var answer = await ReadAsync(worker, time, cancellationToken);
            return answer switch
            {
                { Started: not null } => new TaskRun(worker, order, time),
                { Failure: { NothingRan: true } failure } => throw new JobNotStartedException(WorkerProtocol.Clip(failure.Message)),
                { Failure: { } failure } => throw new SandboxLostException(WorkerProtocol.Clip(failure.Message)),
                _ => throw new SandboxLostException($"The worker answered with {answer.MessageCase} before the program's start."),
            };
        }
        catch (TimeoutException exception)
        {
            worker.Release();
            throw new SandboxLostException($"The worker did not start the program within {_patience.TotalSeconds} s.", exception);
        }
        catch
        {
            worker.Release();
            throw;
        }
    }

    private static async Task SendJobAsync(WorkerConnection worker, string jobId, SandboxOrder order, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var message in JobMessages.Of(jobId, order.At(worker.Places)))
                await worker.WriteAsync(message, cancellationToken);
            var answer = await ReadAsync(worker, time, cancellationToken);
            if (answer.Ready is null)
                throw new JobNotStartedException(answer.Failure is { } failure ? WorkerProtocol.Clip(failure.Message) : $"It answered with {answer.MessageCase} when it should be ready.");
        }
        catch (Exception exception) when (exception is SandboxLostException or TimeoutException)
        {
            throw new JobNotStartedException("It left, or did not answer, before the job was its own.", exception);
        }
    }

    private static Task<WorkerMessage> ReadAsync(WorkerConnection worker, TimeProvider time, CancellationToken cancellationToken) =>
        worker.ReadAsync(cancellationToken).AsTask().WaitAsync(_patience, time, cancellationToken);
}

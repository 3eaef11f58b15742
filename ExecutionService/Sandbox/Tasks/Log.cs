namespace OnlineCompiler.ExecutionService.Sandbox.Tasks;

internal static partial class Log
{
    [LoggerMessage(EventId = 120, Level = LogLevel.Debug, Message = "Worker {WorkerId} dialled in from {Peer}, version {Version}")]
    public static partial void WorkerJoined(this ILogger logger, string workerId, string peer, string version);

    [LoggerMessage(EventId = 121, Level = LogLevel.Warning, Message = "A worker at {Peer} was refused: {Reason}")]
    public static partial void WorkerRefused(this ILogger logger, string peer, string reason);

    [LoggerMessage(EventId = 122, Level = LogLevel.Warning, Message = "Worker {WorkerId} was lost while {State}")]
    public static partial void WorkerLost(this ILogger logger, string workerId, WorkerState state);

    [LoggerMessage(EventId = 123, Level = LogLevel.Debug, Message = "{JobId} goes to worker {WorkerId}")]
    public static partial void JobHandedOver(this ILogger logger, string jobId, string workerId);

    [LoggerMessage(EventId = 124, Level = LogLevel.Warning, Message = "{JobId} was not started by worker {WorkerId}: {Reason}")]
    public static partial void JobNotStarted(this ILogger logger, string jobId, string workerId, string reason);

    [LoggerMessage(EventId = 125, Level = LogLevel.Error, Message = "No worker was free within {PatienceSeconds} s; {Busy} are busy")]
    public static partial void NoWorker(this ILogger logger, double patienceSeconds, int busy);

    [LoggerMessage(EventId = 126, Level = LogLevel.Warning, Message = "A local worker did not last: {Problem}; the next is started in {DelaySeconds} s")]
    public static partial void LocalWorkerFailed(this ILogger logger, string problem, double delaySeconds);
}

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Worker;

internal static partial class Log
{
    [LoggerMessage(EventId = 140, Level = LogLevel.Information, Message = "{JobId} is this worker's")]
    public static partial void JobStarted(this ILogger logger, string jobId);

    [LoggerMessage(EventId = 141, Level = LogLevel.Information, Message = "{JobId} is done")]
    public static partial void JobEnded(this ILogger logger, string jobId);

    [LoggerMessage(EventId = 142, Level = LogLevel.Critical, Message = "This worker cannot build sandboxes: {Problem}")]
    public static partial void WorkerCannotSandbox(this ILogger logger, string problem);

    [LoggerMessage(EventId = 143, Level = LogLevel.Critical, Message = "The dispatcher at {Dispatcher} refused this worker: {Reason}")]
    public static partial void DispatcherRefused(this ILogger logger, string dispatcher, string reason);

    [LoggerMessage(EventId = 144, Level = LogLevel.Error, Message = "The dispatcher at {Dispatcher} was not reached within {PatienceSeconds} s: {Reason}")]
    public static partial void DispatcherUnreachable(this ILogger logger, string dispatcher, double patienceSeconds, string reason);
}

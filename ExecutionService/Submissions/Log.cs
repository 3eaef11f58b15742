namespace OnlineCompiler.ExecutionService.Submissions;

internal static partial class Log
{
    [LoggerMessage(EventId = 500, Level = LogLevel.Warning, Message = "Submissions wait for Redis: {Problem}")]
    public static partial void StoreUnavailable(this ILogger logger, string problem);

    [LoggerMessage(EventId = 501, Level = LogLevel.Information, Message = "Redis answers again; submissions go on")]
    public static partial void StoreIsBack(this ILogger logger);

    [LoggerMessage(EventId = 502, Level = LogLevel.Warning, Message = "Submission {Id} could not be run this time")]
    public static partial void AttemptFailed(this ILogger logger, Exception exception, string id);

    [LoggerMessage(EventId = 503, Level = LogLevel.Error, Message = "Submission {Id} cannot be run")]
    public static partial void CannotRun(this ILogger logger, Exception exception, string id);

    [LoggerMessage(EventId = 504, Level = LogLevel.Information, Message = "Submission {Id} is another's now, or was cancelled; what runs of it is killed")]
    public static partial void HoldLost(this ILogger logger, string id);

    [LoggerMessage(EventId = 505, Level = LogLevel.Error, Message = "Submissions could not be taken")]
    public static partial void WorkerFailed(this ILogger logger, Exception exception);
}

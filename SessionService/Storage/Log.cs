namespace OnlineCompiler.SessionService.Storage;

internal static partial class Log
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "An owner's list of sessions could not be updated; the next read or save of the session repairs it")]
    public static partial void OwnerIndexLeftBehind(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "Parts of a content that was replaced could not be removed; DynamoDB removes them when their time has passed")]
    public static partial void PartsLeftBehind(this ILogger logger, Exception exception);
}

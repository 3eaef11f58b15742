namespace OnlineCompiler.SessionService.Storage;

internal static partial class Log
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "An owner's list of sessions could not be updated; the next read or save of the session repairs it")]
    public static partial void OwnerIndexLeftBehind(this ILogger logger, Exception exception);
}

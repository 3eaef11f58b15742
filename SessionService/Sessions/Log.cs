namespace OnlineCompiler.SessionService.Sessions;

internal static partial class Log
{
    [LoggerMessage(EventId = 2301, Level = LogLevel.Warning, Message = "A session was changed, but its history was not.")]
    public static partial void HistoryLeftBehind(this ILogger logger, Exception? exception);
}

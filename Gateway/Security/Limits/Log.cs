namespace OnlineCompiler.Gateway.Security.Limits;

internal static partial class Log
{
    [LoggerMessage(EventId = 1201, Level = LogLevel.Error, Message = "Redis refused to share a caller's limits; each Gateway counts for itself.")]
    public static partial void LimitsNotShared(this ILogger logger, Exception exception);
}

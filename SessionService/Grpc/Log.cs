namespace OnlineCompiler.SessionService.Grpc;

internal static partial class Log
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "{Method} failed: the session store is unavailable: {Cause}")]
    public static partial void StoreUnavailable(this ILogger logger, string method, string? cause);
}

namespace OnlineCompiler.Gateway.Readiness;

internal static partial class Log
{
    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "Not all programs of the warm-up could be run; the first callers may wait a little longer.")]
    public static partial void WarmUpEnded(this ILogger logger, Exception exception);
}

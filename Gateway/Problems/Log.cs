namespace OnlineCompiler.Gateway.Problems;

internal static partial class Log
{
    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "{Method} {Path} failed and was answered with {Status}.")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string method, string path, int status);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Error, Message = "A stream of {Path} failed with {Status} after it had begun.")]
    public static partial void StreamFailed(this ILogger logger, Exception exception, string path, int? status);
}

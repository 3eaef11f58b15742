using Grpc.Core;

namespace OnlineCompiler.Gateway.Callbacks;

internal static partial class Log
{
    [LoggerMessage(EventId = 1401, Level = LogLevel.Information, Message = "There are no callbacks to send here: {Problem}")]
    public static partial void NoCallbacks(this ILogger logger, string problem);

    [LoggerMessage(EventId = 1402, Level = LogLevel.Warning, Message = "Callbacks wait for the execution service: {Status}")]
    public static partial void CallbacksWait(this ILogger logger, StatusCode status);

    [LoggerMessage(EventId = 1403, Level = LogLevel.Error, Message = "A callback could not be sent for a reason of our own")]
    public static partial void CallbackBroken(this ILogger logger, Exception exception);
}

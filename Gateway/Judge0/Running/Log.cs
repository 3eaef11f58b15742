namespace OnlineCompiler.Gateway.Judge0.Running;

internal static partial class Log
{
    [LoggerMessage(EventId = 1101, Level = LogLevel.Warning, Message = "Redis did not say which submissions are to be followed; asking again soon.")]
    public static partial void LookFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "A submission could not be followed to its end; trying again soon.")]
    public static partial void FollowingInterrupted(this ILogger logger, Exception exception);
}

namespace OnlineCompiler.ExecutionService.Sandbox.Forking;

internal static partial class Log
{
    [LoggerMessage(EventId = 140, Level = LogLevel.Warning, Message = "A fork server of {Host} could not be started: {Reason}")]
    public static partial void ForkServerNotStarted(this ILogger logger, string host, string reason);
}

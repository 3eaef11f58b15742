namespace OnlineCompiler.ExecutionService.Sandbox.Prepared;

internal static partial class Log
{
    [LoggerMessage(EventId = 130, Level = LogLevel.Warning, Message = "A stage of mould {Mould} could not be prepared: {Reason}")]
    public static partial void StageNotPrepared(this ILogger logger, string mould, string reason);
}

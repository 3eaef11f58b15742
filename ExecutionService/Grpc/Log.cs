namespace OnlineCompiler.ExecutionService.Grpc;

internal static partial class Log
{
    [LoggerMessage(EventId = 300, Level = LogLevel.Error, Message = "A sandbox failed in {Method}")]
    public static partial void SandboxFailed(this ILogger logger, Exception exception, string method);
}

namespace OnlineCompiler.ExecutionService.Grpc;

internal static partial class Log
{
    [LoggerMessage(EventId = 300, Level = LogLevel.Error, Message = "A sandbox failed in {Method}")]
    public static partial void SandboxFailed(this ILogger logger, Exception exception, string method);

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "Redis did not answer in {Method}: {Problem}")]
    public static partial void SubmissionsUnavailable(this ILogger logger, string method, string? problem);
}

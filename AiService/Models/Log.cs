namespace OnlineCompiler.AiService.Models;

internal static partial class Log
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "The model's provider failed with {ExceptionType}; timed out: {TimedOut}")]
    public static partial void ProviderFailed(this ILogger logger, string exceptionType, bool timedOut);
}

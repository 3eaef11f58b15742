using OnlineCompiler.AiService.Models;

namespace OnlineCompiler.AiService.Grpc;

internal static partial class Log
{
    [LoggerMessage(EventId = 3201, Level = LogLevel.Warning, Message = "{Method} failed, {Failure}: {Reason}")]
    public static partial void ModelFailed(this ILogger logger, string method, ModelFailure failure, string reason);
}

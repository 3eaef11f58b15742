using Grpc.Core;

namespace OnlineCompiler.AiService.Assistance;

internal static partial class Log
{
    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "A corrected program could not be run: the execution service answered {StatusCode}")]
    public static partial void ProofNotRun(this ILogger logger, StatusCode statusCode);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Information, Message = "The model gave no whole corrected file; its answer was cut: {Cut}")]
    public static partial void NoCorrectedFile(this ILogger logger, bool cut);
}

namespace OnlineCompiler.ExecutionService.Compilation;

internal static partial class Log
{
    [LoggerMessage(EventId = 400, Level = LogLevel.Warning, Message = "The kept compilation {Key} was damaged, and is removed")]
    public static partial void CompilationDamaged(this ILogger logger, string key);

    [LoggerMessage(EventId = 401, Level = LogLevel.Warning, Message = "A compilation could not be kept: {Reason}")]
    public static partial void CompilationNotKept(this ILogger logger, string reason);

    [LoggerMessage(EventId = 402, Level = LogLevel.Warning, Message = "Compilations are kept in memory only: {Reason}")]
    public static partial void NoCompilationFolder(this ILogger logger, string reason);
}

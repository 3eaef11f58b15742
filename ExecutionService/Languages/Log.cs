namespace OnlineCompiler.ExecutionService.Languages;

internal static partial class Log
{
    [LoggerMessage(EventId = 200, Level = LogLevel.Error, Message = "A language pack is left out: {Mistake}")]
    public static partial void PackIsWrong(this ILogger logger, string mistake);

    [LoggerMessage(EventId = 201, Level = LogLevel.Information, Message = "The toolchain of {Language} is not installed")]
    public static partial void ToolchainMissing(this ILogger logger, string language);

    [LoggerMessage(EventId = 202, Level = LogLevel.Warning, Message = "The toolchain of {Language} could not be asked for its version: {Problem}")]
    public static partial void ToolchainNotAsked(this ILogger logger, string language, string problem);
}

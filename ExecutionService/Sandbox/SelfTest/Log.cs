namespace OnlineCompiler.ExecutionService.Sandbox.SelfTest;

internal static partial class Log
{
    [LoggerMessage(EventId = 110, Level = LogLevel.Information, Message = "The sandbox's self-test found every promise kept, in {Elapsed}")]
    public static partial void SelfTestPassed(this ILogger logger, TimeSpan elapsed);

    [LoggerMessage(EventId = 111, Level = LogLevel.Error, Message = "The sandbox's self-test failed: {Problem}")]
    public static partial void SelfTestFailed(this ILogger logger, string problem);
}

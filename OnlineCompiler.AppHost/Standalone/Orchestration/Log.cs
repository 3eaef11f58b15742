using Microsoft.Extensions.Logging;

namespace OnlineCompiler.AppHost.Standalone.Orchestration;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Resource} started (process {ProcessId})")]
    public static partial void Started(ILogger logger, string resource, int processId);

    [LoggerMessage(2, LogLevel.Information, "{Resource} stopped")]
    public static partial void Stopped(ILogger logger, string resource);

    [LoggerMessage(3, LogLevel.Warning, "{Resource} ended by itself with exit code {ExitCode}; starting it again in {Seconds} s. Its last lines:\n{LastWords}")]
    public static partial void EndedByItself(ILogger logger, string resource, int exitCode, double seconds, string lastWords);

    [LoggerMessage(4, LogLevel.Error, "{Resource} cannot be started: {Reason}")]
    public static partial void CannotStart(ILogger logger, string resource, string reason);
}

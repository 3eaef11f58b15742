namespace OnlineCompiler.ExecutionService.Sandbox;

internal static partial class Log
{
    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "Sandbox zone started with {Cgroups} in {Directory}")]
    public static partial void ZoneStarted(this ILogger logger, string cgroups, string directory);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "The launcher of sandboxes died and is started anew")]
    public static partial void LauncherDied(this ILogger logger);

    [LoggerMessage(EventId = 104, Level = LogLevel.Warning, Message = "A copy of {Host} could not be made: {Reason}")]
    public static partial void CopyNotMade(this ILogger logger, string host, string reason);

    [LoggerMessage(EventId = 103, Level = LogLevel.Warning, Message = "Sandboxes without namespaces (Sandbox:Backend is Process) started with {Cgroups} in {Directory}")]
    public static partial void LauncherStarted(this ILogger logger, string cgroups, string directory);

    [LoggerMessage(EventId = 102, Level = LogLevel.Error, Message = "Sandboxes cannot be built here: {Problem}")]
    public static partial void SandboxUnavailable(this ILogger logger, string problem);
}

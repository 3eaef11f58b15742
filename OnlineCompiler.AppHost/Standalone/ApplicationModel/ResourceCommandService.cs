using OnlineCompiler.AppHost.Standalone.Orchestration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Stops and starts single resources while the application runs.</summary>
public sealed class ResourceCommandService
{
    private readonly Orchestrator _orchestrator;

    internal ResourceCommandService(Orchestrator orchestrator)
    {
        _orchestrator = orchestrator;
    }

    /// <summary>Does one of <see cref="KnownResourceCommands"/>, and answers when it is done.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        if (_orchestrator.Find(resourceId) is not { } runner)
            return new ExecuteCommandResult { Success = false, Message = $"There is no resource \"{resourceId}\" that could be started." };
        if (commandName != KnownResourceCommands.StartCommand && commandName != KnownResourceCommands.StopCommand && commandName != KnownResourceCommands.RestartCommand)
            return new ExecuteCommandResult { Success = false, Message = $"There is no command \"{commandName}\"." };

        if (commandName != KnownResourceCommands.StartCommand)
            await runner.StopAsync().WaitAsync(cancellationToken);
        if (commandName != KnownResourceCommands.StopCommand)
            runner.Start();
        return new ExecuteCommandResult { Success = true };
    }
}

/// <summary>What can be done to a resource.</summary>
public static class KnownResourceCommands
{
    public static readonly string StartCommand = "resource-start";
    public static readonly string StopCommand = "resource-stop";
    public static readonly string RestartCommand = "resource-restart";
}

/// <summary>Whether a command was carried out.</summary>
public sealed class ExecuteCommandResult
{
    public required bool Success { get; init; }

    public string? Message { get; init; }
}

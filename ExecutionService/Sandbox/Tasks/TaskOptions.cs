using Microsoft.Extensions.Options;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks;

/// <summary>Section <c>Sandbox:Tasks</c>: the workers of <c>Sandbox:Backend=Tasks</c>.</summary>
internal sealed class TaskOptions
{
    public const string Section = "Sandbox:Tasks";

    /// <summary>What workers elsewhere must know to be given jobs: 16-512 characters, a secret. Default none: only local workers may dial in.</summary>
    public string Token { get; set; } = "";

    /// <summary>How long a program waits for a free worker before it is refused. Default 60 s; range 0.1 s-10 min.</summary>
    public TimeSpan WorkerPatience { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Idle workers this service keeps on its own machine, as processes, beside those that dial in. Default 0; range 0-64.</summary>
    public int LocalWorkers { get; set; }
}

internal sealed class TaskOptionsValidator(IConfiguration configuration) : IValidateOptions<TaskOptions>
{
    private static readonly TimeSpan _shortestPatience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestPatience = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, TaskOptions options)
    {
        var wrong = new List<string>();
        // What the token is stays untold.
        if (options.Token.Length is not 0 and (< 16 or > 512))
            wrong.Add($"{TaskOptions.Section}:Token must be 16 to 512 characters, not {options.Token.Length}.");
        if (options.WorkerPatience < _shortestPatience || options.WorkerPatience > _longestPatience)
            wrong.Add($"{TaskOptions.Section}:WorkerPatience must be from {_shortestPatience} to {_longestPatience}, not {options.WorkerPatience}.");
        if (options.LocalWorkers is < 0 or > 64)
            wrong.Add($"{TaskOptions.Section}:LocalWorkers must be from 0 to 64, not {options.LocalWorkers}.");
        if (options is { Token.Length: 0, LocalWorkers: 0 })
            wrong.Add($"{TaskOptions.Section}:Token must be set, or {TaskOptions.Section}:LocalWorkers be at least 1: else no worker may dial in.");
        if (options.LocalWorkers > 0 && string.IsNullOrEmpty(configuration[Local.LocalWorkers.GrpcPortKey]))
            wrong.Add($"{Local.LocalWorkers.GrpcPortKey} must name the port that local workers dial ({TaskOptions.Section}:LocalWorkers is {options.LocalWorkers}).");
        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}

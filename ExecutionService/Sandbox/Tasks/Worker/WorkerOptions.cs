using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Worker;

/// <summary>Section <c>Worker</c>: makes this program a worker of another service. Only for processes with <c>Worker:Dispatcher</c>.</summary>
internal sealed class WorkerOptions
{
    public const string Section = "Worker";

    /// <summary>The dispatcher's gRPC address: <c>http://host:port</c>, <c>https://…</c> or a name of service discovery such as <c>http://_grpc.execution</c>.</summary>
    public string Dispatcher { get; set; } = "";

    /// <summary>The dispatcher's <c>Sandbox:Tasks:Token</c>: 16-512 characters, a secret.</summary>
    public string Token { get; set; } = "";

    /// <summary>What keeps the program apart from the worker: <c>Process</c> (default) or <c>Namespaces</c>.</summary>
    public SandboxBackend Backend { get; set; } = SandboxBackend.Process;

    /// <summary>What logs call it: 1-64 letters, digits, '.', '-' or '_'. Default: the machine's name and the process's id.</summary>
    public string Id { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>How long it dials, again and again, a dispatcher that is not there. Default 2 min; range 0-1 h.</summary>
    public TimeSpan DialPatience { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a running job may go on after SIGTERM, before it is killed. Default 20 s; range 0-110 s.</summary>
    public TimeSpan FinishWithin { get; set; } = TimeSpan.FromSeconds(20);
}

internal sealed partial class WorkerOptionsValidator : IValidateOptions<WorkerOptions>
{
    private static readonly TimeSpan _longestDial = TimeSpan.FromHours(1);
    private static readonly TimeSpan _longestFinish = TimeSpan.FromSeconds(110);

    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        var wrong = new List<string>();
        if (!Uri.TryCreate(options.Dispatcher, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            wrong.Add($"Worker:Dispatcher must be an http or https address, such as http://_grpc.execution, not \"{options.Dispatcher}\".");
        // What the token is stays untold.
        if (options.Token.Length is < 16 or > 512)
            wrong.Add($"Worker:Token must be 16 to 512 characters, not {options.Token.Length}.");
        if (options.Backend is not (SandboxBackend.Process or SandboxBackend.Namespaces))
            wrong.Add($"Worker:Backend must be Process or Namespaces, not {options.Backend}.");
        if (!IdPattern().IsMatch(options.Id))
            wrong.Add($"Worker:Id must be 1-64 letters, digits, '.', '-' or '_', not \"{options.Id}\".");
        if (options.DialPatience < TimeSpan.Zero || options.DialPatience > _longestDial)
            wrong.Add($"Worker:DialPatience must be from {TimeSpan.Zero} to {_longestDial}, not {options.DialPatience}.");
        if (options.FinishWithin < TimeSpan.Zero || options.FinishWithin > _longestFinish)
            wrong.Add($"Worker:FinishWithin must be from {TimeSpan.Zero} to {_longestFinish}, not {options.FinishWithin}.");
        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex IdPattern();
}

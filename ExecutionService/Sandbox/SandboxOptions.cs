using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Sandbox;

/// <summary>Section <c>Sandbox</c>: where the sandbox finds things. Relative paths are taken from the content root.</summary>
internal sealed class SandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>
    /// What keeps programs apart. Default <c>Namespaces</c>. Another one is never taken by itself: an operator chooses it by name.
    /// </summary>
    public SandboxBackend Backend { get; set; } = SandboxBackend.Namespaces;

    /// <summary>Toolchains that packages do not bring, mounted read-only at /opt/toolchains. Default <c>../.toolchains</c>.</summary>
    public string ToolchainsDirectory { get; set; } = "../.toolchains";

    /// <summary>Folder for the zone's socket and generated files; one folder for each service below it. Default: the temporary folder.</summary>
    public string StateDirectory { get; set; } = Path.GetTempPath();

    /// <summary>
    /// First of the host's user ids that programs run as, one for each sandbox at a time. Default 200 000; range
    /// 10 000-2 000 000 000. No account of the host may have one of them. Used only when the service runs as root.
    /// </summary>
    public int FirstUserId { get; set; } = 200_000;

    /// <summary>Sandboxes that may exist at once. Default 1 024; range 1-16 384.</summary>
    public int MaxSandboxes { get; set; } = 1024;

    /// <summary>
    /// Accepts running without cgroups (no limit on the memory, processes and CPU time of a program as a whole). Default
    /// false: where root cannot use them, nothing runs. An ordinary user needs no leave: where none are delegated to it
    /// programs run without, readiness is degraded and says how to get them, and every answer is marked.
    /// </summary>
    public bool AllowWithoutCgroups { get; set; }

    /// <summary>Stages made ahead of need.</summary>
    public PreparedOptions Prepared { get; set; } = new();
}

/// <summary>The ways to run a program; docs/sandbox.md compares what they promise.</summary>
internal enum SandboxBackend
{
    /// <summary>Fresh namespaces, cgroups and a filter for every stage.</summary>
    Namespaces,

    /// <summary>An unprivileged user, a filter and limits for each process, where no namespaces can be made (a plain container).</summary>
    Process,

    /// <summary>A worker of its own for every stage, which dials in, does one job and exits.</summary>
    Tasks,
}

internal sealed class SandboxOptionsValidator : IValidateOptions<SandboxOptions>
{
    public ValidateOptionsResult Validate(string? name, SandboxOptions options)
    {
        var wrong = new List<string>();
        if (options.FirstUserId is < 10_000 or > 2_000_000_000)
            wrong.Add($"Sandbox:FirstUserId must be from 10000 to 2000000000, not {options.FirstUserId}.");
        if (options.MaxSandboxes is < 1 or > 16_384)
            wrong.Add($"Sandbox:MaxSandboxes must be from 1 to 16384, not {options.MaxSandboxes}.");
        if (string.IsNullOrWhiteSpace(options.StateDirectory))
            wrong.Add("Sandbox:StateDirectory must name a folder.");
        wrong.AddRange(options.Prepared.FindWrong());
        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}

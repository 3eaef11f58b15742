using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Sandbox.Tasks.Worker;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Local;

/// <summary>
/// Starts this program as a worker of this service. Of our environment it gets only what a .NET program needs to start, and
/// the settings of the sandbox: what else the service was started with (stores, keys) is no worker's business.
/// </summary>
internal sealed class LocalWorkerStart(IConfiguration configuration, IHostEnvironment environment, WorkerTokens tokens, IOptions<SandboxOptions> sandbox)
{
    private static readonly string[] _inherited = ["PATH", "HOME", "LANG", "TMPDIR", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64"];

    /// <summary>For a process that lives for one job: a small heap, and no second compilation of what runs once.</summary>
    private static readonly Dictionary<string, string> _runtime = new()
    {
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false",
        ["Logging__LogLevel__Default"] = "Warning",
        ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Warning",
    };

    private int _lastWorker;

    /// <param name="slot">Gives its programs a user id that no other local worker's have.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public LocalWorkerProcess Start(int slot)
    {
        var workerId = $"local-{Environment.ProcessId}-{Interlocked.Increment(ref _lastWorker)}";
        var program = Path.Combine(AppContext.BaseDirectory, typeof(Program).Assembly.GetName().Name!);
        var start = new ProcessStartInfo(program) { WorkingDirectory = environment.ContentRootPath, RedirectStandardInput = true };
        start.Environment.Clear();
        foreach (var (name, value) in Variables(workerId, slot))
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new LocalWorkerProcess(workerId, process);
    }

    private IEnumerable<KeyValuePair<string, string>> Variables(string workerId, int slot)
    {
        foreach (var name in _inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                yield return KeyValuePair.Create(name, value);
        }
        foreach (var variable in _runtime)
            yield return variable;
        foreach (var (key, value) in configuration.GetSection(SandboxOptions.Section).AsEnumerable())
        {
            if (value is not null && !key.StartsWith(TaskOptions.Section, StringComparison.OrdinalIgnoreCase))
                yield return Setting(key, value);
        }
        if (configuration[$"{ExecutionOptions.Section}:{nameof(ExecutionOptions.PacksDirectory)}"] is { } packs)
            yield return Setting($"{ExecutionOptions.Section}:{nameof(ExecutionOptions.PacksDirectory)}", packs);

        // A sandbox without namespaces takes two ids: its program's, and its killer's.
        yield return Setting($"{SandboxOptions.Section}:{nameof(SandboxOptions.FirstUserId)}", Invariant(sandbox.Value.FirstUserId + 2 * slot));
        yield return Setting($"{SandboxOptions.Section}:{nameof(SandboxOptions.MaxSandboxes)}", "1");
        if (configuration[$"{WorkerOptions.Section}:{nameof(WorkerOptions.Backend)}"] is { } backend)
            yield return Setting($"{WorkerOptions.Section}:{nameof(WorkerOptions.Backend)}", backend);
        yield return Setting(WorkerMode.DispatcherKey, $"http://localhost:{configuration[LocalWorkers.GrpcPortKey]}");
        yield return Setting(WorkerMode.TokenKey, tokens.Local);
        yield return Setting($"{WorkerOptions.Section}:{nameof(WorkerOptions.Id)}", workerId);
        // Its dispatcher is there, or gone for good.
        yield return Setting($"{WorkerOptions.Section}:{nameof(WorkerOptions.DialPatience)}", "00:00:00");
    }

    private static KeyValuePair<string, string> Setting(string key, string value) => KeyValuePair.Create(key.Replace(":", "__", StringComparison.Ordinal), value);

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Diagnostics;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

/// <summary>The service's program, started by hand.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Task<string> _output;

    public WorkerProcess(IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "ExecutionService"))
        {
            WorkingDirectory = Path.GetDirectoryName(PackFolders.Root),
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
        _output = _process.StandardOutput.ReadToEndAsync();
    }

    public int ProcessId => _process.Id;

    public async Task<(int Status, string Said)> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(40));
        return (_process.ExitCode, await _output + await _errors);
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}

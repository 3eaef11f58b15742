namespace OnlineCompiler.AppHost.Standalone.Processes;

/// <summary>Starts processes that do not outlive us, however we end.</summary>
internal sealed class ProcessLauncher : IDisposable
{
    private readonly ForkingThread _thread = new();
    private readonly OrphanGuard _guard = new();

    public async Task<ChildProcess> StartAsync(ProcessPlan plan, Action<string, bool> writeLine)
    {
        var child = await _thread.RunAsync(() => ChildProcess.Start(plan, writeLine));
        _guard.Add(child.Id);
        _ = ForgetAsync(child);
        return child;
    }

    public void Dispose()
    {
        _guard.Dispose();
        _thread.Dispose();
    }

    private async Task ForgetAsync(ChildProcess child)
    {
        await child.Exited;
        _guard.Remove(child.Id);
    }
}

namespace OnlineCompiler.ExecutionService.Sandbox.Launching;

/// <summary>Takes stages apart behind the back of those who wait for answers: nothing of a program runs by then.</summary>
internal sealed class StageCleaner
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _work = [];

    /// <summary>Told each time that there is more room on the machine.</summary>
    public event Action? Cleaned;

    public void Clean(StageHold stage, bool hasEnded)
    {
        var work = stage.ReleaseAsync(hasEnded);
        lock (_lock)
            _work.Add(work);
        _ = ForgetAsync(work);
    }

    /// <summary>When everything that was handed over so far is gone.</summary>
    public Task WhenCleanAsync()
    {
        lock (_lock)
            return Task.WhenAll(_work);
    }

    private async Task ForgetAsync(Task work)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
            _work.Remove(work);
        Cleaned?.Invoke();
    }
}

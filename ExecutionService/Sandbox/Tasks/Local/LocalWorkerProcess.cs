using System.Diagnostics;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Local;

/// <summary>A worker that this service has started.</summary>
internal sealed class LocalWorkerProcess(string workerId, Process process) : IDisposable
{
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string WorkerId => workerId;

    public int ProcessId { get; } = process.Id;

    /// <summary>Done once it has its job.</summary>
    public Task Taken => _taken.Task;

    public void MarkTaken() => _taken.TrySetResult();

    public async Task<int> WaitForExitAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Waits for it to leave by itself, else kills it; what it has started ends with it.</summary>
    public async Task EndWithinAsync(TimeSpan patience)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // Its end was noticed meanwhile.
        }
    }

    public void Dispose() => process.Dispose();
}

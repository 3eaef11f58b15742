using System.Collections.Concurrent;

namespace OnlineCompiler.AppHost.Standalone.Processes;

/// <summary>
/// Forks every child. The kernel sends a child its parent-death signal when the *thread* that forked it ends, and pool
/// threads end whenever the pool likes; this one lives until the application has stopped, or the process is no more.
/// </summary>
internal sealed class ForkingThread : IDisposable
{
    private readonly BlockingCollection<Action> _forks = [];

    public ForkingThread()
    {
        var thread = new Thread(() =>
        {
            foreach (var fork in _forks.GetConsumingEnumerable())
                fork();
        })
        { IsBackground = true, Name = "Forks children" };
        thread.Start();
    }

    public Task<T> RunAsync<T>(Func<T> fork)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _forks.Add(() =>
        {
            try
            {
                result.SetResult(fork());
            }
            catch (Exception error)
            {
                result.SetException(error);
            }
        });
        return result.Task;
    }

    public void Dispose() => _forks.CompleteAdding();
}

using System.Runtime.CompilerServices;
using OnlineCompiler.ExecutionService.Draining;

namespace OnlineCompiler.ExecutionService.Executions.Resuming;

/// <summary>Tells people whose program waits for them that it will not wait much longer.</summary>
internal static class StoppingNotice
{
    /// <summary>What happens, and among it, once, that the service stops.</summary>
    public static async IAsyncEnumerable<ExecutionEvent> AddTo(
        IAsyncEnumerable<ExecutionEvent> happenings, Drain drain, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var isTold = false;
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var source = happenings.GetAsyncEnumerator(leaving.Token);
        var next = Task.FromResult(false);
        try
        {
            while (true)
            {
                next = source.MoveNextAsync().AsTask();
                if (!isTold && await Task.WhenAny(next, drain.Begun) == drain.Begun && !next.IsCompleted)
                {
                    isTold = true;
                    yield return new ServiceStopping(drain.Left);
                }
                if (!await next)
                    yield break;
                yield return source.Current;
            }
        }
        finally
        {
            // Left while it was told: a source may not be left under a move that is still under way.
            await leaving.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

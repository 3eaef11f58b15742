using StackExchange.Redis;

namespace OnlineCompiler.ExecutionService.Submissions;

/// <summary>Hands out callbacks that are due; what happens in Redis is in <see cref="CallbackScripts"/>.</summary>
internal sealed class CallbackStore(SubmissionStore store, SubmissionChanges changes, TimeProvider time)
{
    /// <summary>Until one is seen that was not heard of.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    /// <summary>Takes what is due, waiting for it.</summary>
    /// <returns>None when the wait is over.</returns>
    /// <exception cref="SubmissionsUnavailableException">Redis does not answer; what it has given is given again when the lease ends.</exception>
    public async Task<IReadOnlyList<TakenCallback>> TakeAsync(int count, TimeSpan lease, TimeSpan wait, CancellationToken cancellationToken)
    {
        // First listening, then looking: nothing can become due in between unseen.
        var due = new SemaphoreSlim(0);
        void Hear() => due.Release();
        changes.CallbackIsDue += Hear;
        try
        {
            var begun = time.GetTimestamp();
            while (true)
            {
                var (taken, next) = await TakeNowAsync(count, lease, cancellationToken);
                var left = wait - time.GetElapsedTime(begun);
                if (taken.Count > 0 || left <= TimeSpan.Zero)
                    return taken;
                await due.WaitAsync(new[] { next, left, LookAgain }.Min(), cancellationToken);
            }
        }
        finally
        {
            changes.CallbackIsDue -= Hear;
        }
    }

    /// <summary>Says what became of one; the delay is until it is due again, when it is pending still.</summary>
    /// <param name="id">The submission's.</param>
    /// <param name="owner">As it was taken.</param>
    /// <param name="delivery">What is to be told of it; its attempts are counted here.</param>
    /// <param name="delay">Until it is due again.</param>
    /// <param name="isCounted">False when it was not tried at all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SubmissionsUnavailableException">Redis does not answer.</exception>
    public Task ReportAsync(string id, string owner, CallbackDelivery delivery, TimeSpan delay, bool isCounted, CancellationToken cancellationToken) => store.EvaluateAsync(
        CallbackScripts.Report,
        [id, owner, delivery.State.ToString(), delivery.LastStatus, delivery.Message, (long)delay.TotalMilliseconds, isCounted ? 1 : 0],
        cancellationToken);

    private async Task<(IReadOnlyList<TakenCallback> Taken, TimeSpan Next)> TakeNowAsync(int count, TimeSpan lease, CancellationToken cancellationToken)
    {
        var owner = Guid.NewGuid().ToString("N");
        var reply = await store.EvaluateAsync(CallbackScripts.Take, [owner, (long)lease.TotalMilliseconds, count], cancellationToken);
        var taken = ((RedisResult[])reply[0]!).Select(fields => new TakenCallback((string)fields[0]!, owner, (byte[])fields[1]!, (int)fields[2]));
        return ([.. taken], (long)reply[1] is >= 0 and var next ? TimeSpan.FromMilliseconds(next) : LookAgain);
    }
}

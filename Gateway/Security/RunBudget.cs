using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace OnlineCompiler.Gateway.Security;

/// <summary>A bucket of tokens for each caller, from which everything that runs a program takes one for each.</summary>
internal sealed class RunBudget : IDisposable
{
    /// <summary>Callers to whom runs may be given back at a time: it is a courtesy, and must not fill the memory.</summary>
    private const int MaxGivenBack = 10_000;

    private readonly ConcurrentDictionary<string, int> _givenBack = new();
    private readonly PartitionedRateLimiter<string> _buckets;
    private readonly int _burst;

    public RunBudget(IOptions<RateLimitOptions> limits)
    {
        _burst = limits.Value.RunBurst;
        _buckets = PartitionedRateLimiter.Create<string, string>(caller =>
            RateLimitPartition.GetTokenBucketLimiter(caller, _ => RateLimits.Bucket(limits.Value.RunsPerSecond, limits.Value.RunBurst)));
    }

    /// <summary>The caller's bucket, as a part of a policy.</summary>
    public RateLimiter Of(string caller) => new CallersBucket(this, caller);

    /// <summary>Runs that the caller may have at once.</summary>
    public long Left(string caller) =>
        Math.Min(_burst, (_buckets.GetStatistics(caller)?.CurrentAvailablePermits ?? _burst) + _givenBack.GetValueOrDefault(caller));

    /// <summary>Takes back the charge for runs that there were none of after all: the caller's next ones cost nothing.</summary>
    public void GiveBack(string caller, int runs)
    {
        if (_givenBack.Count < MaxGivenBack)
            _givenBack.AddOrUpdate(caller, static (_, state) => Math.Min(state.runs, state._burst), static (_, had, state) => Math.Min(had + state.runs, state._burst), (runs, _burst));
    }

    /// <summary>Takes for runs beyond the one that the policy has charged. What costs more than a full bucket empties it.</summary>
    /// <returns>False when there are not enough tokens; nothing was taken then, and the refusal says when to come back.</returns>
    public bool TryTake(string caller, int runs, [NotNullWhen(false)] out RateLimitLease? refusal)
    {
        refusal = null;
        var tokens = Math.Min(runs, _burst - 1);
        // Asking an empty bucket for nothing is refused, too.
        if (tokens <= 0)
            return true;
        var lease = Acquire(caller, tokens);
        refusal = lease.IsAcquired ? null : lease;
        return lease.IsAcquired;
    }

    public void Dispose() => _buckets.Dispose();

    /// <summary>What was given back goes first; the bucket has the rest, or nothing is taken.</summary>
    private RateLimitLease Acquire(string caller, int tokens)
    {
        var free = TakeGivenBack(caller, tokens);
        // An empty bucket refuses to be asked for nothing, too.
        var lease = free == tokens ? new FreeLease() : _buckets.AttemptAcquire(caller, tokens - free);
        if (!lease.IsAcquired && free > 0)
            GiveBack(caller, free);
        return lease;
    }

    private int TakeGivenBack(string caller, int tokens)
    {
        while (_givenBack.TryGetValue(caller, out var had))
        {
            var taken = Math.Min(had, tokens);
            if (taken == had ? _givenBack.TryRemove(new KeyValuePair<string, int>(caller, had)) : _givenBack.TryUpdate(caller, had - taken, had))
                return taken;
        }
        return 0;
    }

    private sealed class FreeLease : RateLimitLease
    {
        public override bool IsAcquired => true;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }

    private sealed class CallersBucket(RunBudget budget, string caller) : RateLimiter
    {
        /// <summary>Keeps nothing itself: in a chain the others say whether it is idle, a limiter in use above all.</summary>
        public override TimeSpan? IdleDuration => null;

        public override RateLimiterStatistics? GetStatistics() => budget._buckets.GetStatistics(caller);

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => budget.Acquire(caller, permitCount);

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
            ValueTask.FromResult(budget.Acquire(caller, permitCount));
    }
}

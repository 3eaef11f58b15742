using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace OnlineCompiler.Gateway.Security;

/// <summary>A bucket of tokens for each caller, from which everything that runs a program takes one for each.</summary>
internal sealed class RunBudget : IDisposable
{
    private readonly PartitionedRateLimiter<string> _buckets;
    private readonly int _burst;

    public RunBudget(IOptions<RateLimitOptions> limits)
    {
        _burst = limits.Value.RunBurst;
        _buckets = PartitionedRateLimiter.Create<string, string>(caller =>
            RateLimitPartition.GetTokenBucketLimiter(caller, _ => RateLimits.Bucket(limits.Value.RunsPerSecond, limits.Value.RunBurst)));
    }

    /// <summary>The caller's bucket, as a part of a policy.</summary>
    public RateLimiter Of(string caller) => new CallersBucket(_buckets, caller);

    /// <summary>Runs that the caller may have at once.</summary>
    public long Left(string caller) => _buckets.GetStatistics(caller)?.CurrentAvailablePermits ?? _burst;

    /// <summary>Takes for runs beyond the one that the policy has charged. What costs more than a full bucket empties it.</summary>
    /// <returns>False when there are not enough tokens; nothing was taken then, and the refusal says when to come back.</returns>
    public bool TryTake(string caller, int runs, [NotNullWhen(false)] out RateLimitLease? refusal)
    {
        refusal = null;
        var tokens = Math.Min(runs, _burst - 1);
        // Asking an empty bucket for nothing is refused, too.
        if (tokens <= 0)
            return true;
        var lease = _buckets.AttemptAcquire(caller, tokens);
        refusal = lease.IsAcquired ? null : lease;
        return lease.IsAcquired;
    }

    public void Dispose() => _buckets.Dispose();

    private sealed class CallersBucket(PartitionedRateLimiter<string> buckets, string caller) : RateLimiter
    {
        /// <summary>Keeps nothing itself: in a chain the others say whether it is idle, a limiter in use above all.</summary>
        public override TimeSpan? IdleDuration => null;

        public override RateLimiterStatistics? GetStatistics() => buckets.GetStatistics(caller);

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => buckets.AttemptAcquire(caller, permitCount);

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
            buckets.AcquireAsync(caller, permitCount, cancellationToken);
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace OnlineCompiler.Gateway.Security.Limits;

/// <summary>How often someone at an address may show a key or token that is wrong.</summary>
internal sealed class FailedAttempts(IOptions<RateLimitOptions> limits) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _buckets = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            TokensPerPeriod = limits.Value.FailedAttemptsPerMinute,
            TokenLimit = limits.Value.FailedAttemptsPerMinute,
            QueueLimit = 0,
        }));

    /// <summary>Whether the address has none left; the lease says when to come back.</summary>
    public bool IsExhausted(string address, [NotNullWhen(true)] out RateLimitLease? refusal)
    {
        refusal = null;
        // Not by asking for nothing: that is granted as soon as a part of a token is there.
        if (_buckets.GetStatistics(address) is not { CurrentAvailablePermits: 0 })
            return false;
        var lease = _buckets.AttemptAcquire(address);
        refusal = lease.IsAcquired ? null : lease;
        return refusal is not null;
    }

    public void Count(string address) => _buckets.AttemptAcquire(address).Dispose();

    public void Dispose() => _buckets.Dispose();
}

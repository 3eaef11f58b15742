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
        // Asking for nothing is refused exactly when nothing is there.
        var lease = _buckets.AttemptAcquire(address, permitCount: 0);
        refusal = lease.IsAcquired ? null : lease;
        return refusal is not null;
    }

    public void Count(string address) => _buckets.AttemptAcquire(address).Dispose();

    public void Dispose() => _buckets.Dispose();
}

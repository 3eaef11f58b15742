using System.Threading.RateLimiting;

namespace OnlineCompiler.Gateway.Security.Limits;

/// <summary>Leave to run, to be given back; or a refusal, which says when to come back.</summary>
internal sealed class RunLease : RateLimitLease
{
    private readonly TimeSpan? _retryAfter;
    private Action? _finish;

    public RunLease(Action finish) => _finish = finish;

    public RunLease(TimeSpan retryAfter) => _retryAfter = retryAfter;

    public override bool IsAcquired => _retryAfter is null;

    public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = metadataName == MetadataName.RetryAfter.Name ? _retryAfter : null;
        return metadata is not null;
    }

    protected override void Dispose(bool disposing)
    {
        Interlocked.Exchange(ref _finish, null)?.Invoke();
        base.Dispose(disposing);
    }
}

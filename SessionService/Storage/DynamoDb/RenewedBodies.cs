using Amazon.DynamoDBv2;
using Microsoft.Extensions.Options;
using OnlineCompiler.SessionService.Sessions;

namespace OnlineCompiler.SessionService.Storage.DynamoDb;

/// <summary>
/// Contents of items that live on each time they are used. Their parts are kept twice as long, so that most times they need not be
/// written again.
/// </summary>
internal sealed class RenewedBodies(TableCalls table, Bodies bodies, IOptions<SessionStoreOptions> options)
{
    private readonly TimeSpan _timeToLive = options.Value.TimeToLive;

    public Task<Body> WriteAsync(string key, byte[] content, DateTimeOffset now, CancellationToken cancellationToken) =>
        bodies.WriteAsync(key, content, PartsExpiry(now + _timeToLive), cancellationToken);

    /// <summary>Sees to it that the parts outlive their item, which does until <paramref name="expiresAt"/>; false when the content was replaced meanwhile.</summary>
    public async Task<bool> KeepPartsAsync(string key, Body body, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        // Well before they would go.
        if (body.PartsExpireAtMs is not { } expiry || expiresAt + (_timeToLive / 2) <= DateTimeOffset.FromUnixTimeMilliseconds(expiry))
            return true;

        var extended = await bodies.ExtendAsync(key, body, PartsExpiry(expiresAt), cancellationToken);
        return extended is not null && await table.TryUpdateAsync(
            key, $"SET {extended.Assignments}", Body.IsUnchanged, extended.AddValues([], ":"), ReturnValue.NONE, cancellationToken) is not null;
    }

    private long PartsExpiry(DateTimeOffset expiresAt) => (expiresAt + _timeToLive).ToUnixTimeMilliseconds();
}

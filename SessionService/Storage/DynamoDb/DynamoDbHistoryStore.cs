using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using OnlineCompiler.SessionService.Sessions;

namespace OnlineCompiler.SessionService.Storage.DynamoDb;

/// <summary>A history is one item, <c>history:{id of its session}</c>, without an owner and so in no index; its content is kept as a session's is.</summary>
internal sealed class DynamoDbHistoryStore(
    TableCalls table, Bodies bodies, RenewedBodies renewed, IOptions<SessionStoreOptions> options, TimeProvider time) : IHistoryStore
{
    private const string Revision = "revision";
    private const string Lives = "#expiresAtMs > :now";
    private const string SetExpiry = $"#expiresAtMs = :expiresAtMs, #{TableNames.ExpiresAt} = :{TableNames.ExpiresAt}";

    /// <summary>Readings that meet a content just being replaced, each time anew, before the store says that it cannot.</summary>
    private const int MaxReadings = 10;

    private readonly TimeSpan _timeToLive = options.Value.TimeToLive;

    public async Task<HistoryDocument?> ReadAsync(string sessionId, CancellationToken cancellationToken)
    {
        var key = KeyOf(sessionId);
        for (var reading = 0; reading < MaxReadings; reading++)
        {
            if (await table.GetAsync(key, cancellationToken) is not { } item || item.TimeOf("expiresAtMs") <= time.GetUtcNow())
                return null;
            if (await bodies.ReadAsync(key, Body.Of(item), cancellationToken) is { } content)
                return new HistoryDocument(item.NumberOf(Revision), content);
        }
        throw new SessionStoreUnavailableException(new TimeoutException("It was replaced whenever it was read."));
    }

    public async Task<bool> WriteAsync(string sessionId, long revision, byte[] body, CancellationToken cancellationToken)
    {
        var key = KeyOf(sessionId);
        var now = time.GetUtcNow();
        var written = await renewed.WriteAsync(key, body, now, cancellationToken);
        var values = written.AddValues(ExpiryValues(now), ":");
        values[":next"] = Attributes.Number(revision + 1);
        if (revision > 0)
            values[":revision"] = Attributes.Number(revision);
        var before = await table.TryUpdateAsync(
            key,
            $"SET #{Revision} = :next, {SetExpiry}, {written.Assignments} REMOVE {written.Removals}",
            // What has expired and is not removed yet is none.
            revision > 0 ? $"#{Revision} = :revision AND {Lives}" : $"attribute_not_exists(#{TableNames.Key}) OR #expiresAtMs <= :now",
            values,
            ReturnValue.ALL_OLD,
            cancellationToken);
        if (before is not null)
        {
            if (before.Count > 0)
                await bodies.ForgetAsync(key, Body.Of(before));
            return true;
        }

        // Sent again after its answer was lost, it meets itself.
        if (await table.GetAsync(key, cancellationToken) is { } item && Body.Of(item).Id == written.Id)
            return true;
        await bodies.ForgetAsync(key, written);
        return false;
    }

    public async Task RenewAsync(string sessionId, CancellationToken cancellationToken)
    {
        var key = KeyOf(sessionId);
        var now = time.GetUtcNow();
        var item = await table.TryUpdateAsync(key, $"SET {SetExpiry}", Lives, ExpiryValues(now), ReturnValue.ALL_NEW, cancellationToken);
        // Parts that were replaced meanwhile are renewed by that.
        if (item is not null)
            await renewed.KeepPartsAsync(key, Body.Of(item), now + _timeToLive, cancellationToken);
    }

    public async Task RemoveAsync(string sessionId, CancellationToken cancellationToken)
    {
        var key = KeyOf(sessionId);
        if (await table.TryDeleteAsync(key, null, [], cancellationToken) is { Count: > 0 } removed)
            await bodies.ForgetAsync(key, Body.Of(removed));
    }

    /// <summary>Of an expression that renews it.</summary>
    private Dictionary<string, AttributeValue> ExpiryValues(DateTimeOffset now) =>
        Attributes.AddExpiry(new() { [":now"] = Attributes.Number(now.ToUnixTimeMilliseconds()) }, now + _timeToLive, ":");

    private static string KeyOf(string sessionId) => $"history:{sessionId}";
}

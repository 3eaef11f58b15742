using Microsoft.Extensions.Options;
using OnlineCompiler.SessionService.Sessions;
using StackExchange.Redis;

namespace OnlineCompiler.SessionService.Storage;

/// <summary>
/// Which sessions an owner has: a sorted set of ids by the time they were saved, in <c>oc:owner-sessions:{owner}</c>.
/// On a Redis cluster it may live on another node than the sessions, where no script reaches both. So the sessions' own
/// hashes are the truth, and this is a hint: writing an entry twice, late or not at all never makes a session appear that
/// does not exist, every read and save of a session writes its entry again, and entries without a session are dropped
/// when a list comes across them.
/// </summary>
internal sealed class OwnerIndex(IConnectionMultiplexer redis, IOptions<SessionStoreOptions> options)
{
    /// <summary>The set lives at least as long as any session in it: its time to live only ever grows.</summary>
    private const string TouchScript = """
        redis.call('ZADD', KEYS[1], 'GT', ARGV[1], ARGV[2])
        if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[3]) then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
        return 1
        """;

    /// <summary>Makes sure that the session is listed, at this time or a later one.</summary>
    public Task TouchAsync(string owner, string id, long savedAtMs, CancellationToken cancellationToken) =>
        redis.CallAsync(
            database => database.ScriptEvaluateAsync(
                TouchScript, [Key(owner)], [savedAtMs, id, (long)options.Value.TimeToLive.TotalMilliseconds]),
            cancellationToken);

    public Task RemoveAsync(string owner, IEnumerable<string> ids, CancellationToken cancellationToken) =>
        redis.CallAsync(database => database.SortedSetRemoveAsync(Key(owner), [.. ids.Select(id => (RedisValue)id)]), cancellationToken);

    /// <summary>At most <paramref name="count"/> entries after the cursor, last saved first; those saved in the same millisecond by id.</summary>
    public async Task<IReadOnlyList<SessionCursor>> ReadAsync(
        string owner, SessionCursor? after, int count, CancellationToken cancellationToken)
    {
        if (after is null)
            return await ReadRangeAsync(owner, double.PositiveInfinity, Exclude.None, count, cancellationToken);

        var sameTime = await redis.CallAsync(
            database => database.SortedSetRangeByScoreAsync(Key(owner), after.SavedAtMs, after.SavedAtMs, order: Order.Descending),
            cancellationToken);
        var rest = sameTime.Select(id => id.ToString())
            .Where(id => string.CompareOrdinal(id, after.Id) < 0)
            .Select(id => after with { Id = id })
            .Take(count)
            .ToList();
        return rest.Count == count
            ? rest
            : [.. rest, .. await ReadRangeAsync(owner, after.SavedAtMs, Exclude.Stop, count - rest.Count, cancellationToken)];
    }

    private async Task<IReadOnlyList<SessionCursor>> ReadRangeAsync(
        string owner, double latest, Exclude exclude, int count, CancellationToken cancellationToken)
    {
        var entries = await redis.CallAsync(
            database => database.SortedSetRangeByScoreWithScoresAsync(
                Key(owner), double.NegativeInfinity, latest, exclude, Order.Descending, skip: 0, take: count),
            cancellationToken);
        return [.. entries.Select(entry => new SessionCursor((long)entry.Score, entry.Element.ToString()))];
    }

    private static RedisKey Key(string owner) => $"oc:owner-sessions:{{{owner}}}";
}

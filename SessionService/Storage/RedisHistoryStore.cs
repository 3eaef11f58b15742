using Microsoft.Extensions.Options;
using OnlineCompiler.SessionService.Sessions;
using StackExchange.Redis;

namespace OnlineCompiler.SessionService.Storage;

/// <summary>A history is one hash, <c>oc:session-history:{id}</c> (braces included): revision and body.</summary>
internal sealed class RedisHistoryStore(IConnectionMultiplexer redis, IOptions<SessionStoreOptions> options) : IHistoryStore
{
    /// <summary>ARGV: expected revision, 0 for none; time to live in ms; body. Returns 1, or 0 when it is another.</summary>
    private const string Write = """
        if (redis.call('HGET', KEYS[1], 'revision') or '0') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], 'body', ARGV[3])
        redis.call('HINCRBY', KEYS[1], 'revision', 1)
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return 1
        """;

    public async Task<HistoryDocument?> ReadAsync(string sessionId, CancellationToken cancellationToken)
    {
        var fields = await redis.CallAsync(database => database.HashGetAsync(Key(sessionId), ["revision", "body"]), cancellationToken);
        return fields[1].IsNull ? null : new HistoryDocument((long)fields[0], fields[1]!);
    }

    public async Task<bool> WriteAsync(string sessionId, long revision, byte[] body, CancellationToken cancellationToken) =>
        (int)await redis.CallAsync(
            database => database.ScriptEvaluateAsync(Write, [Key(sessionId)], [revision, (long)options.Value.TimeToLive.TotalMilliseconds, body]),
            cancellationToken) == 1;

    public Task RenewAsync(string sessionId, CancellationToken cancellationToken) =>
        redis.CallAsync(database => database.KeyExpireAsync(Key(sessionId), options.Value.TimeToLive), cancellationToken);

    public Task RemoveAsync(string sessionId, CancellationToken cancellationToken) =>
        redis.CallAsync(database => database.KeyDeleteAsync(Key(sessionId)), cancellationToken);

    private static RedisKey Key(string sessionId) => $"oc:session-history:{{{sessionId}}}";
}

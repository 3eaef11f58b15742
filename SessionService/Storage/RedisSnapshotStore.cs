using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OnlineCompiler.SessionService.Sessions;
using StackExchange.Redis;

namespace OnlineCompiler.SessionService.Storage;

/// <summary>A snapshot is one hash, <c>oc:snapshot:{id}</c> (braces included): createdAtMs, and body, the program as JSON.</summary>
internal sealed class RedisSnapshotStore(IConnectionMultiplexer redis, TimeProvider time) : ISnapshotStore
{
    /// <summary>
    /// ARGV: time to live in ms, 0 for good; now; body. Returns createdAtMs and what is left in ms, negative for good; nil when another
    /// program has this name.
    /// </summary>
    private const string Keep = """
        local ttl = tonumber(ARGV[1])
        local kept = redis.call('HMGET', KEYS[1], 'createdAtMs', 'body')
        if not kept[2] then
          redis.call('HSET', KEYS[1], 'createdAtMs', ARGV[2], 'body', ARGV[3])
          if ttl > 0 then redis.call('PEXPIRE', KEYS[1], ttl) end
          return { ARGV[2], redis.call('PTTL', KEYS[1]) }
        end
        if kept[2] ~= ARGV[3] then return nil end
        local left = redis.call('PTTL', KEYS[1])
        if ttl == 0 then
          redis.call('PERSIST', KEYS[1])
        elseif left >= 0 and left < ttl then
          redis.call('PEXPIRE', KEYS[1], ttl)
        end
        return { kept[1], redis.call('PTTL', KEYS[1]) }
        """;

    /// <summary>Returns createdAtMs, what is left in ms, and the body; nil when missing.</summary>
    private const string Find = """
        local kept = redis.call('HMGET', KEYS[1], 'createdAtMs', 'body')
        if not kept[2] then return nil end
        return { kept[1], redis.call('PTTL', KEYS[1]), kept[2] }
        """;

    public async Task<StoredSnapshot> KeepAsync(SavedProgram program, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        var body = SnapshotJson.Serialize(program);
        foreach (var id in SnapshotId.Of(body))
        {
            var reply = await EvaluateAsync(
                Keep, id, [(long)(timeToLive?.TotalMilliseconds ?? 0), time.GetUtcNow().ToUnixTimeMilliseconds(), body], cancellationToken);
            if (reply is not null)
                return new StoredSnapshot(id, program, FromMs((long)reply[0]), ExpiryAfter((long)reply[1]));
        }
        throw new InvalidOperationException("Two programs have the same SHA-256.");
    }

    public async Task<StoredSnapshot?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var reply = await EvaluateAsync(Find, id, [], cancellationToken);
        return reply is null
            ? null
            : new StoredSnapshot(id, SnapshotJson.Deserialize(reply[2]), FromMs((long)reply[0]), ExpiryAfter((long)reply[1]));
    }

    private async Task<RedisValue[]?> EvaluateAsync(string script, string id, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        var reply = await redis.CallAsync(database => database.ScriptEvaluateAsync(script, [$"oc:snapshot:{{{id}}}"], arguments), cancellationToken);
        return reply.IsNull ? null : (RedisValue[]?)reply;
    }

    private DateTimeOffset? ExpiryAfter(long milliseconds) => milliseconds < 0 ? null : time.GetUtcNow().AddMilliseconds(milliseconds);

    private static DateTimeOffset FromMs(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}

/// <summary>A whole program as one document; the same program is always the same bytes.</summary>
[JsonSerializable(typeof(SavedProgram))]
internal sealed partial class SnapshotJson : JsonSerializerContext
{
    // Nothing of this is ever put into HTML: escaping would only make it larger.
    private static readonly SnapshotJson Json = new(
        new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static byte[] Serialize(SavedProgram program) => JsonSerializer.SerializeToUtf8Bytes(program, Json.SavedProgram);

    public static SavedProgram Deserialize(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize(json.Span, Json.SavedProgram)!;
}

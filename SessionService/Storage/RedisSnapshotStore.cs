using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OnlineCompiler.SessionService.Sessions;
using StackExchange.Redis;

namespace OnlineCompiler.SessionService.Storage;

/// <summary>
/// A snapshot is one hash, <c>oc:snapshot:{id}</c> (braces included): createdAtMs; body, the program as JSON; and <c>holder:…</c> for each
/// who shared it, the time in ms until which they did, 0 for good. Those who cannot take it back are one holder together, without a name.
/// </summary>
internal sealed class RedisSnapshotStore(IConnectionMultiplexer redis, TimeProvider time) : ISnapshotStore
{
    private const string HolderPrefix = "holder:";

    /// <summary>The snapshot lives as long as the holder who wants it longest.</summary>
    private const string Renew = """
        local function renew()
          local latest = -1
          local fields = redis.call('HGETALL', KEYS[1])
          for i = 1, #fields, 2 do
            if string.sub(fields[i], 1, 7) == 'holder:' then
              local till = tonumber(fields[i + 1])
              if till == 0 then latest = 0 break end
              if till > latest then latest = till end
            end
          end
          if latest == 0 then redis.call('PERSIST', KEYS[1])
          elseif latest > 0 then redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', latest))
          else redis.call('DEL', KEYS[1]) end
        end

        """;

    /// <summary>
    /// ARGV: until when in ms, 0 for good; now; body; field of the holder. Returns createdAtMs and what is left in ms, negative for good;
    /// nil when another program has this name.
    /// </summary>
    private const string Keep = Renew + """
        local kept = redis.call('HMGET', KEYS[1], 'createdAtMs', 'body')
        if kept[2] and kept[2] ~= ARGV[3] then return nil end
        if not kept[2] then
          redis.call('HSET', KEYS[1], 'createdAtMs', ARGV[2], 'body', ARGV[3])
        elseif redis.call('HLEN', KEYS[1]) == 2 then
          -- It was shared before there were holders.
          local left = redis.call('PTTL', KEYS[1])
          redis.call('HSET', KEYS[1], 'holder:', left < 0 and '0' or string.format('%.0f', tonumber(ARGV[2]) + left))
        end
        local before = redis.call('HGET', KEYS[1], ARGV[4])
        if not before or (before ~= '0' and (ARGV[1] == '0' or tonumber(ARGV[1]) > tonumber(before))) then
          redis.call('HSET', KEYS[1], ARGV[4], ARGV[1])
        end
        renew()
        return { redis.call('HGET', KEYS[1], 'createdAtMs'), redis.call('PTTL', KEYS[1]) }
        """;

    /// <summary>ARGV: field of the holder. Returns 1, 0 when it does not hold the snapshot, nil when there is none.</summary>
    private const string Release = Renew + """
        if redis.call('HEXISTS', KEYS[1], 'body') == 0 then return nil end
        if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
        renew()
        return 1
        """;

    /// <summary>Returns createdAtMs, what is left in ms, and the body; nil when missing.</summary>
    private const string Find = """
        local kept = redis.call('HMGET', KEYS[1], 'createdAtMs', 'body')
        if not kept[2] then return nil end
        return { kept[1], redis.call('PTTL', KEYS[1]), kept[2] }
        """;

    public async Task<StoredSnapshot> KeepAsync(SavedProgram program, TimeSpan? timeToLive, string? holder, CancellationToken cancellationToken)
    {
        var body = SnapshotJson.Serialize(program);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var till = timeToLive is { } value ? now + (long)value.TotalMilliseconds : 0;
        foreach (var id in SnapshotId.Of(body))
        {
            var reply = await EvaluateAsync(Keep, id, [till, now, body, HolderPrefix + holder], cancellationToken);
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

    public async Task<ReleaseResult> ReleaseAsync(string id, string holder, CancellationToken cancellationToken)
    {
        var reply = await redis.CallAsync(
            database => database.ScriptEvaluateAsync(Release, [Key(id)], [HolderPrefix + holder]), cancellationToken);
        if (reply.IsNull)
            return ReleaseResult.Missing;
        return (int)reply == 1 ? ReleaseResult.Released : ReleaseResult.NotHeld;
    }

    private async Task<RedisValue[]?> EvaluateAsync(string script, string id, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        var reply = await redis.CallAsync(database => database.ScriptEvaluateAsync(script, [Key(id)], arguments), cancellationToken);
        return reply.IsNull ? null : (RedisValue[]?)reply;
    }

    private static RedisKey Key(string id) => $"oc:snapshot:{{{id}}}";

    private DateTimeOffset? ExpiryAfter(long milliseconds) => milliseconds < 0 ? null : time.GetUtcNow().AddMilliseconds(milliseconds);

    private static DateTimeOffset FromMs(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}

/// <summary>A whole program as one document; the same program is always the same bytes.</summary>
[JsonSerializable(typeof(SavedProgram))]
internal sealed partial class SnapshotJson : JsonSerializerContext
{
    // Nothing of this is ever put into HTML: escaping would only make it larger.
    private static readonly SnapshotJson Json = new(
        new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        });

    public static byte[] Serialize(SavedProgram program) => JsonSerializer.SerializeToUtf8Bytes(program, Json.SavedProgram);

    public static SavedProgram Deserialize(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize(json.Span, Json.SavedProgram)!;
}

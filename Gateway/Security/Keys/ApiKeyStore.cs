using System.Globalization;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security.Limits;
using OnlineCompiler.Gateway.Storage;
using StackExchange.Redis;

namespace OnlineCompiler.Gateway.Security.Keys;

/// <summary>Keeps API keys in Redis: each is one hash, <c>oc:api-key:{id}</c> (braces included).</summary>
internal sealed class ApiKeyStore(GatewayRedis redis)
{
    private const string KeyPrefix = "oc:api-key:";
    private const string Name = "name";
    private const string Hash = "hash";
    private const string Scope = "scopes";
    private const string Created = "created";
    private const string Expires = "expires";
    private const string Revoked = "revoked";
    private const string LastUsed = "last-used";

    /// <summary>How long one is still listed that is of no use any more.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    // What is looked up is in use, if it is the right key.
    private const string Find =
        """
        if redis.call('HGET', KEYS[1], 'hash') ~= ARGV[1] then return {} end
        if redis.call('HEXISTS', KEYS[1], 'revoked') == 0 then
          redis.call('HSET', KEYS[1], 'last-used', redis.call('TIME')[1])
        end
        return redis.call('HGETALL', KEYS[1])
        """;

    private const string Revoke =
        """
        if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
        redis.call('HSETNX', KEYS[1], 'revoked', redis.call('TIME')[1])
        redis.call('EXPIRE', KEYS[1], ARGV[1])
        return 1
        """;

    /// <summary>Limits by the names of their fields, which are those of the command's options as well.</summary>
    public static readonly IReadOnlyDictionary<string, Func<CallerLimits, int?>> LimitFields = new Dictionary<string, Func<CallerLimits, int?>>
    {
        ["requests-per-second"] = limits => limits.RequestsPerSecond,
        ["request-burst"] = limits => limits.RequestBurst,
        ["runs-per-second"] = limits => limits.RunsPerSecond,
        ["run-burst"] = limits => limits.RunBurst,
        ["concurrent-runs"] = limits => limits.ConcurrentRuns,
    };

    public bool IsConfigured => redis.IsConfigured;

    /// <exception cref="ProblemException">There is no store, or it does not answer.</exception>
    public Task CreateAsync(ApiKey key, CancellationToken cancellationToken) => redis.CallAsync(
        async database =>
        {
            var transaction = database.CreateTransaction();
            var set = transaction.HashSetAsync(KeyOf(key.Id), Fields(key));
            if (key.ExpiresAt is { } end)
                _ = transaction.KeyExpireAsync(KeyOf(key.Id), (end + Remembered).UtcDateTime);
            await transaction.ExecuteAsync();
            await set;
            return true;
        },
        cancellationToken);

    /// <summary>The key with that id and hash, and remembers that it was used; null when there is none.</summary>
    /// <exception cref="ProblemException">The store does not answer.</exception>
    public async Task<ApiKey?> FindAsync(string id, string hash, CancellationToken cancellationToken)
    {
        var reply = await redis.CallAsync(database => database.ScriptEvaluateAsync(Find, [KeyOf(id)], [hash]), cancellationToken);
        var flat = (RedisValue[])reply!;
        return flat.Length == 0 ? null : Read(id, flat.Chunk(2).ToDictionary(pair => pair[0].ToString(), pair => pair[1].ToString()));
    }

    /// <returns>False when there is none of that id.</returns>
    /// <exception cref="ProblemException">There is no store, or it does not answer.</exception>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken) => (int)await redis.CallAsync(
        database => database.ScriptEvaluateAsync(Revoke, [KeyOf(id)], [(long)Remembered.TotalSeconds]), cancellationToken) == 1;

    /// <summary>All of them, the oldest first. It walks through the whole store: for operators, not for calls.</summary>
    /// <exception cref="ProblemException">There is no store, or it does not answer.</exception>
    public Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken) => redis.CallAsync<IReadOnlyList<ApiKey>>(
        async database =>
        {
            // A server that is away has no keys to walk through, and says so only when it is spoken to.
            await database.PingAsync();
            var keys = new List<ApiKey>();
            foreach (var server in redis.Connection.GetServers().Where(server => server.IsConnected && !server.IsReplica))
            {
                await foreach (var key in server.KeysAsync(pattern: KeyPrefix + "*").WithCancellation(cancellationToken))
                {
                    var fields = (await database.HashGetAllAsync(key)).ToDictionary(field => field.Name.ToString(), field => field.Value.ToString());
                    if (fields.Count > 0)
                        keys.Add(Read(key.ToString()[KeyPrefix.Length..].Trim('{', '}'), fields));
                }
            }
            return [.. keys.OrderBy(key => key.CreatedAt)];
        },
        cancellationToken);

    private static HashEntry[] Fields(ApiKey key)
    {
        var fields = new List<HashEntry>
        {
            new(Name, key.Name),
            new(Hash, key.Hash),
            new(Scope, Scopes.Write(key.Scopes)),
            new(Created, key.CreatedAt!.Value.ToUnixTimeSeconds()),
        };
        if (key.ExpiresAt is { } end)
            fields.Add(new HashEntry(Expires, end.ToUnixTimeSeconds()));
        foreach (var (name, limit) in LimitFields)
        {
            if (limit(key.Limits) is { } value)
                fields.Add(new HashEntry(name, value));
        }
        return [.. fields];
    }

    private static ApiKey Read(string id, Dictionary<string, string> fields) => new()
    {
        Id = id,
        Hash = fields.GetValueOrDefault(Hash, ""),
        Name = fields.GetValueOrDefault(Name, ""),
        Scopes = Scopes.Parse(fields.GetValueOrDefault(Scope, Scopes.None)),
        Limits = ReadLimits(name => fields.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : null),
        CreatedAt = Time(fields, Created),
        ExpiresAt = Time(fields, Expires),
        RevokedAt = Time(fields, Revoked),
        LastUsedAt = Time(fields, LastUsed),
    };

    public static CallerLimits ReadLimits(Func<string, int?> valueOf) => new()
    {
        RequestsPerSecond = valueOf("requests-per-second"),
        RequestBurst = valueOf("request-burst"),
        RunsPerSecond = valueOf("runs-per-second"),
        RunBurst = valueOf("run-burst"),
        ConcurrentRuns = valueOf("concurrent-runs"),
    };

    private static DateTimeOffset? Time(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var text) ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(text, CultureInfo.InvariantCulture)) : null;

    private static RedisKey KeyOf(string id) => $"{KeyPrefix}{{{id}}}";
}

namespace OnlineCompiler.SessionService.Storage;

/// <summary>
/// What happens inside Redis, each script as one atomic step on the one key it is given (KEYS[1], a session's hash), so
/// that it also runs on a cluster. Fields: owner, version, createdAtMs, savedAtMs, title, language, entryPoint, body.
/// </summary>
internal static class SessionScripts
{
    /// <summary>ARGV: time to live in ms, then field, value, …</summary>
    public const string Create = """
        redis.call('HSET', KEYS[1], unpack(ARGV, 2))
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        return 1
        """;

    /// <summary>ARGV: owner, time to live in ms. Returns the fields below, or nil when missing.</summary>
    public const string Get = """
        if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return nil end
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return redis.call('HMGET', KEYS[1], 'version', 'createdAtMs', 'savedAtMs', 'title', 'language', 'entryPoint', 'body')
        """;

    /// <summary>ARGV: owner. As <see cref="Get"/>, with the remaining ms in place of the body, and nothing renewed.</summary>
    public const string Summarize = """
        if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return nil end
        local fields = redis.call('HMGET', KEYS[1], 'version', 'createdAtMs', 'savedAtMs', 'title', 'language', 'entryPoint')
        fields[7] = redis.call('PTTL', KEYS[1])
        return fields
        """;

    /// <summary>
    /// ARGV: owner, expected version, time to live in ms, then field, value, …
    /// Returns nil when missing, { current version } when stale, { new version, createdAtMs } when saved.
    /// </summary>
    public const string Save = """
        local stored = redis.call('HMGET', KEYS[1], 'owner', 'version', 'createdAtMs')
        if stored[1] ~= ARGV[1] then return nil end
        if stored[2] ~= ARGV[2] then return { stored[2] } end
        redis.call('HSET', KEYS[1], unpack(ARGV, 4))
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        return { redis.call('HINCRBY', KEYS[1], 'version', 1), stored[3] }
        """;

    /// <summary>ARGV: owner. Returns 1, or 0 when missing.</summary>
    public const string Delete = """
        if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
        return redis.call('DEL', KEYS[1])
        """;
}

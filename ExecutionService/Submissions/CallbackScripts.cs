namespace OnlineCompiler.ExecutionService.Submissions;

/// <summary>
/// What happens to the callbacks of submissions inside Redis, each script as one atomic step. The set <c>callbacks</c> is sorted by
/// when each is due; one that is taken is due again when its lease ends, so that the loss of its taker needs no noticing.
/// <code>
///   submission ends ─► due ─► Take: a Gateway's ─► Report: delivered, failed
///                       ▲                │ retry, postponed, or lost
///                       └────────────────┘
/// </code>
/// </summary>
internal static class CallbackScripts
{
    /// <summary>
    /// ARGV: owner, lease in ms, how many at most. Returns id, callback and attempt of each, and in how many ms the next one is
    /// due, -1 when there is none.
    /// </summary>
    public const string Take = SubmissionScripts.Common + """
        local owner, lease = ARGV[3], tonumber(ARGV[4])
        local taken = {}
        for _, id in ipairs(redis.call('ZRANGEBYSCORE', P .. 'callbacks', '-inf', now, 'LIMIT', 0, tonumber(ARGV[5]))) do
          local key = P .. 'of:' .. id
          local callback = redis.call('HGET', key, 'callback')
          if callback then
            redis.call('ZADD', P .. 'callbacks', now + lease, id)
            redis.call('HSET', key, 'callbackOwner', owner)
            taken[#taken + 1] = { id, callback, redis.call('HINCRBY', key, 'callbackAttempts', 1) }
          else
            -- Forgotten before it could be told.
            redis.call('ZREM', P .. 'callbacks', id)
          end
        end
        local next = redis.call('ZRANGE', P .. 'callbacks', 0, 0, 'WITHSCORES')
        return { taken, next[2] and math.max(0, tonumber(next[2]) - now) or -1 }
        """;

    /// <summary>
    /// ARGV: id, owner, state (Pending: it is due again), last status, message, delay in ms, 1 if the attempt counts. Returns 1, or
    /// 0 when it is another's.
    /// </summary>
    public const string Report = SubmissionScripts.Common + """
        local id = ARGV[3]
        local key = P .. 'of:' .. id
        if redis.call('HGET', key, 'callbackOwner') ~= ARGV[4] then return 0 end
        redis.call('HDEL', key, 'callbackOwner')
        if ARGV[9] == '1' then
          redis.call('HSET', key, 'callbackState', ARGV[5], 'callbackStatus', ARGV[6], 'callbackMessage', ARGV[7])
        else
          redis.call('HINCRBY', key, 'callbackAttempts', -1)
        end
        if ARGV[5] == 'Pending' then
          redis.call('ZADD', P .. 'callbacks', now + tonumber(ARGV[8]), id)
        else
          redis.call('ZREM', P .. 'callbacks', id)
          -- Nothing is left to sign.
          redis.call('HDEL', key, 'callback')
        end
        return 1
        """;
}

namespace OnlineCompiler.ExecutionService.Submissions;

/// <summary>
/// What happens inside Redis, each script as one atomic step.
/// <code>
///   Submit ─► backlog of its caller ─► stream, as many of each caller as have a share ─► Work: a worker's ─► Finish, Fail
///                                        ▲                                                  │ lost or given back
///                                        └──────────────────────────────────────────────────┘
/// </code>
/// Keys begin with <c>oc:{submissions}:</c>, braces included, so that all lie in one slot of a cluster and scripts may name them:
/// <c>stream</c> (entries hold id and caller), <c>of:ID</c> (a hash: kind, caller, request, state, entry, owner, attempts, result,
/// callback …), <c>open</c> and <c>open:CALLER</c> (ids that are not final), <c>admitted:CALLER</c> (those in the stream),
/// <c>kept</c> (all ids), these four sorted by when they are forgotten, <c>backlog:CALLER</c> (those before the stream),
/// <c>bytes</c> (a hash: what each id takes, and <c>total</c>), <c>ends</c> (when the last ones ended), <c>key:HASH</c>
/// (idempotency), <c>workers</c>, <c>callbacks</c> (ids that are to be told of: <see cref="CallbackScripts"/>), and the channel
/// <c>changes</c>. Times are Redis' own: instances need not agree on theirs.
/// </summary>
internal static class SubmissionScripts
{
    public const string Stream = "oc:{submissions}:stream";
    public const string Changes = "oc:{submissions}:changes";

    /// <summary>What every script begins with. ARGV: places for one caller in each instance, time to live in ms; then each its own.</summary>
    public const string Common = """
        local P, S, G = 'oc:{submissions}:', KEYS[1], 'workers'
        local share, ttl = tonumber(ARGV[1]), tonumber(ARGV[2])
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)

        local function keep(set, id, until_)
          redis.call('ZADD', set, until_, id)
          redis.call('PEXPIRE', set, ttl)
        end

        local function total() return tonumber(redis.call('HGET', P .. 'bytes', 'total') or 0) end

        local function weigh(id, bytes)
          local before = tonumber(redis.call('HGET', P .. 'bytes', id) or 0)
          redis.call('HSET', P .. 'bytes', id, bytes)
          redis.call('HINCRBY', P .. 'bytes', 'total', bytes - before)
          redis.call('ZADD', P .. 'kept', now + ttl, id)
        end

        -- Takes off the total what Redis has forgotten by itself.
        local function lighten()
          for _, id in ipairs(redis.call('ZRANGEBYSCORE', P .. 'kept', '-inf', now, 'LIMIT', 0, 100)) do
            -- Not by a minus in front: -0 is no integer to Redis.
            redis.call('HINCRBY', P .. 'bytes', 'total', 0 - tonumber(redis.call('HGET', P .. 'bytes', id) or 0))
            redis.call('HDEL', P .. 'bytes', id)
            redis.call('ZREM', P .. 'kept', id)
          end
          if redis.call('EXISTS', P .. 'kept') == 0 then redis.call('DEL', P .. 'bytes') end
        end

        -- Lets those of the caller's backlog into the stream that have a share.
        local function admit(caller)
          local admitted = P .. 'admitted:' .. caller
          redis.call('ZREMRANGEBYSCORE', admitted, '-inf', now)
          local workers = math.max(1, redis.call('ZCOUNT', P .. 'workers', now, '+inf'))
          local room = share * workers - redis.call('ZCARD', admitted)
          while room > 0 do
            local id = redis.call('LPOP', P .. 'backlog:' .. caller)
            if not id then return end
            local key = P .. 'of:' .. id
            if redis.call('HGET', key, 'state') == 'Queued' then
              redis.call('HSET', key, 'entry', redis.call('XADD', S, '*', 'id', id, 'caller', caller))
              keep(admitted, id, redis.call('HGET', key, 'expiresAtMs'))
              redis.call('PUBLISH', P .. 'changes', 'ready ' .. id)
              room = room - 1
            end
          end
        end

        local function leave(id, caller, entry)
          if entry then
            redis.call('XACK', S, G, entry)
            redis.call('XDEL', S, entry)
          end
          redis.call('LREM', P .. 'backlog:' .. caller, 0, id)
          redis.call('ZREM', P .. 'admitted:' .. caller, id)
          redis.call('ZREM', P .. 'open:' .. caller, id)
          redis.call('ZREM', P .. 'open', id)
          admit(caller)
        end

        -- False when it is final already, or forgotten: only the first result counts.
        local function finish(id, state, field, value)
          local key = P .. 'of:' .. id
          local known = redis.call('HMGET', key, 'state', 'caller', 'entry', 'key')
          if known[1] ~= 'Queued' and known[1] ~= 'Running' then return false end
          redis.call('HSET', key, 'state', state, 'finishedAtMs', now, 'expiresAtMs', now + ttl)
          if field then redis.call('HSET', key, field, value) end
          redis.call('HDEL', key, 'request', 'owner', 'entry')
          redis.call('PEXPIRE', key, ttl)
          weigh(id, value and #value or 0)
          redis.call('LPUSH', P .. 'ends', now)
          redis.call('LTRIM', P .. 'ends', 0, 31)
          redis.call('PEXPIRE', P .. 'ends', ttl)
          if known[4] then redis.call('PEXPIRE', P .. 'key:' .. known[4], ttl) end
          leave(id, known[2], known[3])
          redis.call('PUBLISH', P .. 'changes', 'final ' .. id)
          if redis.call('HEXISTS', key, 'callback') == 1 then
            redis.call('ZADD', P .. 'callbacks', now, id)
            redis.call('PUBLISH', P .. 'changes', 'callback ' .. id)
          end
          return true
        end

        """;

    /// <summary>
    /// ARGV: id, caller, kind, request, hash of the idempotency key or "", fingerprint, most in all, most of a caller, callback or
    /// "", most callbacks, most bytes. Returns what became of it (new, known, conflict, full), its id or what is full, and then in how
    /// many ms there may be room: as long as lately passed between two ends, or until the first is forgotten or tried again.
    /// </summary>
    public const string Submit = Common + """
        local id, caller, kind, request, hash, fingerprint = ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7], ARGV[8]
        local key = P .. 'of:' .. id
        if hash ~= '' then
          local known = redis.call('HMGET', P .. 'key:' .. hash, 'id', 'fingerprint')
          if known[1] and redis.call('EXISTS', P .. 'of:' .. known[1]) == 1 then
            return { known[2] == fingerprint and 'known' or 'conflict', known[1] }
          end
        end

        local function pace()
          local ends = redis.call('LRANGE', P .. 'ends', 0, -1)
          if #ends < 2 then return 0 end
          return math.max((ends[1] - ends[#ends]) / (#ends - 1), now - ends[1])
        end
        local function first(set)
          local head = redis.call('ZRANGE', set, 0, 0, 'WITHSCORES')
          return head[2] and head[2] - now or 0
        end
        redis.call('ZREMRANGEBYSCORE', P .. 'open', '-inf', now)
        redis.call('ZREMRANGEBYSCORE', P .. 'open:' .. caller, '-inf', now)
        lighten()
        local own, all = redis.call('ZCARD', P .. 'open:' .. caller), redis.call('ZCARD', P .. 'open')
        if own >= tonumber(ARGV[10]) then return { 'full', 'caller', math.floor(pace() * all / own) } end
        if all >= tonumber(ARGV[9]) then return { 'full', 'all', math.floor(pace()) } end
        if ARGV[11] ~= '' and redis.call('ZCARD', P .. 'callbacks') >= tonumber(ARGV[12]) then return { 'full', 'callbacks', first(P .. 'callbacks') } end
        if total() + #request > tonumber(ARGV[13]) then return { 'full', 'bytes', first(P .. 'kept') } end

        redis.call('HSET', key, 'state', 'Queued', 'kind', kind, 'caller', caller, 'request', request, 'createdAtMs', now, 'expiresAtMs', now + ttl, 'attempts', 0)
        redis.call('PEXPIRE', key, ttl)
        weigh(id, #request)
        if ARGV[11] ~= '' then redis.call('HSET', key, 'callback', ARGV[11], 'callbackState', 'Pending', 'callbackAttempts', 0) end
        if hash ~= '' then
          redis.call('HSET', key, 'key', hash)
          redis.call('HSET', P .. 'key:' .. hash, 'id', id, 'fingerprint', fingerprint)
          redis.call('PEXPIRE', P .. 'key:' .. hash, ttl)
        end
        keep(P .. 'open', id, now + ttl)
        keep(P .. 'open:' .. caller, id, now + ttl)
        redis.call('RPUSH', P .. 'backlog:' .. caller, id)
        redis.call('PEXPIRE', P .. 'backlog:' .. caller, ttl)
        admit(caller)
        return { 'new', id }
        """;

    /// <summary>
    /// A worker's heartbeat. ARGV: worker, lease in ms, how many more it can take, most attempts, why one fails that has had
    /// them all, then id, entry and owner of each that it holds. Returns the ids that it has lost; those it takes: id, entry,
    /// owner, kind, request, attempt and age in ms of each; 1 when there may be more; how many had failed; how many wait, here
    /// and elsewhere; and for how many ms the first of them has.
    /// </summary>
    public const string Work = Common + """
        local worker, lease, room, attempts = ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
        -- An error that it is there already is what we want.
        redis.pcall('XGROUP', 'CREATE', S, G, '0', 'MKSTREAM')
        redis.call('ZADD', P .. 'workers', now + lease, worker)
        lighten()

        local lost = {}
        for i = 8, #ARGV, 3 do
          if redis.call('HGET', P .. 'of:' .. ARGV[i], 'owner') == ARGV[i + 2] then
            redis.call('XCLAIM', S, G, worker, 0, ARGV[i + 1], 'JUSTID')
          else
            lost[#lost + 1] = ARGV[i]
          end
        end

        local found, cursor = {}, '0-0'
        while #found < room do
          local claimed = redis.call('XAUTOCLAIM', S, G, worker, lease, cursor, 'COUNT', room - #found)
          for _, entry in ipairs(claimed[2]) do found[#found + 1] = entry end
          cursor = claimed[1]
          if cursor == '0-0' then break end
        end
        if #found < room then
          local read = redis.call('XREADGROUP', 'GROUP', G, worker, 'COUNT', room - #found, 'STREAMS', S, '>')
          if read then
            for _, entry in ipairs(read[1][2]) do found[#found + 1] = entry end
          end
        end

        local taken, failed = {}, 0
        for _, entry in ipairs(found) do
          local id, caller = entry[2][2], entry[2][4]
          local key = P .. 'of:' .. id
          local known = redis.call('HMGET', key, 'entry', 'attempts', 'kind', 'request', 'createdAtMs')
          if not known[1] then
            -- Forgotten while it waited.
            leave(id, caller, entry[1])
          elseif known[1] ~= entry[1] then
            redis.call('XACK', S, G, entry[1])
            redis.call('XDEL', S, entry[1])
          elseif tonumber(known[2]) >= attempts then
            finish(id, 'Failed', 'message', ARGV[7])
            failed = failed + 1
          else
            local attempt = redis.call('HINCRBY', key, 'attempts', 1)
            local owner = worker .. ' ' .. attempt
            redis.call('HSET', key, 'state', 'Running', 'owner', owner, 'startedAtMs', now)
            redis.call('PUBLISH', P .. 'changes', 'running ' .. id)
            taken[#taken + 1] = { id, entry[1], owner, known[3], known[4], attempt, now - known[5] }
          end
        end

        -- Workers that are gone, and have nothing left that could be claimed.
        for _, gone in ipairs(redis.call('ZRANGEBYSCORE', P .. 'workers', '-inf', now)) do
          if #redis.call('XPENDING', S, G, '-', '+', 1, gone) == 0 then
            redis.call('XGROUP', 'DELCONSUMER', S, G, gone)
            redis.call('ZREM', P .. 'workers', gone)
          end
        end
        redis.call('ZREMRANGEBYSCORE', P .. 'open', '-inf', now)
        local waiting, age = math.max(0, redis.call('ZCARD', P .. 'open') - redis.call('XPENDING', S, G)[1]), 0
        for _, id in ipairs(waiting > 0 and redis.call('ZRANGE', P .. 'open', 0, 99) or {}) do
          local known = redis.call('HMGET', P .. 'of:' .. id, 'state', 'createdAtMs')
          if known[1] == 'Queued' then
            age = now - known[2]
            break
          end
        end
        return { lost, taken, #found == room and 1 or 0, failed, waiting, age }
        """;

    /// <summary>
    /// ARGV: id, result, the same cut short, 1 if the first is cut already, most bytes: beyond them the second is kept. Returns 1,
    /// or 0 when it was final already.
    /// </summary>
    public const string Finish = Common + """
        local id, value, isCut = ARGV[3], ARGV[4], ARGV[6]
        if #ARGV[5] < #value and total() + #value > tonumber(ARGV[7]) then value, isCut = ARGV[5], '1' end
        if not finish(id, 'Finished', 'result', value) then return 0 end
        if isCut == '1' then redis.call('HSET', P .. 'of:' .. id, 'isCut', 1) end
        return 1
        """;

    /// <summary>ARGV: id, why. Returns 1, or 0 when it was final already.</summary>
    public const string Fail = Common + """
        return finish(ARGV[3], 'Failed', 'message', ARGV[4]) and 1 or 0
        """;

    /// <summary>
    /// Puts one back whose worker cannot go on. ARGV: id, owner, 1 if the attempt counts, most attempts, why it has failed when
    /// this was the last. Returns 1 when it has failed so.
    /// </summary>
    public const string GiveBack = Common + """
        local id = ARGV[3]
        local key = P .. 'of:' .. id
        local known = redis.call('HMGET', key, 'owner', 'caller', 'entry', 'attempts')
        if known[1] ~= ARGV[4] then return 0 end
        if ARGV[5] ~= '1' then
          redis.call('HINCRBY', key, 'attempts', -1)
        elseif tonumber(known[4]) >= tonumber(ARGV[6]) then
          finish(id, 'Failed', 'message', ARGV[7])
          return 1
        end
        redis.call('XACK', S, G, known[3])
        redis.call('XDEL', S, known[3])
        redis.call('HDEL', key, 'owner', 'startedAtMs')
        redis.call('HSET', key, 'state', 'Queued', 'entry', redis.call('XADD', S, '*', 'id', id, 'caller', known[2]))
        redis.call('PUBLISH', P .. 'changes', 'ready ' .. id)
        return 0
        """;

    /// <summary>ARGV: worker. It takes nothing any more.</summary>
    public const string Retire = Common + """
        return redis.call('ZADD', P .. 'workers', 0, ARGV[3])
        """;

    /// <summary>ARGV: id. Final ones stay as they are.</summary>
    public const string Cancel = Common + """
        return finish(ARGV[3], 'Cancelled') and 1 or 0
        """;

    /// <summary>ARGV: id. Returns nil when there is none.</summary>
    public const string Read = Common + """
        local key = P .. 'of:' .. ARGV[3]
        local known = redis.call('HMGET', key, 'kind', 'state', 'createdAtMs', 'startedAtMs', 'finishedAtMs', 'attempts', 'result', 'message', 'expiresAtMs', 'callbackState', 'callbackAttempts', 'callbackStatus', 'callbackMessage', 'isCut')
        if not known[1] then return nil end
        return known
        """;
}

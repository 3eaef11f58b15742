using System.Globalization;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Storage;
using StackExchange.Redis;

namespace OnlineCompiler.Gateway.Security.Limits;

/// <summary>
/// Tells the other Gateways what a caller took here, and learns what is left, in one atomic script: <c>oc:run-limits:{caller}</c>
/// (braces included) is a hash of the bucket and of the runs that each Gateway has going.
/// <code>
///  call ─► Allowance decides, at once ─► runs
///              │ (1) tell: taken, running        at most one exchange of a caller at a time, 25 ms after
///              ▼                                 the news: its work is not in the way of the call that made them
///            Redis ── (2) learn: left, running elsewhere ──► Allowance
/// </code>
/// So no call waits for Redis. The price: until it has learnt, a Gateway may give what it believed to be left. A caller can take at most
/// one bucket at each Gateway that way, once; it is a debt of the shared bucket (a bucket full at most), which is paid back before anything more is given.
/// Runs of a Gateway that died are forgotten after <see cref="RateLimitOptions.LeaseSeconds"/>. While Redis is away each Gateway
/// gives as much as one alone would.
/// </summary>
internal sealed class SharedLimits(GatewayRedis redis, IOptions<RateLimitOptions> options, TimeProvider clock, ILogger<SharedLimits> logger)
{
    public const string KeyPrefix = "oc:run-limits:";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan PauseWhenAway = TimeSpan.FromSeconds(1);
    private readonly string _gateway = Guid.CreateVersion7().ToString("N");

    // By Redis' clock, so that those of the Gateways need not agree.
    private const string Exchange =
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local rate, burst, taken = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local gateway, running, lease = 'on:' .. ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])

        local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
        local tokens, at = tonumber(bucket[1] or burst), tonumber(bucket[2] or now)
        tokens = math.min(burst, tokens + math.max(0, now - at) * rate / 1000) - taken
        tokens = math.max(math.min(tokens, burst), -burst)
        redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', now)

        if running > 0 then
          redis.call('HSET', KEYS[1], gateway, running .. ':' .. (now + lease))
        else
          redis.call('HDEL', KEYS[1], gateway)
        end

        local elsewhere = 0
        local fields = redis.call('HGETALL', KEYS[1])
        for i = 1, #fields, 2 do
          local count, ends = string.match(fields[i + 1], '^(%d+):(%d+)$')
          if count and fields[i] ~= gateway then
            if tonumber(ends) > now then elsewhere = elsewhere + tonumber(count) else redis.call('HDEL', KEYS[1], fields[i]) end
          end
        end

        redis.call('PEXPIRE', KEYS[1], math.ceil(lease + (burst - tokens) * 1000 / rate))
        return {tostring(tokens), elsewhere}
        """;

    /// <summary>Tells the news of a caller, now or with the exchange that goes on; nobody waits for it.</summary>
    public void Tell(string caller, Allowance allowance)
    {
        // Not here: the first one of all connects.
        if (redis.IsConfigured && allowance.TryBeginExchange())
            _ = Task.Run(() => ExchangeAsync(caller, allowance));
    }

    private async Task ExchangeAsync(string caller, Allowance allowance)
    {
        await Task.Delay(Pause, clock);
        while (allowance.Tell() is { } news)
        {
            var pause = Pause;
            try
            {
                var (tokens, elsewhere) = await CallAsync(caller, allowance.Limits, news.Taken, news.Running);
                allowance.Learn(tokens, elsewhere);
            }
            catch (Exception exception) when (exception is ProblemException or RedisException)
            {
                // One that is away has told so itself.
                if (exception is RedisException)
                    logger.LimitsNotShared(exception);
                allowance.Keep(news.Taken);
                pause = PauseWhenAway;
            }
            await Task.Delay(pause, clock);
        }
    }

    private async Task<(double Tokens, int Elsewhere)> CallAsync(string caller, RunLimits limits, int taken, int running)
    {
        RedisKey key = $"{KeyPrefix}{{{caller}}}";
        RedisValue[] arguments = [limits.PerSecond, limits.Burst, taken, _gateway, running, options.Value.LeaseSeconds * 1000];
        var reply = (RedisValue[])(await redis.CallAsync(database => database.ScriptEvaluateAsync(Exchange, [key], arguments), CancellationToken.None))!;
        return (double.Parse(reply[0].ToString(), CultureInfo.InvariantCulture), (int)reply[1]);
    }
}

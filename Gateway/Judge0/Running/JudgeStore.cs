using System.Text.Json;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Judge0.Submissions;
using OnlineCompiler.Gateway.Judge0.Wire;
using OnlineCompiler.Gateway.Storage;
using StackExchange.Redis;

namespace OnlineCompiler.Gateway.Judge0.Running;

/// <summary>
/// Keeps submissions in Redis, each as a hash <c>oc:judge0:{token}</c> of what was asked, the service's submissions that run it
/// (<c>run:0</c> …), how those ended that are not the last (<c>ended:0</c> …), and how it ended, which is written once. Beside them, in a slot of their own, are
/// <c>oc:judge0:{all}:listed</c> and <c>:pending</c> (tokens by when they were made), and <c>:counts</c>.
/// </summary>
internal sealed class JudgeStore(GatewayRedis redis, IOptions<Judge0Options> options, TimeProvider clock)
{
    private const string Listed = "oc:judge0:{all}:listed";
    private const string Pending = "oc:judge0:{all}:pending";
    private const string Counts = "oc:judge0:{all}:counts";
    private const string Asked = "asked";
    private const string Outcome = "outcome";
    private const string Run = "run:";
    private const string Ended = "ended:";

    private readonly TimeSpan _timeToLive = options.Value.TimeToLive;

    public bool IsConfigured => redis.IsConfigured;

    /// <summary>Keeps one that is going to be run, or with an outcome, one that was.</summary>
    /// <exception cref="Problems.ProblemException">The store does not answer; as for every call here.</exception>
    public async Task AddAsync(JudgeSubmission submission, CancellationToken cancellationToken)
    {
        await CallAsync(database =>
        {
            var adding = database.CreateTransaction();
            _ = adding.HashSetAsync(KeyOf(submission.Token), FieldsOf(submission));
            _ = adding.KeyExpireAsync(KeyOf(submission.Token), _timeToLive);
            return adding.ExecuteAsync();
        }, cancellationToken);
        await CallAsync(database =>
        {
            var listing = database.CreateTransaction();
            var score = ScoreOf(submission.CreatedAt);
            _ = listing.SortedSetAddAsync(Listed, submission.Token, score);
            _ = listing.SortedSetRemoveRangeByRankAsync(Listed, 0, -1 - options.Value.MaxListed);
            if (submission.Outcome is null)
                _ = listing.SortedSetAddAsync(Pending, submission.Token, score);
            foreach (var count in JudgeCounts.Of(submission))
                _ = listing.HashIncrementAsync(Counts, count);
            return listing.ExecuteAsync();
        }, cancellationToken);
    }

    /// <returns>Null when there is none of this token.</returns>
    public async Task<KeptSubmission?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var fields = (await CallAsync(database => database.HashGetAllAsync(KeyOf(token)), cancellationToken)).ToDictionary(field => (string)field.Name!, field => field.Value);
        if (!fields.TryGetValue(Asked, out var asked))
            return null;

        var submission = Parse<JudgeSubmission>(asked);
        return new KeptSubmission(
            fields.TryGetValue(Outcome, out var outcome) ? submission with { Outcome = Parse<JudgeOutcome>(outcome) } : submission,
            [.. InOrder(fields, Run).Select(run => (string)run!)],
            [.. InOrder(fields, Ended).Select(Parse<JudgeOutcome>)]);
    }

    /// <summary>Notes what runs it, if nothing is noted yet and it is still there.</summary>
    public Task AddRunAsync(string token, int run, string id, CancellationToken cancellationToken) =>
        SetOnceAsync(token, Run + run, id, cancellationToken);

    /// <summary>Notes how a run ended that is not the last.</summary>
    public Task AddEndedAsync(string token, int run, JudgeOutcome outcome, CancellationToken cancellationToken) =>
        SetOnceAsync(token, Ended + run, JsonSerializer.SerializeToUtf8Bytes(outcome), cancellationToken);

    /// <summary>Notes how it ended, if nobody has, and that nobody needs to follow it any more.</summary>
    public async Task EndAsync(JudgeSubmission submission, JudgeOutcome outcome, CancellationToken cancellationToken)
    {
        var isFirst = await SetOnceAsync(submission.Token, Outcome, JsonSerializer.SerializeToUtf8Bytes(outcome), cancellationToken);
        if (isFirst)
            await CallAsync(database => database.HashIncrementAsync(Counts, JudgeCounts.Status + outcome.StatusId), cancellationToken);
        await ForgetPendingAsync(submission.Token, cancellationToken);
    }

    public Task ForgetPendingAsync(string token, CancellationToken cancellationToken) =>
        CallAsync(database => database.SortedSetRemoveAsync(Pending, token), cancellationToken);

    public async Task DeleteAsync(string token, CancellationToken cancellationToken)
    {
        await CallAsync(database => database.KeyDeleteAsync(KeyOf(token)), cancellationToken);
        await CallAsync(database =>
        {
            var forgetting = database.CreateTransaction();
            _ = forgetting.SortedSetRemoveAsync(Listed, token);
            _ = forgetting.SortedSetRemoveAsync(Pending, token);
            return forgetting.ExecuteAsync();
        }, cancellationToken);
    }

    /// <summary>Those without an outcome, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellationToken) =>
        [.. (await CallAsync(database => database.SortedSetRangeByRankAsync(Pending), cancellationToken)).Select(token => (string)token!)];

    public Task<long> CountPendingAsync(CancellationToken cancellationToken) =>
        CallAsync(database => database.SortedSetLengthAsync(Pending), cancellationToken);

    /// <summary>Tokens of a page, the newest first, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<string> Tokens, long Total)> ListAsync(long skip, long take, CancellationToken cancellationToken)
    {
        var forgotten = ScoreOf(clock.GetUtcNow().UtcDateTime - _timeToLive);
        await CallAsync(database => database.SortedSetRemoveRangeByScoreAsync(Listed, double.NegativeInfinity, forgotten), cancellationToken);
        var total = await CallAsync(database => database.SortedSetLengthAsync(Listed), cancellationToken);
        var tokens = await CallAsync(database => database.SortedSetRangeByRankAsync(Listed, skip, skip + take - 1, Order.Descending), cancellationToken);
        return ([.. tokens.Select(token => (string)token!)], total);
    }

    public async Task<IReadOnlyDictionary<string, long>> CountsAsync(CancellationToken cancellationToken)
    {
        var counts = (await CallAsync(database => database.HashGetAllAsync(Counts), cancellationToken)).ToDictionary(count => (string)count.Name!, count => (long)count.Value);
        var old = JudgeCounts.Outdated(counts.Keys, clock.GetUtcNow().UtcDateTime).Select(name => (RedisValue)name).ToArray();
        if (old.Length > 0)
            await CallAsync(database => database.HashDeleteAsync(Counts, old), cancellationToken);
        return counts;
    }

    /// <summary>Bytes that Redis has in use, whoever put them there.</summary>
    public async Task<long> SizeAsync(CancellationToken cancellationToken) =>
        (long)(await CallAsync(database => database.ExecuteAsync("MEMORY", "STATS"), cancellationToken)).ToDictionary()["total.allocated"];

    private async Task<bool> SetOnceAsync(string token, string field, RedisValue value, CancellationToken cancellationToken)
    {
        Task<bool>? isSet = null;
        var isThere = await CallAsync(database =>
        {
            var setting = database.CreateTransaction();
            // One that was deleted does not come back.
            setting.AddCondition(Condition.HashExists(KeyOf(token), Asked));
            isSet = setting.HashSetAsync(KeyOf(token), field, value, When.NotExists);
            _ = setting.KeyExpireAsync(KeyOf(token), _timeToLive);
            return setting.ExecuteAsync();
        }, cancellationToken);
        return isThere && await isSet!;
    }

    private Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken) => IsConfigured
        ? redis.CallAsync(call, cancellationToken)
        : throw JudgeRefusal.Because("submissions need a Redis, and none is configured here: use wait=true", StatusCodes.Status503ServiceUnavailable);

    private static HashEntry[] FieldsOf(JudgeSubmission submission)
    {
        var asked = new HashEntry(Asked, JsonSerializer.SerializeToUtf8Bytes(submission with { Outcome = null }));
        return submission.Outcome is { } outcome ? [asked, new HashEntry(Outcome, JsonSerializer.SerializeToUtf8Bytes(outcome))] : [asked];
    }

    private static IEnumerable<RedisValue> InOrder(Dictionary<string, RedisValue> fields, string prefix)
    {
        for (var i = 0; fields.TryGetValue(prefix + i, out var value); i++)
            yield return value;
    }

    private static T Parse<T>(RedisValue json) => JsonSerializer.Deserialize<T>(((ReadOnlyMemory<byte>)json).Span)!;

    private static RedisKey KeyOf(string token) => $"oc:judge0:{{{token}}}";

    private static double ScoreOf(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();
}

/// <summary>One that is kept.</summary>
/// <param name="Submission">With its outcome when it has one.</param>
/// <param name="Runs">The service's submissions that run it, one after the other.</param>
/// <param name="Ended">How those ended that are not the last.</param>
internal sealed record KeptSubmission(JudgeSubmission Submission, IReadOnlyList<string> Runs, IReadOnlyList<JudgeOutcome> Ended);

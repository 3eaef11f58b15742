using Microsoft.Extensions.Options;
using OnlineCompiler.SessionService.Sessions;
using StackExchange.Redis;

namespace OnlineCompiler.SessionService.Storage;

/// <summary>A session is one hash, <c>oc:session:{id}</c> (braces included), which Redis itself forgets; see <see cref="SessionScripts"/>.</summary>
internal sealed class RedisSessionStore(
    IConnectionMultiplexer redis, OwnerIndex index, IOptions<SessionStoreOptions> options, TimeProvider time, ILogger<RedisSessionStore> logger)
    : ISessionStore
{
    /// <summary>An index entry this young may belong to a session that is just being made.</summary>
    private static readonly TimeSpan CreationGrace = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _timeToLive = options.Value.TimeToLive;

    private RedisValue TimeToLiveMs => (long)_timeToLive.TotalMilliseconds;

    public async Task<StoredSession> CreateAsync(string owner, SavedProgram program, CancellationToken cancellationToken)
    {
        var id = SessionId.New();
        var now = Now();
        // First the index: a session that is made but not listed would be lost, an entry without a session is only dropped.
        await index.TouchAsync(owner, id, now.ToUnixTimeMilliseconds(), cancellationToken);
        await EvaluateAsync(
            SessionScripts.Create,
            id,
            [
                TimeToLiveMs, "owner", owner, "version", 1, "createdAtMs", now.ToUnixTimeMilliseconds(),
                .. ProgramFields(program, now),
            ],
            cancellationToken);
        return new StoredSession(id, 1, program, now, now, now + _timeToLive);
    }

    public async Task<StoredSession?> GetAsync(string owner, string id, CancellationToken cancellationToken)
    {
        var fields = await EvaluateAsync(SessionScripts.Get, id, [owner, TimeToLiveMs], cancellationToken);
        if (fields is null)
            return null;

        var program = ProgramBody.Deserialize(fields[6]).ToProgram((string)fields[3]!, (string)fields[4]!, (string)fields[5]!);
        await UpdateIndexAsync(index.TouchAsync(owner, id, (long)fields[2], cancellationToken));
        return new StoredSession(
            id, (ulong)fields[0], program, FromMs((long)fields[1]), FromMs((long)fields[2]), Now() + _timeToLive);
    }

    public async Task<SaveResult> SaveAsync(
        string owner, string id, ulong version, SavedProgram program, CancellationToken cancellationToken)
    {
        var now = Now();
        var reply = await EvaluateAsync(
            SessionScripts.Save, id, [owner, version, TimeToLiveMs, .. ProgramFields(program, now)], cancellationToken);
        switch (reply)
        {
            case null:
                return new SaveResult.Missing();
            case [var current]:
                return new SaveResult.Stale((ulong)current);
            default:
                await UpdateIndexAsync(index.TouchAsync(owner, id, now.ToUnixTimeMilliseconds(), cancellationToken));
                return new SaveResult.Saved(
                    new StoredSession(id, (ulong)reply[0], program, FromMs((long)reply[1]), now, now + _timeToLive));
        }
    }

    public async Task<SessionPage> ListAsync(string owner, int pageSize, SessionCursor? cursor, CancellationToken cancellationToken)
    {
        var found = new List<(SessionCursor Entry, SessionSummary Session)>();
        while (true)
        {
            // One more than asked tells whether there is another page.
            var wanted = pageSize + 1 - found.Count;
            var entries = await index.ReadAsync(owner, cursor, wanted, cancellationToken);
            var summaries = await Task.WhenAll(entries.Select(entry => SummarizeAsync(owner, entry.Id, cancellationToken)));
            var pairs = entries.Zip(summaries).ToList();
            found.AddRange(pairs.Where(pair => pair.Second is not null).Select(pair => (pair.First, pair.Second!)));
            await DropForgottenAsync(owner, pairs.Where(pair => pair.Second is null).Select(pair => pair.First), cancellationToken);

            if (found.Count > pageSize)
                return new SessionPage([.. found.Take(pageSize).Select(pair => pair.Session)], found[pageSize - 1].Entry);
            if (entries.Count < wanted)
                return new SessionPage([.. found.Select(pair => pair.Session)], null);

            cursor = entries[^1];
        }
    }

    public async Task<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken)
    {
        var deleted = (int)await redis.CallAsync(
            database => database.ScriptEvaluateAsync(SessionScripts.Delete, [Key(id)], [owner]), cancellationToken) == 1;
        if (deleted)
            await UpdateIndexAsync(index.RemoveAsync(owner, [id], cancellationToken));
        return deleted;
    }

    private async Task<SessionSummary?> SummarizeAsync(string owner, string id, CancellationToken cancellationToken)
    {
        var fields = await EvaluateAsync(SessionScripts.Summarize, id, [owner], cancellationToken);
        return fields is null
            ? null
            : new SessionSummary(
                id, (ulong)fields[0], (string)fields[3]!, (string)fields[4]!, (string)fields[5]!,
                FromMs((long)fields[1]), FromMs((long)fields[2]), Now() + TimeSpan.FromMilliseconds((long)fields[6]));
    }

    private Task DropForgottenAsync(string owner, IEnumerable<SessionCursor> entries, CancellationToken cancellationToken)
    {
        var made = (Now() - CreationGrace).ToUnixTimeMilliseconds();
        var forgotten = entries.Where(entry => entry.SavedAtMs < made).Select(entry => entry.Id).ToList();
        return forgotten.Count == 0 ? Task.CompletedTask : UpdateIndexAsync(index.RemoveAsync(owner, forgotten, cancellationToken));
    }

    /// <summary>The session itself is safe by now, and the index repairs itself: its failure must not fail the call.</summary>
    private async Task UpdateIndexAsync(Task update)
    {
        try
        {
            await update;
        }
        catch (SessionStoreUnavailableException exception)
        {
            logger.OwnerIndexLeftBehind(exception);
        }
    }

    private async Task<RedisValue[]?> EvaluateAsync(string script, string id, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        var reply = await redis.CallAsync(database => database.ScriptEvaluateAsync(script, [Key(id)], arguments), cancellationToken);
        return reply.IsNull ? null : (RedisValue[]?)reply;
    }

    private static RedisValue[] ProgramFields(SavedProgram program, DateTimeOffset savedAt) =>
    [
        "savedAtMs", savedAt.ToUnixTimeMilliseconds(), "title", program.Title, "language", program.Language,
        "entryPoint", program.EntryPoint, "body", ProgramBody.Serialize(program),
    ];

    /// <summary>Times are kept in whole milliseconds, so that what a call answers equals what a later one reads.</summary>
    private DateTimeOffset Now() => FromMs(time.GetUtcNow().ToUnixTimeMilliseconds());

    private static DateTimeOffset FromMs(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static RedisKey Key(string id) => $"oc:session:{{{id}}}";
}

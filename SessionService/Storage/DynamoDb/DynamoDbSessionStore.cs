using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using OnlineCompiler.SessionService.Sessions;

namespace OnlineCompiler.SessionService.Storage.DynamoDb;

/// <summary>
/// A session is one item, its content in it or in parts beside it (<see cref="Body"/>). DynamoDB removes items some time after they have
/// expired: until then every condition here says that they do not exist. Lists come from an index that follows within about a second.
/// </summary>
internal sealed class DynamoDbSessionStore(
    TableCalls table, Bodies bodies, RenewedBodies renewed, IOptions<SessionStoreOptions> options, TimeProvider time)
    : ISessionStore
{
    private const string IsOwnersAndLives = $"#{TableNames.Owner} = :owner AND #expiresAtMs > :now";

    /// <summary>Readings that meet a content just being replaced, each time anew, before the store says that it cannot.</summary>
    private const int MaxReadings = 10;

    private readonly TimeSpan _timeToLive = options.Value.TimeToLive;

    public async Task<StoredSession> CreateAsync(string owner, SavedProgram program, CancellationToken cancellationToken)
    {
        var id = SessionId.New();
        var now = Now();
        var body = await renewed.WriteAsync(id, SnapshotJson.Serialize(program), now, cancellationToken);
        var item = Attributes.KeyOf(id);
        item[TableNames.Owner] = Attributes.Text(owner);
        item["version"] = Attributes.Number(1);
        item["createdAtMs"] = Attributes.Number(now.ToUnixTimeMilliseconds());
        foreach (var (name, value) in ProgramValues(id, program, body, now, prefix: ""))
            item[name] = value;
        await table.PutAsync(item, cancellationToken);
        return new StoredSession(id, 1, program, now, now, now + _timeToLive);
    }

    public async Task<StoredSession?> GetAsync(string owner, string id, CancellationToken cancellationToken)
    {
        for (var reading = 0; reading < MaxReadings; reading++)
        {
            var expiresAt = Now() + _timeToLive;
            var item = await table.TryUpdateAsync(
                id,
                $"SET #expiresAtMs = :expiresAtMs, #{TableNames.ExpiresAt} = :expiresAt",
                IsOwnersAndLives,
                Attributes.AddExpiry(OwnerValues(owner), expiresAt, ":"),
                ReturnValue.ALL_NEW,
                cancellationToken);
            if (item is null)
                return null;

            var body = Body.Of(item);
            var content = await bodies.ReadAsync(id, body, cancellationToken);
            if (content is not null && await renewed.KeepPartsAsync(id, body, expiresAt, cancellationToken))
            {
                return new StoredSession(
                    id, (ulong)item.NumberOf("version"), ProgramOf(item, content), item.TimeOf("createdAtMs"), item.TimeOf("savedAtMs"), expiresAt);
            }
        }
        throw new SessionStoreUnavailableException(new TimeoutException("Its content was replaced whenever it was read."));
    }

    public async Task<SaveResult> SaveAsync(
        string owner, string id, ulong version, SavedProgram program, CancellationToken cancellationToken)
    {
        // Before anything large is written for nothing.
        if (await ReasonNotToSaveAsync(owner, id, version, cancellationToken) is { } early)
            return early;

        var now = Now();
        var body = await renewed.WriteAsync(id, SnapshotJson.Serialize(program), now, cancellationToken);
        var values = OwnerValues(owner);
        values[":version"] = Attributes.Number(version);
        values[":next"] = Attributes.Number(version + 1);
        foreach (var (name, value) in ProgramValues(id, program, body, now, prefix: ":"))
            values[name] = value;
        var before = await table.TryUpdateAsync(
            id,
            "SET #version = :next, #savedAt = :savedAt, #savedAtMs = :savedAtMs, #title = :title, #language = :language, #entryPoint = :entryPoint, "
                + $"#expiresAtMs = :expiresAtMs, #expiresAt = :expiresAt, {body.Assignments} REMOVE {body.Removals}",
            $"{IsOwnersAndLives} AND #version = :version",
            values,
            ReturnValue.ALL_OLD,
            cancellationToken);
        if (before is null)
            return await WhyNotSavedAsync(owner, id, version, program, body, now, cancellationToken);

        await bodies.ForgetAsync(id, Body.Of(before));
        return Saved(id, version, program, before.TimeOf("createdAtMs"), now);
    }

    public async Task<SessionPage> ListAsync(string owner, int pageSize, SessionCursor? cursor, CancellationToken cancellationToken)
    {
        // One more than asked tells whether there is another page.
        var wanted = pageSize + 1;
        var found = new List<SessionSummary>();
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var page = await table.QueryAsync(PageAfter(owner, cursor, wanted - found.Count, start), cancellationToken);
            found.AddRange((page.Items ?? []).Select(SummaryOf));
            start = page.LastEvaluatedKey is { Count: > 0 } ? page.LastEvaluatedKey : null;
        }
        while (found.Count < wanted && start is not null);

        if (found.Count <= pageSize)
            return new SessionPage(found, null);
        var last = found[pageSize - 1];
        return new SessionPage(found[..pageSize], new SessionCursor(last.SavedAt.ToUnixTimeMilliseconds(), last.Id));
    }

    public async Task<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken)
    {
        var deleted = await table.TryDeleteAsync(id, IsOwnersAndLives, OwnerValues(owner), cancellationToken);
        if (deleted is null)
            return false;

        await bodies.ForgetAsync(id, Body.Of(deleted));
        return true;
    }

    private async Task<SaveResult?> ReasonNotToSaveAsync(string owner, string id, ulong version, CancellationToken cancellationToken)
    {
        var item = await table.GetAsync(id, cancellationToken);
        if (item is null || !item.TryGetValue(TableNames.Owner, out var known) || known.S != owner || item.TimeOf("expiresAtMs") <= time.GetUtcNow())
            return new SaveResult.Missing();
        return (ulong)item.NumberOf("version") is var current && current == version ? null : new SaveResult.Stale(current);
    }

    /// <summary>A save whose answer was lost is sent again by the SDK, and finds itself there.</summary>
    private async Task<SaveResult> WhyNotSavedAsync(
        string owner, string id, ulong version, SavedProgram program, Body body, DateTimeOffset savedAt, CancellationToken cancellationToken)
    {
        if (await table.GetAsync(id, cancellationToken) is { } item && Body.Of(item).Id == body.Id)
            return Saved(id, version, program, item.TimeOf("createdAtMs"), savedAt);

        await bodies.ForgetAsync(id, body);
        return await ReasonNotToSaveAsync(owner, id, version, cancellationToken) ?? new SaveResult.Stale(version);
    }

    private SaveResult.Saved Saved(string id, ulong version, SavedProgram program, DateTimeOffset createdAt, DateTimeOffset savedAt) =>
        new(new StoredSession(id, version + 1, program, createdAt, savedAt, savedAt + _timeToLive));

    private Dictionary<string, AttributeValue> ProgramValues(string id, SavedProgram program, Body body, DateTimeOffset savedAt, string prefix)
    {
        var values = new Dictionary<string, AttributeValue>
        {
            [prefix + TableNames.SavedAt] = Attributes.Text(SavedAtKey(savedAt, id)),
            [prefix + "savedAtMs"] = Attributes.Number(savedAt.ToUnixTimeMilliseconds()),
            [prefix + "title"] = Attributes.Text(program.Title),
            [prefix + "language"] = Attributes.Text(program.Language),
            [prefix + "entryPoint"] = Attributes.Text(program.EntryPoint),
        };
        return body.AddValues(Attributes.AddExpiry(values, savedAt + _timeToLive, prefix), prefix);
    }

    private Dictionary<string, AttributeValue> OwnerValues(string owner) => new()
    {
        [":owner"] = Attributes.Text(owner),
        [":now"] = Attributes.Number(time.GetUtcNow().ToUnixTimeMilliseconds()),
    };

    private QueryRequest PageAfter(string owner, SessionCursor? cursor, int count, Dictionary<string, AttributeValue>? start)
    {
        const string isOwners = $"#{TableNames.Owner} = :owner";
        const string lives = "#expiresAtMs > :now";
        var after = cursor is null ? "" : $" AND #{TableNames.SavedAt} < :savedAt";
        var values = OwnerValues(owner);
        if (cursor is not null)
            values[":savedAt"] = Attributes.Text(SavedAtKey(DateTimeOffset.FromUnixTimeMilliseconds(cursor.SavedAtMs), cursor.Id));
        return new QueryRequest
        {
            IndexName = TableNames.OwnerIndex,
            KeyConditionExpression = isOwners + after,
            FilterExpression = lives,
            ExpressionAttributeNames = Attributes.NamesIn(isOwners, after, lives),
            ExpressionAttributeValues = values,
            ScanIndexForward = false,
            Limit = count,
            ExclusiveStartKey = start,
        };
    }

    private static SessionSummary SummaryOf(Dictionary<string, AttributeValue> item) => new(
        item.TextOf(TableNames.Key), (ulong)item.NumberOf("version"), item.TextOf("title"), item.TextOf("language"), item.TextOf("entryPoint"),
        item.TimeOf("createdAtMs"), item.TimeOf("savedAtMs"), item.TimeOf("expiresAtMs"));

    /// <summary>The title is the item's: it can be changed without the content.</summary>
    private static SavedProgram ProgramOf(Dictionary<string, AttributeValue> item, byte[] content) =>
        SnapshotJson.Deserialize(content) with { Title = item.TextOf("title") };

    private static string SavedAtKey(DateTimeOffset savedAt, string id) =>
        $"{savedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}#{id}";

    /// <summary>Times are kept in whole milliseconds, so that what a call answers equals what a later one reads.</summary>
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}

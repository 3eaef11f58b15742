using System.Security.Cryptography;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using OnlineCompiler.SessionService.Sessions;

namespace OnlineCompiler.SessionService.Storage.DynamoDb;

/// <summary>
/// A snapshot is one item, <c>snapshot:{id}</c>, without an owner and so in no index; its content is kept as a session's is. Who shares it
/// is in the item, too, see <see cref="SnapshotHolders"/>. Each change of the item gives it another random <c>revision</c> and is made
/// only to the one that was read.
/// </summary>
internal sealed class DynamoDbSnapshotStore(TableCalls table, Bodies bodies, TimeProvider time) : ISnapshotStore
{
    private const string Hash = "sha256";
    private const string Revision = "revision";

    /// <summary>Others who share the same program at the same moment, each a try more.</summary>
    private const int MaxTries = 12;

    /// <summary>After the first try at most, after the second twice as long: those who met once should not meet again.</summary>
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(10);

    public async Task<StoredSnapshot> KeepAsync(SavedProgram program, TimeSpan? timeToLive, string? holder, CancellationToken cancellationToken)
    {
        var content = SnapshotJson.Serialize(program);
        var sharing = new Sharing(program, content, SHA256.HashData(content), holder, timeToLive);
        foreach (var id in SnapshotId.Of(content))
        {
            if (await TryKeepAsync(id, sharing, cancellationToken) is { } snapshot)
                return snapshot;
        }
        throw new InvalidOperationException("Two programs have the same SHA-256.");
    }

    public async Task<StoredSnapshot?> FindAsync(string id, CancellationToken cancellationToken)
    {
        Body? before = null;
        for (var attempt = 1; ; attempt++)
        {
            if (await FindItemAsync(id, Now(), cancellationToken) is not { } item)
                return null;
            var body = Body.Of(item);
            if (await bodies.ReadAsync(KeyOf(id), body, cancellationToken) is { } content)
                return new StoredSnapshot(id, SnapshotJson.Deserialize(content), item.TimeOf("createdAtMs"), ExpiryOf(item));

            // A part is gone: either a release has replaced the content meanwhile, or it is lost.
            if (body.Id == before?.Id)
                return null;
            before = body;
            await PauseAsync(attempt, cancellationToken);
        }
    }

    public async Task<ReleaseResult> ReleaseAsync(string id, string holder, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var now = Now();
            if (await FindItemAsync(id, now, cancellationToken) is not { } item)
                return ReleaseResult.Missing;
            var holders = SnapshotHolders.Of(item);
            if (!holders.Include(holder))
                return ReleaseResult.NotHeld;

            var others = holders.Without(holder, now);
            var released = others.IsEmpty
                ? await TryForgetAsync(id, item, cancellationToken)
                : await TryShortenAsync(id, item, others, cancellationToken);
            if (released)
                return ReleaseResult.Released;
            await PauseAsync(attempt, cancellationToken);
        }
    }

    /// <summary>Null when another program has this name.</summary>
    private async Task<StoredSnapshot?> TryKeepAsync(string id, Sharing sharing, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var now = Now();
            var item = await FindItemAsync(id, now, cancellationToken);
            if (item is not null && !item[Hash].B.ToArray().AsSpan().SequenceEqual(sharing.Hash))
                return null;
            var snapshot = item is null
                ? await TryMakeAsync(id, sharing, now, cancellationToken)
                : await TryExtendAsync(id, sharing, item, now, cancellationToken);
            if (snapshot is not null)
                return snapshot;
            await PauseAsync(attempt, cancellationToken);
        }
    }

    /// <summary>Null when somebody else was faster.</summary>
    private async Task<StoredSnapshot?> TryMakeAsync(string id, Sharing sharing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = KeyOf(id);
        var expiresAt = now + sharing.TimeToLive;
        var body = await bodies.WriteAsync(key, sharing.Content, expiresAt?.ToUnixTimeMilliseconds(), cancellationToken);
        var item = body.AddValues(Attributes.KeyOf(key), "");
        item[Hash] = Attributes.Bytes(sharing.Hash);
        item["createdAtMs"] = Attributes.Number(now.ToUnixTimeMilliseconds());
        AddHolders(item, SnapshotHolders.Of(sharing.Holder, expiresAt), "");
        var made = await table.TryPutAsync(
            item,
            $"attribute_not_exists(#{TableNames.Key}) OR #expiresAtMs <= :now",
            new() { [":now"] = Attributes.Number(now.ToUnixTimeMilliseconds()) },
            cancellationToken);
        if (made)
            return new StoredSnapshot(id, sharing.Program, now, expiresAt);

        // Sent again after its answer was lost, it meets itself, and must not lose its parts.
        if (await table.GetAsync(key, cancellationToken) is not { } other || Body.Of(other).Id != body.Id)
            await bodies.ForgetAsync(key, body);
        return null;
    }

    /// <summary>Null when it was changed meanwhile.</summary>
    private async Task<StoredSnapshot?> TryExtendAsync(
        string id, Sharing sharing, Dictionary<string, AttributeValue> kept, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var createdAt = kept.TimeOf("createdAtMs");
        if (SnapshotHolders.Of(kept).With(sharing.Holder, now + sharing.TimeToLive, now) is not { } holders)
            return new StoredSnapshot(id, sharing.Program, createdAt, ExpiryOf(kept));

        var body = Body.Of(kept);
        var expiryMs = holders.ExpiresAt?.ToUnixTimeMilliseconds();
        // First the parts: a snapshot never lasts longer than what it names.
        if (body.PartsExpireAtMs is { } partsExpiry && !(expiryMs <= partsExpiry))
            body = await bodies.ExtendAsync(KeyOf(id), body, expiryMs, cancellationToken);
        return body is not null && await TryChangeAsync(id, kept, body, holders, cancellationToken)
            ? new StoredSnapshot(id, sharing.Program, createdAt, holders.ExpiresAt)
            : null;
    }

    /// <summary>False when it was changed meanwhile.</summary>
    private async Task<bool> TryShortenAsync(
        string id, Dictionary<string, AttributeValue> kept, SnapshotHolders holders, CancellationToken cancellationToken)
    {
        var key = KeyOf(id);
        var before = Body.Of(kept);
        if (before.Parts == 0 || before.PartsExpireAtMs is not null || holders.ExpiresAt is not { } expiresAt)
            return await TryChangeAsync(id, kept, before, holders, cancellationToken);

        // Parts that are there for good would outlive it, and to let them expire could shorten what somebody extends at this moment: others take their place.
        if (await bodies.ReadAsync(key, before, cancellationToken) is not { } content)
            return false;
        var body = await bodies.WriteAsync(key, content, expiresAt.ToUnixTimeMilliseconds(), cancellationToken);
        var changed = await TryChangeAsync(id, kept, body, holders, cancellationToken)
            // Or it was, nobody heard of it, and somebody has changed it again.
            || (await table.GetAsync(key, cancellationToken) is { } item && Body.Of(item).Id == body.Id);
        await bodies.ForgetAsync(key, changed ? before : body);
        return changed;
    }

    /// <summary>False when it was changed meanwhile.</summary>
    private async Task<bool> TryChangeAsync(
        string id, Dictionary<string, AttributeValue> kept, Body body, SnapshotHolders holders, CancellationToken cancellationToken)
    {
        var (condition, values) = IsAsRead(kept);
        body.AddValues(values, ":");
        var revision = AddHolders(values, holders, ":");
        var (set, remove) = holders.ExpiresAt is null
            ? ("", $", #expiresAtMs, #{TableNames.ExpiresAt}")
            : ($", #expiresAtMs = :expiresAtMs, #{TableNames.ExpiresAt} = :{TableNames.ExpiresAt}", "");
        var update = $"SET {body.Assignments}, #{Revision} = :{Revision}, #{SnapshotHolders.Name} = :{SnapshotHolders.Name}{set} REMOVE {body.Removals}{remove}";
        if (await table.TryUpdateAsync(KeyOf(id), update, condition, values, ReturnValue.NONE, cancellationToken) is not null)
            return true;

        // Sent again after its answer was lost, it meets itself.
        return await table.GetAsync(KeyOf(id), cancellationToken) is { } item && RevisionOf(item) == revision;
    }

    /// <summary>False when it was changed meanwhile.</summary>
    private async Task<bool> TryForgetAsync(string id, Dictionary<string, AttributeValue> kept, CancellationToken cancellationToken)
    {
        var (condition, values) = IsAsRead(kept);
        // Sent again after its answer was lost, it finds nothing; who else can have removed it took back the same sharing.
        if (await table.TryDeleteAsync(KeyOf(id), condition, values, cancellationToken) is null
            && await table.GetAsync(KeyOf(id), cancellationToken) is not null)
        {
            return false;
        }
        await bodies.ForgetAsync(KeyOf(id), Body.Of(kept));
        return true;
    }

    private async Task<Dictionary<string, AttributeValue>?> FindItemAsync(string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var item = await table.GetAsync(KeyOf(id), cancellationToken);
        return item is null || ExpiryOf(item) <= now ? null : item;
    }

    private static async Task PauseAsync(int attempt, CancellationToken cancellationToken)
    {
        if (attempt == MaxTries)
            throw new SessionStoreUnavailableException(new TimeoutException("Others share the same program at the same moment."));
        await Task.Delay(MaxPause * (attempt * Random.Shared.NextDouble()), cancellationToken);
    }

    /// <summary>What was made before there were holders has no revision.</summary>
    private static (string Condition, Dictionary<string, AttributeValue> Values) IsAsRead(Dictionary<string, AttributeValue> item) =>
        RevisionOf(item) is { } revision
            ? ($"#{Revision} = :before", new() { [":before"] = Attributes.Text(revision) })
            : ($"attribute_exists(#{TableNames.Key}) AND attribute_not_exists(#{Revision})", []);

    private static string? RevisionOf(Dictionary<string, AttributeValue> item) => item.TryGetValue(Revision, out var revision) ? revision.S : null;

    /// <summary>Who shares it, how long it lives therefore, and that it is another revision, which is returned.</summary>
    private static string AddHolders(Dictionary<string, AttributeValue> values, SnapshotHolders holders, string prefix)
    {
        var revision = Guid.NewGuid().ToString("N");
        values[prefix + Revision] = Attributes.Text(revision);
        values[prefix + SnapshotHolders.Name] = holders.ToValue();
        if (holders.ExpiresAt is { } expiresAt)
            Attributes.AddExpiry(values, expiresAt, prefix);
        return revision;
    }

    private static DateTimeOffset? ExpiryOf(Dictionary<string, AttributeValue> item) =>
        item.FindNumber("expiresAtMs") is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    private static string KeyOf(string id) => $"snapshot:{id}";

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>What somebody asks to keep.</summary>
    private sealed record Sharing(SavedProgram Program, byte[] Content, byte[] Hash, string? Holder, TimeSpan? TimeToLive);
}

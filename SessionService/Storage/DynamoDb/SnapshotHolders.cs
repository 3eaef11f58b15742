using Amazon.DynamoDBv2.Model;

namespace OnlineCompiler.SessionService.Storage.DynamoDb;

/// <summary>
/// Who shares a snapshot, and until when each of them does: a map in its item from their names to milliseconds, 0 for good. The snapshot
/// lives as long as the holder who wants it longest.
/// </summary>
internal sealed class SnapshotHolders
{
    /// <summary>Of the attribute.</summary>
    public const string Name = "holders";

    /// <summary>
    /// An item has an end, and each change writes all of it. Who comes later shares it as one who cannot take it back: with so many
    /// others, that would change nothing for anybody.
    /// </summary>
    public const int MaxNamed = 500;

    /// <summary>Those who cannot take it back, together. No holder's name is one character.</summary>
    private const string Nameless = "-";

    private const long ForGood = 0;

    private readonly Dictionary<string, long> _untilMs;

    private SnapshotHolders(IEnumerable<KeyValuePair<string, long>> untilMs) => _untilMs = new(untilMs);

    public bool IsEmpty => _untilMs.Count == 0;

    /// <summary>Null: never.</summary>
    public DateTimeOffset? ExpiresAt =>
        _untilMs.ContainsValue(ForGood) ? null : DateTimeOffset.FromUnixTimeMilliseconds(_untilMs.Values.Max());

    /// <param name="holder">Null: nobody can take it back.</param>
    /// <param name="until">Null: for good.</param>
    public static SnapshotHolders Of(string? holder, DateTimeOffset? until) => new([new(holder ?? Nameless, MsOf(until))]);

    /// <summary>What was shared before there were holders is nobody's to take back.</summary>
    public static SnapshotHolders Of(IReadOnlyDictionary<string, AttributeValue> item) => item.TryGetValue(Name, out var holders)
        ? new(holders.M.Keys.Select(holder => KeyValuePair.Create(holder, holders.M.NumberOf(holder))))
        : new([new(Nameless, item.FindNumber("expiresAtMs") ?? ForGood)]);

    public AttributeValue ToValue() => new() { M = _untilMs.ToDictionary(holder => holder.Key, holder => Attributes.Number(holder.Value)) };

    public bool Include(string holder) => _untilMs.ContainsKey(holder);

    /// <summary>With one more, or one who shares it longer; null when that changes nothing.</summary>
    public SnapshotHolders? With(string? holder, DateTimeOffset? until, DateTimeOffset now)
    {
        var living = Living(now);
        var isFull = living.Keys.Count(name => name != Nameless) >= MaxNamed;
        var name = holder is null || (isFull && !living.ContainsKey(holder)) ? Nameless : holder;
        var untilMs = MsOf(until);
        if (living.TryGetValue(name, out var before) && (before == ForGood || (untilMs != ForGood && untilMs <= before)))
            return null;

        living[name] = untilMs;
        return new(living);
    }

    /// <summary>Those who are left when one takes it back.</summary>
    public SnapshotHolders Without(string holder, DateTimeOffset now)
    {
        var living = Living(now);
        living.Remove(holder);
        return new(living);
    }

    private static long MsOf(DateTimeOffset? until) => until?.ToUnixTimeMilliseconds() ?? ForGood;

    private Dictionary<string, long> Living(DateTimeOffset now) =>
        new(_untilMs.Where(holder => holder.Value == ForGood || holder.Value > now.ToUnixTimeMilliseconds()));
}

namespace OnlineCompiler.SessionService.Storage.DynamoDb;

/// <summary>
/// What the table is made with. The deployment makes it, and a test compares its names with these.
/// Beside the items that have an owner, which the index has too, lie snapshots, histories and the parts of what is too large for one item.
/// </summary>
internal static class TableNames
{
    /// <summary>The table's key: a session's id, <c>history:{id}</c> of a session, <c>snapshot:{id}</c>, or <c>{key of its item}:{body}:{number}</c> of a part.</summary>
    public const string Key = "sessionId";

    /// <summary>When DynamoDB may remove the item, in whole seconds since 1970 as it wants them.</summary>
    public const string ExpiresAt = "expiresAt";

    public const string OwnerIndex = "byOwner";

    public const string Owner = "owner";

    /// <summary>When it was saved and the id, so that no two of an owner's are equal: <c>2026-11-29T12:00:00.000Z#{id}</c>.</summary>
    public const string SavedAt = "savedAt";

    /// <summary>What a list shows: the index has these and no more, for each save writes them twice.</summary>
    public static readonly string[] Listed = ["version", "title", "language", "entryPoint", "createdAtMs", "savedAtMs", "expiresAtMs"];
}

namespace OnlineCompiler.SessionService.Sessions;

/// <summary>
/// Keeps programs as they were when they were shared. Every call is atomic. All throw <see cref="SessionStoreUnavailableException"/>
/// when the store cannot be reached.
/// </summary>
internal interface ISnapshotStore
{
    /// <summary>Keeps the program, or finds it kept already; then at least for as long as is asked now.</summary>
    /// <param name="program">What to keep.</param>
    /// <param name="timeToLive">Null: for good.</param>
    /// <param name="holder">Who can take this sharing back with <see cref="ReleaseAsync"/>, see <see cref="SnapshotHolder"/>; null: nobody.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<StoredSnapshot> KeepAsync(SavedProgram program, TimeSpan? timeToLive, string? holder, CancellationToken cancellationToken);

    /// <summary>Null when there is none of this id, or its time has passed.</summary>
    Task<StoredSnapshot?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Takes one sharing back. The snapshot stays for as long as others asked, and without others is gone.</summary>
    Task<ReleaseResult> ReleaseAsync(string id, string holder, CancellationToken cancellationToken);
}

internal enum ReleaseResult
{
    Released,
    NotHeld,
    Missing,
}

/// <param name="Id">See <see cref="SnapshotId"/>.</param>
/// <param name="Program">What was shared.</param>
/// <param name="CreatedAt">When it was kept first.</param>
/// <param name="ExpiresAt">Null: never.</param>
internal sealed record StoredSnapshot(string Id, SavedProgram Program, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

namespace OnlineCompiler.SessionService.Sessions;

/// <summary>
/// Keeps sessions, each for its owner alone and until its time to live has passed since it was last read or saved.
/// Every change is atomic. All throw <see cref="SessionStoreUnavailableException"/> when the store cannot be reached.
/// </summary>
internal interface ISessionStore
{
    Task<StoredSession> CreateAsync(string owner, SavedProgram program, CancellationToken cancellationToken);

    /// <summary>Reads a session and renews its time to live; null when there is none, or it is not the owner's.</summary>
    Task<StoredSession?> GetAsync(string owner, string id, CancellationToken cancellationToken);

    /// <summary>Replaces the program if <paramref name="version"/> is still the current one, else changes nothing.</summary>
    Task<SaveResult> SaveAsync(string owner, string id, ulong version, SavedProgram program, CancellationToken cancellationToken);

    /// <summary>The owner's sessions, last saved first, after <paramref name="cursor"/>; does not renew them.</summary>
    Task<SessionPage> ListAsync(string owner, int pageSize, SessionCursor? cursor, CancellationToken cancellationToken);

    /// <summary>False when there is no such session, or it is not the owner's.</summary>
    Task<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken);
}

/// <summary>What became of a save: <see cref="Saved"/>, <see cref="Stale"/> or <see cref="Missing"/>.</summary>
internal abstract record SaveResult
{
    internal sealed record Saved(StoredSession Session) : SaveResult;

    internal sealed record Stale(ulong CurrentVersion) : SaveResult;

    internal sealed record Missing : SaveResult;
}

/// <summary>The store cannot be reached, or cannot serve at the moment; a later try may succeed.</summary>
internal sealed class SessionStoreUnavailableException(Exception cause) : Exception("The session store is unavailable.", cause);

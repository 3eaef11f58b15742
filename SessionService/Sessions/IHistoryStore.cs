namespace OnlineCompiler.SessionService.Sessions;

/// <summary>
/// Keeps a document beside each session, at least for as long as the session. All throw <see cref="SessionStoreUnavailableException"/>
/// when the store cannot be reached.
/// </summary>
internal interface IHistoryStore
{
    /// <summary>Null when there is none yet.</summary>
    Task<HistoryDocument?> ReadAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>Writes it if it still is of this revision, 0 for none, and renews its time to live.</summary>
    /// <returns>False when someone else has written meanwhile; nothing was changed.</returns>
    Task<bool> WriteAsync(string sessionId, long revision, byte[] body, CancellationToken cancellationToken);

    /// <summary>Renews its time to live, if there is one.</summary>
    Task RenewAsync(string sessionId, CancellationToken cancellationToken);

    Task RemoveAsync(string sessionId, CancellationToken cancellationToken);
}

/// <param name="Revision">From 1; one more with each write.</param>
internal sealed record HistoryDocument(long Revision, byte[] Body);

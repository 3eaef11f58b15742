namespace OnlineCompiler.SessionService.Tests.Stores;

/// <summary>What is kept in a store.</summary>
public enum Kept
{
    Session,
    Snapshot,
    History,
}

/// <summary>A real store for the service, and a way past it to what it has kept: time cannot be waited for.</summary>
public interface IRunningStore
{
    /// <summary>What makes the service use it.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Whether anything of it is kept.</summary>
    Task<bool> IsKeptAsync(Kept kind, string id);

    /// <summary>How much longer it is kept; MaxValue: for good.</summary>
    Task<TimeSpan> LeftAsync(Kept kind, string id);

    /// <summary>Makes it expire after <paramref name="left"/>, which may be over.</summary>
    Task LeaveAsync(Kept kind, string id, TimeSpan left);

    /// <summary>Replaces the snapshot by what another one holds, as if their names were alike, which would take years to find.</summary>
    Task PutInPlaceOfAsync(string snapshot, string other);

    /// <summary>Makes the snapshot one that was shared before anybody could take it back.</summary>
    Task ForgetHoldersAsync(string snapshot);

    /// <summary>Everything that is kept of it, as a text to search in.</summary>
    Task<string> TextOfAsync(Kept kind, string id);
}

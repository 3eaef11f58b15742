namespace OnlineCompiler.ExecutionService.Sandbox.Prepared;

/// <summary>
/// A program of a language pack that boots the language's runtime ahead of need, then waits for the command line and the
/// environment of the program that it is to run, and becomes it. Launcher/protocol.h says how it is told.
/// </summary>
/// <param name="Name">For metrics, e.g. "javascript run".</param>
/// <param name="Command">Its command line; nothing of a request in it.</param>
/// <param name="Environment">What it boots with: that of the orders that it serves.</param>
internal sealed record PreparedHost(string Name, IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Whether it boots once, and programs are copies of it (Launcher/runtime.c); else it boots once for each program.</summary>
    public bool Forks { get; init; }

    /// <summary>Those with the same are alike.</summary>
    internal string Key { get; } = string.Join('\0', [.. Command, .. Environment.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}")]);
}

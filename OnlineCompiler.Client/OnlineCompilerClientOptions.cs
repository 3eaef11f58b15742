namespace OnlineCompiler.Client;

/// <summary>How a client presents itself.</summary>
public sealed class OnlineCompilerClientOptions
{
    /// <summary>An API key, <c>oc_…</c>, sent as <c>X-Api-Key</c> with every call; null, the default, for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Somebody's token, sent as <c>Authorization: Bearer …</c> with every call, where it counts before a key; null for none, the default.</summary>
    public string? BearerToken { get; init; }

    /// <summary>Further headers of every call, by name; default none.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

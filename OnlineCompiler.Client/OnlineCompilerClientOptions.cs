namespace OnlineCompiler.Client;

/// <summary>How a client presents itself.</summary>
public sealed class OnlineCompilerClientOptions
{
    /// <summary>Sent as <c>Authorization: Bearer …</c> with every call; null for an anonymous caller, the default.</summary>
    public string? BearerToken { get; init; }

    /// <summary>Further headers of every call, by name, such as one that carries an API key; default none.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

namespace OnlineCompiler.Gateway.Security.Callers;

/// <summary>What those may do who show neither a key nor a token.</summary>
internal sealed class AnonymousOptions
{
    public const string Key = "Gateway:Anonymous";

    /// <summary>Scopes separated by commas, or <c>none</c>; default all. The value of <c>Gateway:Anonymous</c> itself.</summary>
    public string Scopes { get; set; } = string.Join(',', Security.Scopes.All);

    public IReadOnlySet<string> ScopeSet() => Security.Scopes.Parse(Scopes);
}

using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Security.Keys;

/// <summary>What is known of an API key. Not the key: only its hash is kept.</summary>
internal sealed record ApiKey
{
    /// <summary>The first digits of the key, which are no secret.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the key, in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Whose it is, as an operator calls them; nothing depends on it.</summary>
    public required string Name { get; init; }

    public required IReadOnlySet<string> Scopes { get; init; }

    public CallerLimits Limits { get; init; } = CallerLimits.Everybodys;

    /// <summary>Null for keys of the configuration.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Null when it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>To within <see cref="ApiKeyOptions.CacheSeconds"/>; null when it never was, or nobody counts.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}

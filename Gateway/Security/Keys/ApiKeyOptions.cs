using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Security.Keys;

/// <summary>How API keys are believed. Bound from <c>Gateway:ApiKeys</c>.</summary>
internal sealed class ApiKeyOptions
{
    public const string Section = "Gateway:ApiKeys";
    private const string RangeMessage = Section + ":{0} must be from {1} to {2}.";

    /// <summary>Seconds that a key is believed without asking the store, and so until a revoked one is refused everywhere; 1-300, default 10.</summary>
    [Range(1, 300, ErrorMessage = RangeMessage)]
    public int CacheSeconds { get; set; } = 10;

    /// <summary>Seconds that a key seen before is believed while the store does not answer; 0-86 400, default 600.</summary>
    [Range(0, 86_400, ErrorMessage = RangeMessage)]
    public int OutageSeconds { get; set; } = 600;

    /// <summary>Keys that are remembered at a time; 1-1 000 000, default 10 000. Others are looked up at each call.</summary>
    [Range(1, 1_000_000, ErrorMessage = RangeMessage)]
    public int CacheSize { get; set; } = 10_000;

    /// <summary>Keys where there is no store, by id; default none. <c>scripts/api-key.sh create --as-settings</c> prints one.</summary>
    public Dictionary<string, StaticApiKey> Static { get; set; } = [];
}

/// <summary>A key that is known by configuration.</summary>
internal sealed class StaticApiKey
{
    /// <summary>SHA-256 of the key, as 64 hexadecimal digits.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Whose it is; default: the id.</summary>
    public string? Name { get; set; }

    /// <summary>Scopes separated by commas; default all.</summary>
    public string Scopes { get; set; } = string.Join(',', Security.Scopes.All);

    /// <summary>Default: never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Default: everybody's.</summary>
    public CallerLimits Limits { get; set; } = new();

    public ApiKey ToKey(string id) => new()
    {
        Id = id,
        Hash = Hash,
        Name = Name ?? id,
        Scopes = Security.Scopes.Parse(Scopes),
        Limits = Limits,
        ExpiresAt = ExpiresAt,
    };
}

internal sealed class ApiKeyOptionsValidator : IValidateOptions<ApiKeyOptions>
{
    private const int HashLength = 64;

    public ValidateOptionsResult Validate(string? name, ApiKeyOptions options)
    {
        var failures = options.Static.SelectMany(key => ViolationsOf(key.Value).Select(violation => $"{ApiKeyOptions.Section}:Static:{key.Key}:{violation}")).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> ViolationsOf(StaticApiKey key)
    {
        if (key.Hash.Length != HashLength || !key.Hash.All(char.IsAsciiHexDigitLower))
            yield return $"Hash must be {HashLength} hexadecimal digits in lower case.";
        if (!Scopes.TryParse(key.Scopes, out _))
            yield return $"Scopes must be some of {string.Join(", ", Scopes.All)}, or {Scopes.None}.";
        foreach (var violation in key.Limits.Violations())
            yield return $"Limits:{violation}";
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Security.Tokens;

/// <summary>Whose tokens are believed. Bound from <c>Gateway:Oidc</c>; without an authority none are.</summary>
internal sealed class OidcOptions
{
    public const string Section = "Gateway:Oidc";
    private const string RangeMessage = Section + ":{0} must be from {1} to {2}.";

    /// <summary>The issuer, e.g. <c>https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf</c>: its discovery document lies below. Default: none.</summary>
    public string? Authority { get; set; }

    /// <summary>Clients and audiences whose tokens are meant for this service; at least one.</summary>
    public string[] Audiences { get; set; } = [];

    /// <summary>The claims that may name one of <see cref="Audiences"/>; default <c>aud</c> and, for Cognito's access tokens, <c>client_id</c>.</summary>
    public string[] AudienceClaims { get; set; } = ["aud", "client_id"];

    /// <summary>The claim that says what a token is for; default Cognito's <c>token_use</c>. A token without it is judged by the rest.</summary>
    public string UseClaim { get; set; } = "token_use";

    /// <summary>What <see cref="UseClaim"/> must say where it is there; default <c>access</c>: an id token tells a client who signed in, and opens nothing.</summary>
    public string Use { get; set; } = "access";

    /// <summary>The claim that names the caller; default <c>sub</c>.</summary>
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>The claim with the scopes, separated by blanks; default <c>scope</c>.</summary>
    public string ScopeClaim { get; set; } = "scope";

    /// <summary>Before our scopes in a token, e.g. <c>onlinecompiler/</c>. With "", the default, tokens need no scopes: <see cref="Scopes"/> are everybody's.</summary>
    public string ScopePrefix { get; set; } = "";

    /// <summary>What every token allows, separated by commas, or <c>none</c>; default all.</summary>
    public string Scopes { get; set; } = string.Join(',', Security.Scopes.All);

    /// <summary>The claim with the groups; default Cognito's <c>cognito:groups</c>.</summary>
    public string GroupsClaim { get; set; } = "cognito:groups";

    /// <summary>Limits of a group's members, by its name. The first group of the token that has some counts.</summary>
    public Dictionary<string, CallerLimits> GroupLimits { get; set; } = [];

    /// <summary>Limits of everybody else who is signed in; default: those of all callers.</summary>
    public CallerLimits Limits { get; set; } = new();

    /// <summary>Seconds that clocks may differ by; 0-300, default 30.</summary>
    [Range(0, 300, ErrorMessage = RangeMessage)]
    public int ClockSkewSeconds { get; set; } = 30;

    /// <summary>Seconds after which the issuer's keys are read again, behind the calls; 1-86 400, default 3 600.</summary>
    [Range(1, 86_400, ErrorMessage = RangeMessage)]
    public int RefreshSeconds { get; set; } = 3_600;

    /// <summary>Seconds between two readings because of a key that is not known, whoever made it up; 1-3 600, default 30.</summary>
    [Range(1, 3_600, ErrorMessage = RangeMessage)]
    public int UnknownKeySeconds { get; set; } = 30;

    /// <summary>Seconds that reading may take; 1-60, default 5.</summary>
    [Range(1, 60, ErrorMessage = RangeMessage)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>Accepts an authority by http, which anyone on the way could answer for; default: no.</summary>
    public bool AllowHttp { get; set; }
}

internal sealed class OidcOptionsValidator : IValidateOptions<OidcOptions>
{
    public ValidateOptionsResult Validate(string? name, OidcOptions options)
    {
        var failures = ViolationsOf(options).Select(violation => $"{OidcOptions.Section}:{violation}").ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> ViolationsOf(OidcOptions options)
    {
        if (options.Authority is not { Length: > 0 } authority)
            yield break;
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var uri) || !(uri.Scheme is "https" || (options.AllowHttp && uri.Scheme is "http")))
            yield return "Authority must be an https address.";
        if (options.Audiences.Length == 0)
            yield return "Audiences must hold at least one: else tokens made for others would open this service.";
        if (!Scopes.TryParse(options.Scopes, out _))
            yield return $"Scopes must be some of {string.Join(", ", Scopes.All)}, or {Scopes.None}.";
        foreach (var (group, limits) in options.GroupLimits)
        {
            foreach (var violation in limits.Violations())
                yield return $"GroupLimits:{group}:{violation}";
        }
        foreach (var violation in options.Limits.Violations())
            yield return $"Limits:{violation}";
    }
}

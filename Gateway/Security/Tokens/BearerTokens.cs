using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using OnlineCompiler.Gateway.Security.Callers;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Security.Tokens;

/// <summary>Knows whose a token is that an OpenID Connect issuer has signed.</summary>
internal sealed class BearerTokens(IOptions<OidcOptions> options, Issuer issuer, TimeProvider clock)
{
    private const int MaxSubjectLength = 64;

    // Signatures by a pair of keys alone: with a shared secret, the issuer's public key would be one.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly OidcOptions _options = options.Value;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>Whose it is, or why it is nobody's.</summary>
    public async Task<Recognition> RecogniseAsync(string token, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(_options.Authority))
            return Recognition.Refuse(Refusals.Unknown("Tokens are not accepted here, only API keys."));
        try
        {
            return await CheckAsync(token, cancellationToken);
        }
        catch (IOException)
        {
            return Recognition.Refuse(Refusals.CannotCheck("Tokens"));
        }
    }

    private async Task<Recognition> CheckAsync(string token, CancellationToken cancellationToken)
    {
        if (TryReadKeyId(token) is not { } keyId)
            return Recognition.Refuse(Refusals.Unknown("This is not a token."));
        var known = await issuer.FindAsync(cancellationToken);
        if (!HasKey(known, keyId) && await issuer.RenewAsync(known, cancellationToken) is { } renewed)
            known = renewed;
        if (!HasKey(known, keyId))
            return Recognition.Refuse(Refusals.Unknown("This token is signed with a key that the issuer does not have."));

        var result = await _handler.ValidateTokenAsync(token, ParametersFor(known));
        return result.IsValid && result.SecurityToken is JsonWebToken valid
            ? Judge(valid)
            : Recognition.Refuse(Refusals.Unknown(Describe(result.Exception)));
    }

    /// <summary>"" of a token that names no key; null of what is no token.</summary>
    private string? TryReadKeyId(string token)
    {
        try
        {
            return _handler.ReadJsonWebToken(token).Kid ?? "";
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private static bool HasKey(OpenIdConnectConfiguration known, string keyId) =>
        keyId is "" || known.SigningKeys.Any(key => key.KeyId == keyId);

    private Recognition Judge(JsonWebToken token)
    {
        if (token.TryGetClaim(_options.UseClaim, out var use) && use.Value != _options.Use)
            return Recognition.Refuse(Refusals.Unknown($"This token is for something else; an {_options.Use} token is needed."));
        if (!_options.AudienceClaims.SelectMany(claim => ValuesOf(token, claim)).Any(_options.Audiences.Contains))
            return Recognition.Refuse(Refusals.Unknown("This token is meant for another service."));
        if (ValuesOf(token, _options.SubjectClaim).FirstOrDefault() is not { Length: > 0 } subject)
            return Recognition.Refuse(Refusals.Unknown("This token names nobody."));
        return Recognition.Of(new CallerIdentity(NameOf(token.Issuer, subject), ScopesOf(token), LimitsOf(token)));
    }

    private TokenValidationParameters ParametersFor(OpenIdConnectConfiguration known) => new()
    {
        ValidIssuer = known.Issuer,
        IssuerSigningKeys = known.SigningKeys,
        ValidAlgorithms = Algorithms,
        // Which claim names the audience differs among issuers: see Judge.
        ValidateAudience = false,
        LifetimeValidator = IsAlive,
    };

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var (now, skew) = (clock.GetUtcNow().UtcDateTime, TimeSpan.FromSeconds(_options.ClockSkewSeconds));
        return expires is { } end && now < end + skew && (notBefore is not { } start || start - skew <= now);
    }

    private HashSet<string> ScopesOf(JsonWebToken token)
    {
        var scopes = Scopes.Parse(_options.Scopes).ToHashSet();
        if (_options.ScopePrefix.Length > 0)
        {
            scopes.UnionWith(ValuesOf(token, _options.ScopeClaim)
                .SelectMany(value => value.Split(' '))
                .Where(scope => scope.StartsWith(_options.ScopePrefix, StringComparison.Ordinal))
                .Select(scope => scope[_options.ScopePrefix.Length..])
                .Where(Scopes.All.Contains));
        }
        return scopes;
    }

    private CallerLimits LimitsOf(JsonWebToken token) =>
        ValuesOf(token, _options.GroupsClaim).Select(_options.GroupLimits.GetValueOrDefault).FirstOrDefault(limits => limits is not null) ?? _options.Limits;

    private static IEnumerable<string> ValuesOf(JsonWebToken token, string claim) =>
        token.Claims.Where(candidate => candidate.Type == claim).Select(candidate => candidate.Value);

    // The issuer is part of it: two may call different people the same.
    private static string NameOf(string issuer, string subject)
    {
        var isPlain = subject.Length <= MaxSubjectLength && subject.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '|' or '@');
        return $"subject:{HashOf(issuer)[..16]}:{(isPlain ? subject : "sha256-" + HashOf(subject)[..48])}";
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // The library's own words name what is inside of tokens.
    private static string Describe(Exception exception) => exception switch
    {
        SecurityTokenInvalidIssuerException => "This token is of another issuer.",
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException => "This token has expired, or is not valid yet.",
        SecurityTokenInvalidAlgorithmException => "This token is signed in a way that is not accepted.",
        _ => "This token is not signed by the issuer.",
    };
}

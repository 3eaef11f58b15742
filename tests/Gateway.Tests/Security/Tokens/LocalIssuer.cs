using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OnlineCompiler.Gateway.Tests.Security.Tokens;

/// <summary>An issuer on loopback that signs what a test says, with claims as Cognito has them.</summary>
internal sealed class LocalIssuer : IAsyncDisposable
{
    public const string Client = "the-page";
    private WebApplication? _app;
    private Dictionary<string, RSA> _published = [];

    private LocalIssuer(int port) => Url = $"http://127.0.0.1:{port}";

    public string Url { get; }

    /// <summary>How often its keys were read.</summary>
    public int Readings { get; private set; }

    /// <summary>What signs; <see cref="Rotate"/> makes another.</summary>
    public RsaSecurityKey Key { get; private set; } = null!;

    public (string Key, string Value)[] Settings =>
    [
        ("Gateway:Oidc:Authority", Url), ("Gateway:Oidc:AllowHttp", "true"), ("Gateway:Oidc:Audiences:0", Client), ("Gateway:Oidc:UnknownKeySeconds", "1"),
    ];

    public static LocalIssuer Create()
    {
        var issuer = new LocalIssuer(FreePort.Next());
        issuer.Rotate();
        return issuer;
    }

    public static async Task<LocalIssuer> StartAsync()
    {
        var issuer = Create();
        await issuer.ListenAsync();
        return issuer;
    }

    public async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url);
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = Url, jwks_uri = Url + "/keys" }));
        _app.MapGet("/keys", () =>
        {
            Readings++;
            return Results.Json(new { keys = _published.Select(key => PublicKey(key.Key, key.Value)) });
        });
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }

    public async Task StopAsync()
    {
        if (_app is { } app)
            await app.DisposeAsync();
        _app = null;
    }

    /// <summary>Another key, under another name, in place of the one before.</summary>
    public void Rotate()
    {
        var (id, rsa) = (Guid.NewGuid().ToString("N"), RSA.Create(2048));
        _published = new() { [id] = rsa };
        Key = new RsaSecurityKey(rsa) { KeyId = id };
    }

    /// <summary>Claims of an access token that is right; null takes one out.</summary>
    public Dictionary<string, object> Claims(params (string Name, object? Value)[] changes)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Url, ["sub"] = "7d8f-someone", ["client_id"] = Client, ["token_use"] = "access", ["scope"] = "openid onlinecompiler/judge",
            ["cognito:groups"] = new[] { "everyone", "teachers" }, ["iat"] = now, ["exp"] = now + 3600,
        };
        foreach (var (name, value) in changes)
        {
            if (value is null)
                claims.Remove(name);
            else
                claims[name] = value;
        }
        return claims;
    }

    public string Sign(Dictionary<string, object>? claims = null, SecurityKey? key = null) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
        JsonSerializer.Serialize(claims ?? Claims()), new SigningCredentials(key ?? Key, SecurityAlgorithms.RsaSha256));

    /// <summary>A token with a header of its own making.</summary>
    public string Forge(object header, Func<byte[], byte[]> sign)
    {
        var text = $"{Encode(JsonSerializer.SerializeToUtf8Bytes(header))}.{Encode(JsonSerializer.SerializeToUtf8Bytes(Claims()))}";
        return $"{text}.{Encode(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static object PublicKey(string id, RSA rsa)
    {
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = id, n = Encode(parameters.Modulus!), e = Encode(parameters.Exponent!) };
    }

    private static string Encode(byte[] bytes) => Base64UrlEncoder.Encode(bytes);
}

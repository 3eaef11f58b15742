using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OnlineCompiler.Gateway.Security.Callers;

/// <summary>
/// Owns the sessions of someone who has not signed in: an unguessable cookie. Services and stores only ever see a hash of
/// it, so that nobody who reads them can become the owner.
/// </summary>
internal static class AnonymousOwner
{
    public const string CookieName = "oc_owner";
    private const int SecretBytes = 32;

    // Browsers keep no cookie longer.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    /// <summary>The caller's owner name, or null for a caller who owns nothing yet.</summary>
    public static string? Find(HttpContext context) =>
        context.Request.Cookies.TryGetValue(CookieName, out var secret) && IsSecret(secret) ? Hash(secret) : null;

    /// <summary>The caller's owner name; makes the cookie at first need.</summary>
    public static string FindOrMake(HttpContext context)
    {
        if (Find(context) is { } owner)
            return owner;

        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        context.Response.Cookies.Append(CookieName, secret, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            Path = "/",
            MaxAge = Lifetime,
            IsEssential = true,
        });
        return Hash(secret);
    }

    // A cookie that we did not make would be as guessable as its maker chose.
    private static bool IsSecret(string value) => Base64Url.IsValid(value, out var bytes) && bytes == SecretBytes;

    private static string Hash(string secret) => "anonymous:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
}

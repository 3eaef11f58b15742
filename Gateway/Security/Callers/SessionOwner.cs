namespace OnlineCompiler.Gateway.Security.Callers;

/// <summary>
/// Owns sessions: who has signed in or shows a key, under that name; else <see cref="AnonymousOwner"/>'s cookie. Signing in takes nothing
/// away: what was kept before belongs to the cookie still, and whoever signs in with it there has both.
/// </summary>
internal static class SessionOwner
{
    /// <summary>Everybody that the caller is, the one who owns what is new first; empty for a caller who owns nothing yet.</summary>
    public static IReadOnlyList<string> AllOf(HttpContext context) =>
        [.. new[] { NameOf(context), AnonymousOwner.Find(context) }.OfType<string>()];

    /// <summary>Who owns what the caller makes; a cookie is made at first need.</summary>
    public static string ForNew(HttpContext context) => NameOf(context) ?? AnonymousOwner.FindOrMake(context);

    private static string? NameOf(HttpContext context) => Caller.IdentityOf(context) is { IsAnonymous: false } identity ? identity.Name : null;
}

using System.Globalization;

namespace OnlineCompiler.Gateway.Api.Sessions;

/// <summary>Where a list of several owners' sessions goes on: at which owner, and there at which page of the service's.</summary>
internal readonly record struct OwnersPage(int Owner, string Token)
{
    // Tokens of the service's hold none.
    private const char Mark = '~';

    public static OwnersPage Read(string? text)
    {
        var parts = (text ?? "").Split(Mark, 2);
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var owner)
            ? new OwnersPage(owner, parts[1])
            : new OwnersPage(0, text ?? "");
    }

    /// <summary>The token of the page after this one; null after the last owner's last.</summary>
    public string? Next(string serviceToken, int owners)
    {
        if (serviceToken is not "")
            return Owner == 0 ? serviceToken : string.Create(CultureInfo.InvariantCulture, $"{Owner}{Mark}{serviceToken}");
        return Owner + 1 < owners ? string.Create(CultureInfo.InvariantCulture, $"{Owner + 1}{Mark}") : null;
    }
}

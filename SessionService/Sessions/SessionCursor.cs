using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace OnlineCompiler.SessionService.Sessions;

/// <summary>
/// The last session of a page. Pages go on from what they showed rather than from a count, so a session that is made,
/// saved or deleted meanwhile neither hides nor repeats another.
/// </summary>
internal sealed record SessionCursor(long SavedAtMs, string Id)
{
    public string ToToken() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{SavedAtMs}:{Id}")));

    public static bool TryParse(string token, [NotNullWhen(true)] out SessionCursor? cursor)
    {
        cursor = null;
        if (!Base64Url.IsValid(token))
            return false;

        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        if (text.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon)
            || !long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var savedAtMs)
            || !SessionId.IsWellFormed(text[(colon + 1)..]))
        {
            return false;
        }

        cursor = new SessionCursor(savedAtMs, text[(colon + 1)..]);
        return true;
    }
}

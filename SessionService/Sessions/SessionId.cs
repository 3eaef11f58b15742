using System.Buffers.Text;
using System.Security.Cryptography;

namespace OnlineCompiler.SessionService.Sessions;

/// <summary>Session ids cannot be guessed: 128 random bits as 22 URL-safe characters.</summary>
internal static class SessionId
{
    private const int Length = 22;
    private const int RandomBytes = 16;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static bool IsWellFormed(string id) => id.Length == Length && Base64Url.IsValid(id);
}

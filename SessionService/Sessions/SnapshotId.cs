using System.Buffers.Text;
using System.Security.Cryptography;

namespace OnlineCompiler.SessionService.Sessions;

/// <summary>
/// A snapshot is named by what it holds: the first characters of its SHA-256 as URL-safe Base64, so that sharing a program again
/// gives the same link. 12 characters are 72 bits; who takes the pains to find two programs that share them, finds the second under a longer name.
/// </summary>
internal static class SnapshotId
{
    private static readonly int[] Lengths = [12, 22, 43];

    /// <summary>Its possible names, the usual one first.</summary>
    public static IEnumerable<string> Of(byte[] body)
    {
        var hash = Base64Url.EncodeToString(SHA256.HashData(body));
        return Lengths.Select(length => hash[..length]);
    }

    public static bool IsWellFormed(string id) =>
        Lengths.Contains(id.Length) && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');
}

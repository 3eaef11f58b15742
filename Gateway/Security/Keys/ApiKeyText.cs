using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace OnlineCompiler.Gateway.Security.Keys;

/// <summary>
/// What an API key looks like: <c>oc_</c>, 12 digits that name it, 44 that nobody can guess, and 8 that tell a typing error, all
/// hexadecimal. Scanners for secrets find it by its prefix and form; what is mistyped or made up never reaches the store.
/// </summary>
internal static class ApiKeyText
{
    public const string Prefix = "oc_";
    private const int IdBytes = 6;

    // 176 bits of chance. What cannot be guessed needs no slow hash: that is for passwords, and every call would pay for it.
    private const int SecretBytes = 22;
    private const int ChecksumBytes = 4;
    private static readonly int BodyLength = Prefix.Length + (2 * (IdBytes + SecretBytes));
    private static readonly int Length = BodyLength + (2 * ChecksumBytes);

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static string Make()
    {
        var body = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes + SecretBytes));
        return body + ChecksumOf(body);
    }

    /// <summary>Whether it wants to be a key, right or wrong.</summary>
    public static bool IsMeant(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The id of a key whose form and checksum are right.</summary>
    public static bool TryReadId(string text, [NotNullWhen(true)] out string? id)
    {
        var isKey = text.Length == Length
            && IsMeant(text)
            && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Digits) < 0
            && text.AsSpan(BodyLength).SequenceEqual(ChecksumOf(text[..BodyLength]));
        id = isKey ? IdOf(text) : null;
        return isKey;
    }

    /// <summary>The id of what was made here.</summary>
    public static string IdOf(string key) => key.Substring(Prefix.Length, 2 * IdBytes);

    /// <summary>What is kept of a key: SHA-256 of the whole text, in hexadecimal.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    private static string ChecksumOf(string body) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(body)).AsSpan(0, ChecksumBytes));
}

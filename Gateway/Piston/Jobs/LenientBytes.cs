using System.Buffers.Text;

namespace OnlineCompiler.Gateway.Piston.Jobs;

/// <summary>Decodes as Node.js does: wrong characters are never an error.</summary>
internal static class LenientBytes
{
    private const int Base64Group = 4;

    /// <summary>Either alphabet; what belongs to neither is skipped, and the first "=" ends it.</summary>
    public static byte[] FromBase64(string text)
    {
        var end = text.IndexOf('=', StringComparison.Ordinal);
        var digits = text[..(end < 0 ? text.Length : end)]
            .Replace('+', '-').Replace('/', '_')
            .Where(digit => char.IsAsciiLetterOrDigit(digit) || digit is '-' or '_')
            .ToArray();
        // A last digit alone holds less than a byte.
        var whole = digits.Length % Base64Group == 1 ? digits.Length - 1 : digits.Length;
        var bytes = new byte[(whole * 3 + 3) / Base64Group];
        return Base64Url.TryDecodeFromChars(WithoutSpareBits(digits.AsSpan(0, whole)), bytes, out var written) ? bytes[..written] : [];
    }

    /// <summary>Until the first pair that is not hexadecimal.</summary>
    public static byte[] FromHex(string text)
    {
        var length = text.TakeWhile(char.IsAsciiHexDigit).Count();
        return Convert.FromHexString(text.AsSpan(0, length - length % 2));
    }

    // Bits of the last digit that belong to no byte must be zero for the decoder, which is stricter than Node.js.
    private static Span<char> WithoutSpareBits(Span<char> digits)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var spare = (digits.Length % Base64Group) switch { 2 => 0xF, 3 => 0x3, _ => 0 };
        if (spare != 0)
            digits[^1] = Alphabet[Alphabet.IndexOf(digits[^1], StringComparison.Ordinal) & ~spare];
        return digits;
    }
}

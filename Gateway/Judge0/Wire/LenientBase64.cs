using System.Text;

namespace OnlineCompiler.Gateway.Judge0.Wire;

/// <summary>Base64 as Ruby writes and reads it: broken into lines, and with no error whatever comes.</summary>
internal static class LenientBase64
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const int LineBytes = 45;
    private const int GroupDigits = 4;
    private const int DigitBits = 6;

    /// <summary>Lines of 60 characters, each with its end; nothing for nothing.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length + LineBytes) / LineBytes * (LineBytes / 3 * GroupDigits + 1));
        for (; bytes.Length > 0; bytes = bytes[Math.Min(LineBytes, bytes.Length)..])
            text.Append(Convert.ToBase64String(bytes[..Math.Min(LineBytes, bytes.Length)])).Append('\n');
        return text.ToString();
    }

    /// <summary>What is no digit is skipped; a "=" where a group may end, ends all.</summary>
    public static byte[] Decode(string text)
    {
        var bytes = new List<byte>(text.Length / GroupDigits * 3);
        int bits = 0, digits = 0;
        foreach (var character in text)
        {
            if (character is '=' && digits >= 2)
                break;
            var digit = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0)
                continue;

            bits = bits << DigitBits | digit;
            if (++digits < GroupDigits)
                continue;
            bytes.AddRange((byte)(bits >> 16), (byte)(bits >> 8), (byte)bits);
            (bits, digits) = (0, 0);
        }

        // A last digit alone holds less than a byte.
        if (digits == 2)
            bytes.Add((byte)(bits >> 4));
        else if (digits == 3)
            bytes.AddRange((byte)(bits >> 10), (byte)(bits >> 2));
        return [.. bytes];
    }
}

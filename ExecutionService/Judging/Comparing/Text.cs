using System.Buffers;
using System.Text;

namespace OnlineCompiler.ExecutionService.Judging.Comparing;

/// <summary>Letters and white space in bytes that need not be UTF-8.</summary>
internal static class Text
{
    private const int MaxShownBytes = 60;

    public static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\n\v\f\r"u8);

    public static bool AreSame(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, bool ignoresCase)
    {
        if (!ignoresCase)
            return left.SequenceEqual(right);
        while (!left.IsEmpty && !right.IsEmpty)
        {
            if (!TakeSame(ref left, ref right, ignoresCase))
                return false;
        }
        return left.IsEmpty && right.IsEmpty;
    }

    /// <summary>Takes a character off both when it is the same; bytes that are no UTF-8 are characters of their own.</summary>
    public static bool TakeSame(ref ReadOnlySpan<byte> left, ref ReadOnlySpan<byte> right, bool ignoresCase)
    {
        if (!ignoresCase || (left[0] < 0x80 && right[0] < 0x80))
        {
            if (left[0] != right[0] && !(ignoresCase && Fold(left[0]) == Fold(right[0])))
                return false;
            left = left[1..];
            right = right[1..];
            return true;
        }
        var isText = Rune.DecodeFromUtf8(left, out var one, out var oneLength) == OperationStatus.Done;
        var isOtherText = Rune.DecodeFromUtf8(right, out var other, out var otherLength) == OperationStatus.Done;
        if (!isText || !isOtherText)
            (oneLength, otherLength) = (1, 1);
        var areSame = isText && isOtherText ? Rune.ToUpperInvariant(one) == Rune.ToUpperInvariant(other) : left[0] == right[0];
        if (!areSame)
            return false;
        left = left[oneLength..];
        right = right[otherLength..];
        return true;
    }

    /// <summary>For a message: quoted, cut, and nothing in it that a terminal would obey.</summary>
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("\"");
        foreach (var character in Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, MaxShownBytes)]))
            text.Append(char.IsControl(character) ? '\uFFFD' : character);
        return text.Append(bytes.Length > MaxShownBytes ? "…\"" : "\"").ToString();
    }

    private static int Fold(byte letter) => letter is >= (byte)'a' and <= (byte)'z' ? letter - 32 : letter;
}

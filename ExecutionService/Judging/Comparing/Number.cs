using System.Globalization;

namespace OnlineCompiler.ExecutionService.Judging.Comparing;

/// <summary>Words that are numbers, as programs print them.</summary>
internal static class Number
{
    /// <summary>False, too, when either is no number, or one too large to be told from others as large.</summary>
    public static bool AreClose(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected, double absoluteTolerance, double relativeTolerance)
    {
        if (Read(actual) is not { } found || Read(expected) is not { } wanted)
            return false;
        if (!double.IsFinite(found) || !double.IsFinite(wanted))
            return found.Equals(wanted);
        // A difference that overflows is none that a tolerance allows.
        var difference = Math.Abs(found - wanted);
        return double.IsFinite(difference) && (difference <= absoluteTolerance || difference <= relativeTolerance * Math.Abs(wanted));
    }

    /// <summary>Decimal with an optional exponent, or what C, Java, Python and others call the values that are not finite.</summary>
    private static double? Read(ReadOnlySpan<byte> word)
    {
        var isNegative = word[0] == '-';
        var unsigned = word[0] is (byte)'-' or (byte)'+' ? word[1..] : word;
        if (Is(unsigned, "nan"u8))
            return double.NaN;
        if (Is(unsigned, "inf"u8) || Is(unsigned, "infinity"u8))
            return isNegative ? double.NegativeInfinity : double.PositiveInfinity;
        // Digits first: the parser would take names of its own, too.
        if (unsigned.IsEmpty || unsigned[0] is not ((>= (byte)'0' and <= (byte)'9') or (byte)'.'))
            return null;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(word, Style, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> name) => word.Length == name.Length && Text.AreSame(word, name, ignoresCase: true);
}

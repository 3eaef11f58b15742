namespace OnlineCompiler.ExecutionService.Judging.Comparing;

/// <summary>Where two outputs differ first, in words for their author; null when they do not.</summary>
internal static class Differences
{
    public delegate bool WordComparer(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected);

    public static string? OfBytes(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected)
    {
        var same = actual.CommonPrefixLength(expected);
        if (same == actual.Length && same == expected.Length)
            return null;
        if (same == actual.Length)
            return $"The output ends {expected.Length - same} bytes early.";
        if (same == expected.Length)
            return $"The output is {actual.Length - same} bytes too long.";
        return $"Line {LineOf(actual, same)}, byte {same + 1} of the output: expected {expected[same]}, found {actual[same]}.";
    }

    public static string? OfLines(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected, bool ignoresCase)
    {
        for (var line = 1; !actual.IsEmpty || !expected.IsEmpty; line++)
        {
            // An output that has ended goes on with empty lines: those at the end of the other do not count.
            var found = TakeLine(ref actual);
            var wanted = TakeLine(ref expected);
            if (!Text.AreSame(found, wanted, ignoresCase))
                return $"Line {line}: expected {Text.Show(wanted)}, found {Text.Show(found)}.";
        }
        return null;
    }

    public static string? WithoutWhiteSpace(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected, bool ignoresCase)
    {
        var restOfActual = SkipWhiteSpace(actual);
        expected = SkipWhiteSpace(expected);
        while (!restOfActual.IsEmpty && !expected.IsEmpty && Text.TakeSame(ref restOfActual, ref expected, ignoresCase))
        {
            restOfActual = SkipWhiteSpace(restOfActual);
            expected = SkipWhiteSpace(expected);
        }
        if (restOfActual.IsEmpty && expected.IsEmpty)
            return null;
        return $"Line {LineOf(actual, actual.Length - restOfActual.Length)}: expected {OrEnd(expected)}, found {OrEnd(restOfActual)}.";
    }

    public static string? OfWords(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected, WordComparer areSame)
    {
        var restOfActual = actual;
        for (var number = 1; ; number++)
        {
            var found = TakeWord(ref restOfActual);
            var wanted = TakeWord(ref expected);
            if (found.IsEmpty && wanted.IsEmpty)
                return null;
            if (found.IsEmpty || wanted.IsEmpty || !areSame(found, wanted))
                return $"Word {number}, line {LineOf(actual, actual.Length - restOfActual.Length - 1)}: expected {OrEnd(wanted)}, found {OrEnd(found)}.";
        }
    }

    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return line[..(line.LastIndexOfAnyExcept(Text.WhiteSpace) + 1)];
    }

    private static ReadOnlySpan<byte> TakeWord(ref ReadOnlySpan<byte> rest)
    {
        rest = SkipWhiteSpace(rest);
        var end = rest.IndexOfAny(Text.WhiteSpace);
        var word = end < 0 ? rest : rest[..end];
        rest = rest[word.Length..];
        return word;
    }

    private static ReadOnlySpan<byte> SkipWhiteSpace(ReadOnlySpan<byte> rest)
    {
        var start = rest.IndexOfAnyExcept(Text.WhiteSpace);
        return start < 0 ? default : rest[start..];
    }

    private static int LineOf(ReadOnlySpan<byte> text, int position) => text[..Math.Clamp(position, 0, text.Length)].Count((byte)'\n') + 1;

    private static string OrEnd(ReadOnlySpan<byte> rest) => rest.IsEmpty ? "the end" : Text.Show(rest);
}

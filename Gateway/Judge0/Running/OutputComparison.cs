namespace OnlineCompiler.Gateway.Judge0.Running;

/// <summary>Whether an output is the expected one: line by line, whatever white space is at the end of each and of the whole.</summary>
internal static class OutputComparison
{
    /// <summary>Also NUL, as Ruby has it.</summary>
    private static readonly byte[] WhiteSpace = "\0\t\n\v\f\r "u8.ToArray();

    /// <summary>Nothing at all is only equal to nothing, and not to empty text.</summary>
    public static bool IsAccepted(byte[]? expected, byte[]? actual) =>
        expected is null || actual is not null && AreEqual(expected, actual);

    private static bool AreEqual(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        expected = expected.TrimEnd(WhiteSpace);
        actual = actual.TrimEnd(WhiteSpace);
        while (expected.Length > 0 && actual.Length > 0)
        {
            if (!TakeLine(ref expected).SequenceEqual(TakeLine(ref actual)))
                return false;
        }

        return expected.Length == actual.Length;
    }

    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        var line = (end < 0 ? text : text[..end]).TrimEnd(WhiteSpace);
        text = end < 0 ? [] : text[(end + 1)..];
        return line;
    }
}

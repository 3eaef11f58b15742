namespace OnlineCompiler.ExecutionService.Judging.Comparing;

internal enum ComparisonMode
{
    Lines,
    Exact,
    Tokens,
    NoWhiteSpace,
    Numbers,
}

/// <summary>Compares an output with the expected one. Reads both once, from start to end, and copies nothing: they may be large, and hostile.</summary>
internal sealed record Comparison
{
    public const double DefaultTolerance = 1e-6;

    public ComparisonMode Mode { get; init; } = ComparisonMode.Lines;

    public bool IgnoresCase { get; init; }

    public double AbsoluteTolerance { get; init; } = DefaultTolerance;

    public double RelativeTolerance { get; init; } = DefaultTolerance;

    /// <summary>Says whether they are the same, and else where they differ first.</summary>
    public (Verdict Verdict, string Message) Compare(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected)
    {
        var difference = Mode switch
        {
            ComparisonMode.Exact => Differences.OfBytes(actual, expected),
            ComparisonMode.Lines => Differences.OfLines(actual, expected, IgnoresCase),
            ComparisonMode.NoWhiteSpace => Differences.WithoutWhiteSpace(actual, expected, IgnoresCase),
            _ => Differences.OfWords(actual, expected, AreSameWords),
        };
        if (difference is null)
            return (Verdict.Accepted, "");
        var hasRightWords = Mode is ComparisonMode.Exact or ComparisonMode.Lines && Differences.OfWords(actual, expected, AreSameWords) is null;
        return hasRightWords ? (Verdict.PresentationError, $"White space differs. {difference}") : (Verdict.WrongAnswer, difference);
    }

    private bool AreSameWords(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected) =>
        Text.AreSame(actual, expected, IgnoresCase)
        || (Mode == ComparisonMode.Numbers && Number.AreClose(actual, expected, AbsoluteTolerance, RelativeTolerance));
}

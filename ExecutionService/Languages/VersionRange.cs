using System.Globalization;

namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>
/// npm-style version ranges (see the grammar of node-semver): <c>3</c>, <c>3.11</c>, <c>3.x</c>, <c>*</c>, <c>^1.2</c>,
/// <c>~1.2.3</c>, <c>&gt;=1 &lt;3</c>, <c>1.2 - 2.3</c>, joined by <c>||</c>. Toolchains have no prereleases here, so
/// neither have ranges.
/// </summary>
internal sealed class VersionRange
{
    private readonly List<List<Interval>> _alternatives;

    private VersionRange(List<List<Interval>> alternatives) => _alternatives = alternatives;

    /// <summary>From <see cref="From"/> (included) to <see cref="To"/> (excluded; none: without end).</summary>
    private readonly record struct Interval(Version From, Version? To)
    {
        public bool Contains(Version version) => version >= From && (To is null || version < To);
    }

    private static Version Zero { get; } = new(0, 0, 0);

    /// <summary>Null when <paramref name="text"/> is not a range.</summary>
    public static VersionRange? TryParse(string text)
    {
        var alternatives = new List<List<Interval>>();
        foreach (var part in text.Split("||", StringSplitOptions.TrimEntries))
        {
            if (ParseAlternative(part) is not { } intervals)
                return null;
            alternatives.Add(intervals);
        }
        return new VersionRange(alternatives);
    }

    /// <summary>Whether a toolchain's version such as "12.2.0" satisfies the range; missing numbers count as 0.</summary>
    public bool IsSatisfiedBy(string version) =>
        ParsePartial(version) is { } parsed && _alternatives.Any(intervals => intervals.TrueForAll(interval => interval.Contains(parsed.Lowest)));

    /// <summary>For comparing versions; one that is not made of numbers is the lowest.</summary>
    public static Version Order(string version) => ParsePartial(version)?.Lowest ?? Zero;

    private static List<Interval>? ParseAlternative(string text)
    {
        var hyphen = text.Split(" - ", 2, StringSplitOptions.TrimEntries);
        if (hyphen.Length == 2)
        {
            return ParsePartial(hyphen[0]) is { } low && ParsePartial(hyphen[1]) is { } high
                ? [new Interval(low.Lowest, high.Next)]
                : null;
        }

        var intervals = new List<Interval>();
        // An operator may stand apart from its version.
        var comparators = text.Replace(">= ", ">=", StringComparison.Ordinal).Replace("<= ", "<=", StringComparison.Ordinal)
            .Replace("> ", ">", StringComparison.Ordinal).Replace("< ", "<", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var comparator in comparators)
        {
            if (ParseComparator(comparator) is not { } interval)
                return null;
            intervals.Add(interval);
        }
        return intervals;
    }

    private static Interval? ParseComparator(string text)
    {
        var start = text.AsSpan().IndexOfAnyExcept("<>=^~");
        if (start < 0 || ParsePartial(text[start..]) is not { } version)
            return null;
        return text[..start] switch
        {
            "" or "=" => new Interval(version.Lowest, version.Next),
            ">=" => new Interval(version.Lowest, null),
            ">" => version.Next is { } next ? new Interval(next, null) : new Interval(Zero, Zero),
            "<" => new Interval(Zero, version.Lowest),
            "<=" => new Interval(Zero, version.Next),
            "~" => new Interval(version.Lowest, version.Given switch { 0 => null, 1 => version.Next, _ => new Version(version.Lowest.Major, version.Lowest.Minor + 1, 0) }),
            "^" => new Interval(version.Lowest, Caret(version)),
            _ => null,
        };
    }

    /// <summary>Up to the next change of the first number that is not zero.</summary>
    private static Version? Caret(Partial version) => version switch
    {
        { Given: 0 } => null,
        { Given: 1 } or { Lowest.Major: > 0 } => new Version(version.Lowest.Major + 1, 0, 0),
        { Given: 2 } or { Lowest.Minor: > 0 } => new Version(0, version.Lowest.Minor + 1, 0),
        _ => new Version(0, 0, version.Lowest.Build + 1),
    };

    /// <summary>A version of which only the first <see cref="Given"/> numbers are given.</summary>
    private readonly record struct Partial(Version Lowest, int Given)
    {
        /// <summary>The first version after all that it stands for; none after "*".</summary>
        public Version? Next => Given switch
        {
            0 => null,
            1 => new Version(Lowest.Major + 1, 0, 0),
            2 => new Version(Lowest.Major, Lowest.Minor + 1, 0),
            _ => new Version(Lowest.Major, Lowest.Minor, Lowest.Build + 1),
        };
    }

    private static Partial? ParsePartial(string text)
    {
        var parts = text.TrimStart('v').Split('.');
        var numbers = new int[3];
        var given = 0;
        if (parts.Length > 3)
            parts = parts[..3];
        foreach (var part in parts)
        {
            if (part is "*" or "x" or "X")
                break;
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[given]))
                return null;
            given++;
        }
        return new Partial(new Version(numbers[0], numbers[1], numbers[2]), given);
    }
}

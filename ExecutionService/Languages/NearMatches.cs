namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>What someone who typed an unknown name may have meant.</summary>
internal static class NearMatches
{
    private const int MaxSuggestions = 3;

    /// <summary>The nearest of <paramref name="known"/>, nearest first; none when all are far.</summary>
    public static IReadOnlyList<string> Find(string typed, IEnumerable<string> known)
    {
        var wanted = typed.Trim().ToLowerInvariant();
        // Two slips in a short name, one in three letters in a long one.
        var tolerance = Math.Max(2, wanted.Length / 3);
        return [.. known
            .Select(name => (name, distance: IsPart(wanted, name) ? 1 : Distance(wanted, name)))
            .Where(candidate => candidate.distance <= tolerance && candidate.distance < Math.Max(candidate.name.Length, wanted.Length))
            .OrderBy(candidate => candidate.distance).ThenBy(candidate => candidate.name, StringComparer.Ordinal)
            .Select(candidate => candidate.name)
            .Take(MaxSuggestions)];
    }

    private static bool IsPart(string wanted, string name) =>
        wanted.Length >= 3 && name.Length >= 3
        && (name.StartsWith(wanted, StringComparison.Ordinal) || wanted.StartsWith(name, StringComparison.Ordinal));

    /// <summary>Levenshtein's distance, with one row.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}

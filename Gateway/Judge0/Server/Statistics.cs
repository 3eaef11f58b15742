using System.Globalization;
using OnlineCompiler.Gateway.Judge0.Languages;
using OnlineCompiler.Gateway.Judge0.Running;
using OnlineCompiler.Gateway.Judge0.Submissions;

namespace OnlineCompiler.Gateway.Judge0.Server;

/// <summary>Counts of all submissions there ever were, made anew every ten minutes.</summary>
internal sealed class Statistics(JudgeStore store, JudgeLanguages languages, TimeProvider clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);
    private StatisticsAnswer? _known;

    public async Task<StatisticsAnswer> ReadAsync(bool isAnew, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return !isAnew && _known is { } known && now < known.CachedUntil ? known : _known = await MakeAsync(now, cancellationToken);
    }

    private async Task<StatisticsAnswer> MakeAsync(DateTime now, CancellationToken cancellationToken)
    {
        var counts = await store.CountsAsync(cancellationToken);
        var names = (await languages.ListAsync(cancellationToken)).ToDictionary(language => language.Id, language => language.Name);
        var days = Enumerable.Range(0, JudgeCounts.Days).Select(ago => JudgeCounts.DayOf(now.AddDays(-ago)));
        var bytes = await store.SizeAsync(cancellationToken);
        return new StatisticsAnswer(
            now,
            now + Freshness,
            new SubmissionCounts(
                counts.GetValueOrDefault(JudgeCounts.Total),
                counts.GetValueOrDefault(JudgeCounts.DayOf(now)),
                days.Where(counts.ContainsKey).ToDictionary(day => day[JudgeCounts.Day.Length..], day => counts[day])),
            [.. ById(counts, JudgeCounts.Language).Select(count => new LanguageCount(new NamedId(count.Id, names.GetValueOrDefault(count.Id, "")), count.Count))],
            [.. ById(counts, JudgeCounts.Status).Select(count => new StatusCount(new NamedId(count.Id, JudgeStatus.DescriptionOf(count.Id)), count.Count))],
            new DatabaseSize($"{bytes / 1024} kB", bytes));
    }

    private static IEnumerable<(int Id, long Count)> ById(IReadOnlyDictionary<string, long> counts, string prefix) => counts
        .Where(count => count.Key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(count => (int.Parse(count.Key[prefix.Length..], CultureInfo.InvariantCulture), count.Value))
        .OrderByDescending(count => count.Value);
}

internal sealed record StatisticsAnswer(
    DateTime CreatedAt,
    DateTime CachedUntil,
    SubmissionCounts Submissions,
    IReadOnlyList<LanguageCount> Languages,
    IReadOnlyList<StatusCount> Statuses,
    DatabaseSize Database);

/// <summary>How many were submitted; the days have their dates.</summary>
internal sealed record SubmissionCounts(
    long Total,
    long Today,
    [property: System.Text.Json.Serialization.JsonPropertyName("last_30_days")] IReadOnlyDictionary<string, long> LastDays);

internal sealed record NamedId(int Id, string Name);

internal sealed record LanguageCount(NamedId Language, long Count);

internal sealed record StatusCount(NamedId Status, long Count);

/// <summary>What Redis has in use.</summary>
internal sealed record DatabaseSize(string SizePretty, long SizeInBytes);

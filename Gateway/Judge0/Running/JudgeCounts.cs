using System.Globalization;
using OnlineCompiler.Gateway.Judge0.Submissions;

namespace OnlineCompiler.Gateway.Judge0.Running;

/// <summary>Names of what is counted of submissions.</summary>
internal static class JudgeCounts
{
    public const string Total = "total";
    public const string Day = "day:";
    public const string Language = "language:";
    public const string Status = "status:";

    /// <summary>Days that are told.</summary>
    public const int Days = 30;

    public static string DayOf(DateTime time) => Day + time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What one more of these adds to.</summary>
    public static IEnumerable<string> Of(JudgeSubmission submission)
    {
        yield return Total;
        yield return DayOf(submission.CreatedAt);
        yield return Language + submission.LanguageId;
        if (submission.Outcome is { } outcome)
            yield return Status + outcome.StatusId;
    }

    /// <summary>Days that are told no more.</summary>
    public static IEnumerable<string> Outdated(IEnumerable<string> names, DateTime now)
    {
        var oldest = DayOf(now.AddDays(-Days));
        return names.Where(name => name.StartsWith(Day, StringComparison.Ordinal) && string.CompareOrdinal(name, oldest) < 0);
    }
}

using System.Globalization;

namespace OnlineCompiler.Gateway.Judge0.Submissions;

/// <summary>A parameter that is a number within bounds, and how Judge0 says that it is not.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Default">When there is none.</param>
/// <param name="Least">The lowest that is allowed.</param>
/// <param name="Most">The highest that is allowed.</param>
internal sealed record NumberRule(string Field, double Default, int Least, double Most)
{
    /// <summary>Whether <see cref="Least"/> itself is not allowed.</summary>
    public bool IsLeastExcluded { get; init; }

    /// <summary>Whether it is one of seconds; others lose their fraction.</summary>
    public bool IsFraction { get; init; }

    /// <returns>The default when it is wrong.</returns>
    public double Read(string? text, out string? error)
    {
        error = null;
        if (string.IsNullOrWhiteSpace(text))
            return Default;

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            error = "is not a number";
        else if (IsLeastExcluded && value <= Least)
            error = $"must be greater than {Least}";
        else if (value < Least)
            error = $"must be greater than or equal to {Least}";
        else if (value > Most)
            error = $"must be less than or equal to {(IsFraction ? JudgeDecimal.ToText(Most) : Most.ToString("0", CultureInfo.InvariantCulture))}";
        return error is not null ? Default : IsFraction ? value : Math.Truncate(value);
    }
}

/// <summary>Seconds as Judge0 writes them: always with a point.</summary>
internal static class JudgeDecimal
{
    public static string ToText(double seconds)
    {
        // The detour gives fifteen digits and never an exponent.
        var text = ((decimal)seconds).ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }
}

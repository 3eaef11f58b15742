using System.ComponentModel.DataAnnotations;

namespace OnlineCompiler.Gateway.Security.Limits;

/// <summary>How much one caller may ask for; null is what <see cref="RateLimitOptions"/> gives everybody.</summary>
internal sealed record CallerLimits
{
    private const string RangeMessage = "{0} must be from {1} to {2}.";

    /// <summary>None of its own. Not a default of settings: those would be bound into this very object.</summary>
    public static readonly CallerLimits Everybodys = new();

    /// <summary>1-100 000.</summary>
    [Range(1, 100_000, ErrorMessage = RangeMessage)]
    public int? RequestsPerSecond { get; init; }

    /// <summary>1-1 000 000.</summary>
    [Range(1, 1_000_000, ErrorMessage = RangeMessage)]
    public int? RequestBurst { get; init; }

    /// <summary>1-100 000.</summary>
    [Range(1, 100_000, ErrorMessage = RangeMessage)]
    public int? RunsPerSecond { get; init; }

    /// <summary>1-1 000 000.</summary>
    [Range(1, 1_000_000, ErrorMessage = RangeMessage)]
    public int? RunBurst { get; init; }

    /// <summary>1-100 000.</summary>
    [Range(1, 100_000, ErrorMessage = RangeMessage)]
    public int? ConcurrentRuns { get; init; }

    /// <summary>Which of them are out of range.</summary>
    public IEnumerable<string> Violations()
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        return results.Select(result => result.ErrorMessage ?? "");
    }
}

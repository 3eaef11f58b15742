using System.ComponentModel.DataAnnotations;

namespace OnlineCompiler.Gateway.Security.Limits;

/// <summary>How much one caller may ask for, before 429. Bound from <c>Gateway:RateLimits</c>.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "Gateway:RateLimits";
    private const string RangeMessage = Section + ":{0} must be from {1} to {2}.";

    /// <summary>Requests a second of one caller to everything but runs, lasting; 1-100 000, default 100.</summary>
    [Range(1, 100_000, ErrorMessage = RangeMessage)]
    public int RequestsPerSecond { get; set; } = 100;

    /// <summary>The same, at once after a pause; 1-1 000 000, default 1 000.</summary>
    [Range(1, 1_000_000, ErrorMessage = RangeMessage)]
    public int RequestBurst { get; set; } = 1_000;

    /// <summary>Runs, and answers of the AI, a second of one caller, lasting; 1-100 000, default 20.</summary>
    [Range(1, 100_000, ErrorMessage = RangeMessage)]
    public int RunsPerSecond { get; set; } = 20;

    /// <summary>The same, at once after a pause; 1-1 000 000, default 200.</summary>
    [Range(1, 1_000_000, ErrorMessage = RangeMessage)]
    public int RunBurst { get; set; } = 200;

    /// <summary>Runs of one caller at the same time, interactive ones included; 1-100 000, default 64.</summary>
    [Range(1, 100_000, ErrorMessage = RangeMessage)]
    public int ConcurrentRuns { get; set; } = 64;

    /// <summary>Seconds until runs of a Gateway that died no longer count at the others; 1-3 600, default 30.</summary>
    [Range(1, 3_600, ErrorMessage = RangeMessage)]
    public int LeaseSeconds { get; set; } = 30;

    /// <summary>Wrong keys and tokens a minute from one address, before even right ones not seen before must wait; 1-100 000, default 30.</summary>
    [Range(1, 100_000, ErrorMessage = RangeMessage)]
    public int FailedAttemptsPerMinute { get; set; } = 30;
}

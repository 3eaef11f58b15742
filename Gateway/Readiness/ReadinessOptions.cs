using System.ComponentModel.DataAnnotations;

namespace OnlineCompiler.Gateway.Readiness;

/// <summary>How readiness is found out. Bound from <c>Gateway:Readiness</c>.</summary>
internal sealed class ReadinessOptions
{
    public const string Section = "Gateway:Readiness";
    private const string RangeMessage = Section + ":{0} must be from {1} to {2}.";

    /// <summary>Seconds that one trial run answers for, so that probes are no load; 0-300, default 10.</summary>
    [Range(0, 300, ErrorMessage = RangeMessage)]
    public int TrialCacheSeconds { get; set; } = 10;

    /// <summary>Seconds after which something that has not answered is not ready; 1-60, default 10.</summary>
    [Range(1, 60, ErrorMessage = RangeMessage)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>Programs that are run in each way before the first caller's, see <see cref="WarmUp"/>; 0-100, default 15; 0 is none.</summary>
    [Range(0, 100, ErrorMessage = RangeMessage)]
    public int WarmUpRuns { get; set; } = 15;
}

namespace OnlineCompiler.Gateway.Security.Limits;

/// <summary>How much may be run: <see cref="CallerLimits"/> with nothing left open.</summary>
internal readonly record struct RunLimits(int PerSecond, int Burst, int Concurrent)
{
    public static RunLimits Of(CallerLimits own, RateLimitOptions everybodys) => new(
        own.RunsPerSecond ?? everybodys.RunsPerSecond, own.RunBurst ?? everybodys.RunBurst, own.ConcurrentRuns ?? everybodys.ConcurrentRuns);

    /// <summary>How long so many tokens take to come back.</summary>
    public TimeSpan TimeFor(double tokens) => TimeSpan.FromSeconds(Math.Max(0, tokens) / PerSecond);
}

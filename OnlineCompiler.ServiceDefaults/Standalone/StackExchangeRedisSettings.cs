namespace Aspire.StackExchange.Redis;

/// <summary>Settings of <c>AddRedisClient</c>, from the section <c>Aspire:StackExchange:Redis</c>.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>Overrides <c>ConnectionStrings:&lt;name&gt;</c>, e.g. <c>localhost:6379,password=…</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Leaves out the readiness check. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Without effect here: StackExchange.Redis makes no spans without the package that Aspire brings. Default: false.</summary>
    public bool DisableTracing { get; set; }
}

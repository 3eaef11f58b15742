namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project of the solution, run as a process.</summary>
public sealed class ProjectResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithServiceDiscovery, IResourceWithWaitSupport;

/// <summary>A value from outside, perhaps secret.</summary>
public sealed class ParameterResource : Resource
{
    private readonly string _value;

    internal ParameterResource(string name, string value, bool secret)
        : base(name)
    {
        _value = value;
        Secret = secret;
    }

    public bool Secret { get; }

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(_value);

    internal string Text => _value;
}

/// <summary>A Redis server of our own, on this machine alone.</summary>
public sealed class RedisResource : Resource, IResourceWithEndpoints, IResourceWithConnectionString, IResourceWithWaitSupport
{
    internal const string EndpointName = "tcp";

    internal RedisResource(string name, ParameterResource password)
        : base(name)
    {
        PasswordParameter = password;
    }

    public ParameterResource PasswordParameter { get; }

    /// <summary>The folder of its files. With neither this nor a volume they go when the application does.</summary>
    internal string? DataDirectory { get; set; }

    internal string? VolumeName { get; set; }

    internal RedisPersistence? Persistence { get; set; }

    internal EndpointReference Endpoint => new(this, EndpointName);

    internal string ConnectionString => $"{Endpoint.Host}:{Endpoint.Port},password={PasswordParameter.Text}";

    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<string?>(ConnectionString);
}

/// <summary>A snapshot is written every <paramref name="Interval"/> in which this many keys changed.</summary>
internal sealed record RedisPersistence(TimeSpan Interval, long KeysChangedThreshold);

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Where a resource listens. Nothing stands between a process and its port here, so <see cref="Port"/> is also what it
/// is told to listen on: a proxied and a proxyless endpoint are the same.
/// </summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    internal EndpointAnnotation(string name, string uriScheme)
    {
        Name = name;
        UriScheme = uriScheme;
    }

    public string Name { get; }

    public string UriScheme { get; set; }

    /// <summary>The wanted port; null for any.</summary>
    public int? Port { get; set; }

    public int? TargetPort { get; set; }

    public string TargetHost { get; set; } = "localhost";

    public bool IsExternal { get; set; }

    /// <summary>The variable that carries the port. An endpoint that has one is not in <c>ASPNETCORE_URLS</c>.</summary>
    internal string? PortVariable { get; init; }

    /// <summary>The port that it got; null before the application starts.</summary>
    internal int? AllocatedPort { get; set; }

    internal bool IsHttp => UriScheme is "http" or "https";
}

/// <summary>An endpoint of a resource, known by name before it has a port.</summary>
public sealed class EndpointReference(IResourceWithEndpoints owner, string endpointName)
{
    public IResourceWithEndpoints Resource => owner;

    public string EndpointName => endpointName;

    public bool Exists => Find() is not null;

    public bool IsAllocated => Find()?.AllocatedPort is not null;

    public string Scheme => EndpointAnnotation.UriScheme;

    public string Host => EndpointAnnotation.TargetHost;

    public int Port => EndpointAnnotation.AllocatedPort
        ?? throw new InvalidOperationException($"The endpoint \"{endpointName}\" of \"{owner.Name}\" has no port before the application starts.");

    public string Url => $"{Scheme}://{Host}:{Port}";

    public EndpointAnnotation EndpointAnnotation => Find()
        ?? throw new InvalidOperationException($"The resource \"{owner.Name}\" has no endpoint called \"{endpointName}\".");

    private EndpointAnnotation? Find() =>
        owner.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => endpoint.Name.Equals(endpointName, StringComparison.OrdinalIgnoreCase));
}

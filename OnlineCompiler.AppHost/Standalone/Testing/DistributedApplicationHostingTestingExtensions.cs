using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Testing;

public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>A client of an endpoint: the named one, otherwise https before http.</summary>
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null) =>
        new() { BaseAddress = app.GetEndpoint(resourceName, endpointName) };

    /// <summary>Where an endpoint is: the named one, otherwise https before http, otherwise the only one.</summary>
    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        if (Find(app, resourceName) is not IResourceWithEndpoints resource)
            throw new ArgumentException($"The resource \"{resourceName}\" has no endpoints.", nameof(resourceName));

        var names = endpointName is null
            ? ["https", "http", .. resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.Name)]
            : (string[])[endpointName];
        var found = names.Select(name => new EndpointReference(resource, name)).FirstOrDefault(endpoint => endpoint.Exists)
            ?? throw new ArgumentException($"The resource \"{resourceName}\" has no endpoint \"{endpointName}\".", nameof(endpointName));
        return new Uri(found.Url);
    }

    public static ValueTask<string?> GetConnectionStringAsync(this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default) =>
        Find(app, resourceName) is IResourceWithConnectionString resource
            ? resource.GetConnectionStringAsync(cancellationToken)
            : throw new ArgumentException($"The resource \"{resourceName}\" has no connection string.", nameof(resourceName));

    private static IResource Find(DistributedApplication app, string name) =>
        app.Services.GetRequiredService<IResourceCollection>().FirstOrDefault(resource => resource.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no resource \"{name}\".", nameof(name));
}

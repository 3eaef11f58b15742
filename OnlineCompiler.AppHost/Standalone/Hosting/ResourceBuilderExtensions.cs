using Aspire.Hosting.ApplicationModel;
using OnlineCompiler.AppHost.Standalone.Health;
using OnlineCompiler.AppHost.Standalone.Variables;

namespace Aspire.Hosting;

public static class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment =>
        builder.WithEnvironment(context => context.EnvironmentVariables[name] = value ?? "");

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment =>
        builder.WithEnvironment(context => context.EnvironmentVariables[name] = parameter.Resource);

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, EndpointReference endpointReference)
        where T : IResourceWithEnvironment =>
        builder.WithEnvironment(context => context.EnvironmentVariables[name] = endpointReference);

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, Action<EnvironmentCallbackContext> callback)
        where T : IResourceWithEnvironment =>
        builder.WithAnnotation(new EnvironmentCallbackAnnotation(callback));

    /// <summary>Tells the resource how to connect to <paramref name="source"/>.</summary>
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where T : IResourceWithEnvironment =>
        builder
            .WithAnnotation(new ReferenceAnnotation(source.Resource))
            .WithEnvironment(context => ReferenceEnvironment.AddConnection(context, source.Resource, connectionName ?? source.Resource.Name));

    /// <summary>Tells the resource where every endpoint of <paramref name="source"/> is.</summary>
    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where T : IResourceWithEnvironment =>
        builder
            .WithAnnotation(new ReferenceAnnotation(source.Resource))
            .WithEnvironment(context => ReferenceEnvironment.AddEndpoints(context, source.Resource));

    /// <summary>Starts only when <paramref name="dependency"/> runs and is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport =>
        builder.WithAnnotation(new WaitAnnotation(dependency.Resource, WaitType.WaitUntilHealthy));

    /// <summary>Starts only when <paramref name="dependency"/> runs.</summary>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport =>
        builder.WithAnnotation(new WaitAnnotation(dependency.Resource, WaitType.WaitUntilStarted));

    /// <summary>
    /// Adds an endpoint, called "http" unless named. One with <paramref name="env"/> gets its port in that variable,
    /// and is not in <c>ASPNETCORE_URLS</c>.
    /// </summary>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = new EndpointAnnotation(name ?? "http", "http") { Port = port ?? targetPort, TargetPort = targetPort, PortVariable = env };
        if (builder.GetEndpoint(endpoint.Name).Exists)
            throw new DistributedApplicationException($"\"{builder.Resource.Name}\" already has an endpoint called \"{endpoint.Name}\".");

        builder.WithAnnotation(endpoint);
        return env is null
            ? builder
            : builder.WithAnnotation(new EnvironmentCallbackAnnotation(context =>
                context.EnvironmentVariables[env] = ReferenceEnvironment.Number(builder.GetEndpoint(endpoint.Name).Port)));
    }

    /// <summary>Changes an endpoint.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, string endpointName, Action<EndpointAnnotation> callback, bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        var endpoint = builder.GetEndpoint(endpointName);
        if (!endpoint.Exists)
        {
            if (!createIfNotExists)
                return builder;
            builder.WithAnnotation(new EndpointAnnotation(endpointName, "tcp"));
        }

        callback(endpoint.EndpointAnnotation);
        return builder;
    }

    /// <summary>Marks the endpoints that people use; their ports are kept to, where others give way when taken.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.IsHttp))
            endpoint.IsExternal = true;
        return builder;
    }

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints =>
        new(builder.Resource, name);

    /// <summary>Healthy is what answers <paramref name="path"/> ("/") with <paramref name="statusCode"/> (200).</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = endpointName is not null ? builder.GetEndpoint(endpointName)
            : builder.GetEndpoint("https") is { Exists: true } https ? https
            : builder.GetEndpoint("http");
        return builder.WithAnnotation(new HealthCheckAnnotation(new HttpProbe(endpoint, path ?? "/", statusCode ?? 200)));
    }
}

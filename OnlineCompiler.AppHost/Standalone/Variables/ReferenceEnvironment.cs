using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace OnlineCompiler.AppHost.Standalone.Variables;

/// <summary>What a resource is told about another that it uses, under the names that Aspire gives.</summary>
internal static class ReferenceEnvironment
{
    /// <summary><c>services__x__{key}__{n}</c> and <c>X_{ENDPOINT}</c> for each endpoint of x.</summary>
    public static void AddEndpoints(EnvironmentCallbackContext context, IResourceWithServiceDiscovery source)
    {
        var counts = new Dictionary<string, int>();
        foreach (var annotation in source.Annotations.OfType<EndpointAnnotation>())
        {
            var endpoint = new EndpointReference(source, annotation.Name);
            var key = annotation.Name is "http" or "https" ? annotation.UriScheme : annotation.Name;
            var index = counts[key] = counts.GetValueOrDefault(key, -1) + 1;
            context.EnvironmentVariables[$"services__{source.Name}__{key}__{Number(index)}"] = endpoint;
            context.EnvironmentVariables[$"{Upper(source.Name)}_{Upper(annotation.Name)}"] = endpoint;
        }
    }

    /// <summary><c>ConnectionStrings__x</c>, and its parts on their own.</summary>
    public static void AddConnection(EnvironmentCallbackContext context, IResourceWithConnectionString source, string connectionName)
    {
        if (source is not RedisResource redis)
            return;

        var prefix = Upper(connectionName);
        context.EnvironmentVariables[$"ConnectionStrings__{connectionName}"] = redis.ConnectionString;
        context.EnvironmentVariables[$"{prefix}_HOST"] = redis.Endpoint.Host;
        context.EnvironmentVariables[$"{prefix}_PORT"] = Number(redis.Endpoint.Port);
        context.EnvironmentVariables[$"{prefix}_PASSWORD"] = redis.PasswordParameter;
        context.EnvironmentVariables[$"{prefix}_URI"] =
            $"redis://:{Uri.EscapeDataString(redis.PasswordParameter.Text)}@{redis.Endpoint.Host}:{Number(redis.Endpoint.Port)}";
    }

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Upper(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));
}

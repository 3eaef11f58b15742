using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using OnlineCompiler.AppHost.Standalone.Variables;

namespace OnlineCompiler.AppHost.Standalone.Publishing;

/// <summary>
/// With <c>--publisher manifest --output-path FILE</c> nothing is started: what there is, where it listens and who uses whom is written
/// to the file, in the words of Aspire's manifest. Of that only what a deployment reads: no value that is made anew at each start.
/// </summary>
internal sealed class ManifestPublisher(IConfiguration configuration, IResourceCollection resources)
{
    private const string PublisherKey = "publisher";
    private const string OutputKey = "output-path";
    private const string Manifest = "manifest";
    private const string RedisScheme = "redis";

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether to publish rather than to run.</summary>
    /// <exception cref="DistributedApplicationException">It is asked for, and not how we can.</exception>
    public bool IsAskedFor => configuration[PublisherKey] switch
    {
        null or "" => false,
        Manifest => true,
        var other => throw new DistributedApplicationException($"--{PublisherKey} must be {Manifest}, not \"{other}\"."),
    };

    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        if (configuration[OutputKey] is not { Length: > 0 } output)
            throw new DistributedApplicationException($"--{PublisherKey} needs --{OutputKey}, the file to write.");

        var path = Path.GetFullPath(output);
        await File.WriteAllTextAsync(path, Describe(Path.GetDirectoryName(path)!) + "\n", cancellationToken);
        Console.WriteLine($"Published manifest to: {path}");
    }

    private string Describe(string folder) => new JsonObject
    {
        ["resources"] = new JsonObject(resources.Select(resource => (resource.Name, Node: Describe(resource, folder)))
            .Where(resource => resource.Node is not null).Select(resource => KeyValuePair.Create<string, JsonNode?>(resource.Name, resource.Node))),
    }.ToJsonString(_json);

    private static JsonObject? Describe(IResource resource, string folder) => resource switch
    {
        ProjectResource project => new JsonObject
        {
            ["type"] = "project.v0",
            ["path"] = Path.GetRelativePath(folder, project.Annotations.OfType<IProjectMetadata>().Single().ProjectPath).Replace('\\', '/'),
            ["env"] = VariablesOf(project),
            ["bindings"] = BindingsOf(project),
        },
        RedisResource redis => new JsonObject
        {
            ["type"] = "container.v0",
            ["connectionString"] = $"{{{redis.Name}.bindings.{RedisResource.EndpointName}.host}}:{{{redis.Name}.bindings.{RedisResource.EndpointName}.port}},password={{{redis.PasswordParameter.Name}.value}}",
            ["bindings"] = BindingsOf(redis),
        },
        // Values from outside are the deployment's own.
        _ => null,
    };

    private static JsonObject VariablesOf(ProjectResource project)
    {
        var variables = new JsonObject();
        foreach (var endpoint in EndpointsOf(project).Where(endpoint => endpoint.PortVariable is not null))
            variables[endpoint.PortVariable!] = $"{{{project.Name}.bindings.{endpoint.Name}.targetPort}}";
        foreach (var used in project.Annotations.OfType<ReferenceAnnotation>().Select(reference => reference.Resource).Distinct())
        {
            if (used is IResourceWithConnectionString)
                variables[$"ConnectionStrings__{used.Name}"] = $"{{{used.Name}.connectionString}}";
            else
                AddEndpoints(variables, used);
        }
        return variables;
    }

    private static void AddEndpoints(JsonObject variables, IResource used)
    {
        foreach (var endpoints in EndpointsOf(used).GroupBy(endpoint => endpoint.Name is "http" or "https" ? endpoint.UriScheme : endpoint.Name))
        {
            foreach (var (index, endpoint) in endpoints.Index())
                variables[$"services__{used.Name}__{endpoints.Key}__{ReferenceEnvironment.Number(index)}"] = $"{{{used.Name}.bindings.{endpoint.Name}.url}}";
        }
    }

    private static JsonObject BindingsOf(IResource resource) => new(EndpointsOf(resource).Select(endpoint =>
    {
        var binding = new JsonObject
        {
            ["scheme"] = endpoint.UriScheme == RedisScheme ? "tcp" : endpoint.UriScheme,
            ["protocol"] = "tcp",
            ["transport"] = endpoint.IsHttp ? "http" : "tcp",
        };
        if (endpoint.IsExternal)
            binding["external"] = true;
        return KeyValuePair.Create<string, JsonNode?>(endpoint.Name, binding);
    }));

    private static IEnumerable<EndpointAnnotation> EndpointsOf(IResource resource) => resource.Annotations.OfType<EndpointAnnotation>();
}

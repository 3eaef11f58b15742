using OnlineCompiler.Deploy.Model;

namespace OnlineCompiler.Deploy.Tests.Rules;

public sealed class ApplicationManifestTests
{
    /// <summary>With Aspire's own packages the manifest says much more, in the same words.</summary>
    [Fact]
    public void A_manifest_with_all_that_Aspire_says_is_read_to_the_same_model()
    {
        var model = ApplicationManifest.Read("""
            {
              "$schema": "https://json.schemastore.org/aspire-8.0.json",
              "resources": {
                "redis": {
                  "type": "container.v0", "connectionString": "{redis.bindings.tcp.host}:{redis.bindings.tcp.port},password={redis-password.value}",
                  "image": "docker.io/library/redis:8.6", "env": { "REDIS_PASSWORD": "{redis-password.value}" }
                },
                "execution": {
                  "type": "project.v0", "path": "../ExecutionService/ExecutionService.csproj",
                  "env": { "HTTP_PORTS": "{execution.bindings.http.targetPort}", "ConnectionStrings__redis": "{redis.connectionString}", "REDIS_URI": "redis://:{redis-password.value}@{redis.bindings.tcp.host}" }
                },
                "gateway": {
                  "type": "project.v1", "path": "../Gateway/Gateway.csproj",
                  "env": { "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY": "in_memory", "services__execution__grpc__0": "{execution.bindings.grpc.url}", "EXECUTION_GRPC": "{execution.bindings.grpc.url}" }
                },
                "redis-password": { "type": "parameter.v0", "value": "{redis-password.inputs.value}" }
              }
            }
            """);

        Assert.Equal(["redis Store: ", "execution Container: redis", "gateway Container: execution"],
            model.Select(service => $"{service.Name} {service.Kind}: {string.Join(", ", service.References)}"));
    }
}

using System.Globalization;
using Amazon.CDK.AWS.ECS;
using OnlineCompiler.Deploy.Data;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;
using EcsSecret = Amazon.CDK.AWS.ECS.Secret;

namespace OnlineCompiler.Deploy.Services;

/// <summary>What a service's process is told, under the names that the AppHost tells it too: plain settings, and secrets apart from them.</summary>
internal static class ContainerSettings
{
    /// <summary>What a service is given to finish what runs before it is killed; the most that Fargate allows.</summary>
    public const int StopSeconds = 120;

    /// <summary>A little less, so that the process ends by itself.</summary>
    public const int ShutdownSeconds = 115;

    /// <summary>The longest program there is, its compilation and its run, is over before that.</summary>
    public const int LongestCompileMs = 45_000;

    public const int LongestRunMs = 60_000;

    /// <summary>Runs at once of one ExecutionService; said here, for the scaling counts with it.</summary>
    public static int ConcurrentRuns(DeployEnvironment environment) => environment switch
    {
        // The dispatcher only waits: workers run the programs, one each.
        { UsesTasks: true } => environment.SizeOf(EnvironmentReader.WorkerSize).Max,
        // Twice the processors, for programs wait too.
        _ => Math.Max(2, environment.SizeOf(ServiceModels.Execution).Cpu / 512),
    };

    public static Dictionary<string, string> Plain(DeployEnvironment environment, ServiceModel service, DataStack data)
    {
        var settings = Common(environment, service.Name);
        // All of it goes by way of the collector; this is for what must be known where that is away, and is not paid for twice.
        settings["Logging__Console__LogLevel__Default"] = "Warning";
        foreach (var called in ServiceModels.CalledBy(service))
            settings[AddressKey(called.Name)] = $"http://{called.Name}:{Ports.Grpc}";

        foreach (var (key, value) in OwnOf(environment, service.Name, data))
            settings[key] = value;
        return settings;
    }

    public static Dictionary<string, EcsSecret> Secret(DeployEnvironment environment, ServiceModel service, DataStack data)
    {
        var secrets = new Dictionary<string, EcsSecret>();
        if (data.Redis is { } redis && service.References.Contains(ServiceModels.Redis))
            secrets["ConnectionStrings__redis"] = EcsSecret.FromSecretsManager(redis.Connection, RedisStore.ConnectionField);
        if (service.Name == ServiceModels.Ai)
            secrets["Ai__ApiKey"] = EcsSecret.FromSecretsManager(data.Secrets.AiKey);
        if (service.Name == ServiceModels.Execution && environment.UsesTasks)
            secrets["Sandbox__Tasks__Token"] = EcsSecret.FromSecretsManager(data.Secrets.WorkerToken!);
        return secrets;
    }

    /// <summary>The name by which service discovery finds the gRPC endpoint of <paramref name="service"/>.</summary>
    public static string AddressKey(string service) => $"services__{service}__grpc__0";

    public static Dictionary<string, string> Common(DeployEnvironment environment, string service) => new()
    {
        ["ASPNETCORE_URLS"] = $"http://+:{Ports.Http}",
        ["GRPC_PORT"] = Text(Ports.Grpc),
        ["DOTNET_shutdownTimeoutSeconds"] = Text(ShutdownSeconds),
        // Nobody attaches a debugger here, and its socket would need a place to be written to.
        ["DOTNET_EnableDiagnostics"] = "0",
        // One object a line, for CloudWatch's queries.
        ["Logging__Console__FormatterName"] = "json",
        // The trace is in a scope.
        ["Logging__Console__FormatterOptions__IncludeScopes"] = "true",
        ["OTEL_SERVICE_NAME"] = service,
        ["OTEL_RESOURCE_ATTRIBUTES"] = $"deployment.environment.name={environment.Name}",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://localhost:{Collector.Port}",
        // CloudWatch tells percentiles of these alone.
        ["OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION"] = "base2_exponential_bucket_histogram",
    };

    public static IEnumerable<(string Key, string Value)> OwnOf(DeployEnvironment environment, string service, DataStack data) => service switch
    {
        ServiceModels.Gateway => Gateway(environment, data),
        ServiceModels.Session when environment.Sessions == SessionStore.DynamoDb =>
            [("Sessions__Store", "DynamoDb"), ("Sessions__Table", SessionTable.Name), ("Sessions__Region", environment.Region)],
        ServiceModels.Ai when environment.AiModel.Length > 0 => [("Ai__Provider", environment.AiProvider), ("Ai__Model", environment.AiModel)],
        ServiceModels.Execution => Execution(environment),
        _ => [],
    };

    private static IEnumerable<(string Key, string Value)> Gateway(DeployEnvironment environment, DataStack data)
    {
        // Who asks is told by the load balancer, or by the adapter in front of a function.
        string[] proxies = [environment.IsServerless ? "127.0.0.0/8" : environment.Cidr, .. environment.TrustedProxies];
        foreach (var (index, network) in proxies.Index())
            yield return ($"Gateway__TrustedProxies__Networks__{Text(index)}", network);
        // CloudFront has it, from S3.
        yield return ("Gateway__Proxy__ServesPage", "false");
        // CloudFront asks by the origin's name, which is not that of the page.
        yield return ("Gateway__Cors__Origins__0", $"https://{environment.Domain}");
        yield return ("Gateway__Oidc__Authority", $"https://cognito-idp.{environment.Region}.amazonaws.com/{data.Identity.Pool.UserPoolId}");
        yield return ("Gateway__Oidc__Audiences__0", data.Identity.Client.UserPoolClientId);
    }

    private static IEnumerable<(string Key, string Value)> Execution(DeployEnvironment environment) =>
    [
        ("Sandbox__Backend", environment.UsesTasks ? "Tasks" : "Namespaces"),
        ("Sandbox__StateDirectory", environment.UsesTasks ? "/tmp" : ExecutionHost.StateDirectory),
        ("Execution__MaxConcurrent", Text(ConcurrentRuns(environment))),
        ("Limits__CompileWallTimeMs__Maximum", Text(LongestCompileMs)),
        // API Gateway waits 30 s for an answer, and no longer.
        ("Limits__RunWallTimeMs__Maximum", Text(environment.IsServerless ? 20_000 : LongestRunMs)),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

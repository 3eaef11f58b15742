using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using OnlineCompiler.Deploy.Data;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;
using OnlineCompiler.Deploy.Network;
using OnlineCompiler.Deploy.Services;
using Architecture = Amazon.CDK.AWS.Lambda.Architecture;

namespace OnlineCompiler.Deploy.Serverless;

/// <summary>
/// The containers' programs as functions: one image with the Gateway behind AWS' web adapter, and beside it in the same function the one
/// service that its calls need, for functions cannot be called by gRPC. Each has the rights and secrets of that service alone.
/// </summary>
internal sealed class ServiceFunctions(Stack stack, DeployEnvironment environment, NetworkStack network, DataStack data)
{
    /// <summary>The image starts these, the Gateway last.</summary>
    public const string ServicesKey = "FUNCTION_SERVICES";

    /// <summary>API Gateway gives up after 30 s: what lasts longer would be paid for and thrown away.</summary>
    private const int TimeoutSeconds = 29;

    /// <summary>In a function each service has ports of its own: they share one localhost.</summary>
    private const int FirstNeighbourPort = 9_080;

    public Function Create(string name)
    {
        var log = LogGroups.Create(stack, $"{name}-log", environment, network.Key, ServiceTasks.LogOf(environment, name));
        var role = new Role(stack, $"{name}-role", new RoleProps { AssumedBy = new ServicePrincipal("lambda.amazonaws.com") });
        log.GrantWrite(role);
        var inNetwork = SecurityGroups.IsInNetwork(environment, ServiceModels.Of(name));
        if (inNetwork)
        {
            role.AddToPolicy(new PolicyStatement(new PolicyStatementProps
            {
                // What a function in a network needs for its interface there; nothing of it can be named beforehand.
                Actions = ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"],
                Resources = ["*"],
            }));
        }

        var function = new DockerImageFunction(stack, name, new DockerImageFunctionProps
        {
            FunctionName = $"onlinecompiler-{environment.Name}-{name}",
            Description = $"The Gateway with {name}",
            Code = DockerImageCode.FromEcr(data.Images.Of(Images.Function), new EcrImageCodeProps { TagOrDigest = environment.ImageTag }),
            Architecture = Architecture.ARM_64,
            MemorySize = environment.SizeOf(name).MemoryMiB,
            Timeout = Duration.Seconds(TimeoutSeconds),
            ReservedConcurrentExecutions = environment.SizeOf(name).Max,
            Tracing = Tracing.ACTIVE,
            Role = role,
            LogGroup = log,
            EnvironmentEncryption = network.Key,
            Environment = SettingsOf(name),
            Vpc = inNetwork ? network.Vpc : null,
            VpcSubnets = inNetwork ? new SubnetSelection { SubnetGroupName = NetworkStack.Private } : null,
            SecurityGroups = inNetwork ? [network.Groups.Of(stack, name)] : null,
        });
        if (name == ServiceModels.Session)
            data.Sessions!.GrantReadWriteData(role);
        if (name == ServiceModels.Ai)
            data.Secrets.AiKey.GrantRead(role);
        network.Key.GrantDecrypt(role);
        role.Accept("AwsSolutions-IAM5", "X-Ray and network interfaces know no resources; a table's indexes and a log's streams are below what is named.");
        return function;
    }

    private Dictionary<string, string> SettingsOf(string name)
    {
        var settings = ContainerSettings.Common(environment, name);
        // No collector beside a function: X-Ray and CloudWatch are given what Lambda itself knows.
        settings.Remove("OTEL_EXPORTER_OTLP_ENDPOINT");
        settings.Remove("GRPC_PORT");
        settings["AWS_LWA_PORT"] = $"{Ports.Http}";
        settings["AWS_LWA_READINESS_CHECK_PATH"] = "/health/live";
        settings["AWS_LWA_INVOKE_MODE"] = "buffered";
        settings["Gateway__Readiness__WarmUpRuns"] = "0";
        settings[ServicesKey] = name;
        foreach (var (key, value) in ContainerSettings.OwnOf(environment, ServiceModels.Gateway, data).Concat(ContainerSettings.OwnOf(environment, name, data)))
            settings[key] = value;

        settings[ContainerSettings.AddressKey(ServiceModels.Execution)] = ServiceCluster.ExecutionAddress(environment);
        foreach (var (index, neighbour) in new[] { ServiceModels.Session, ServiceModels.Ai }.Index())
            settings[ContainerSettings.AddressKey(neighbour)] = $"http://localhost:{FirstNeighbourPort + index}";
        if (name == ServiceModels.Ai)
        {
            // Lambda injects no secrets: the image's start reads it by this name into Ai__ApiKey, for its own process alone.
            settings["AI_KEY_SECRET"] = Secrets.NameOf(environment, "ai-key");
        }

        return settings;
    }
}

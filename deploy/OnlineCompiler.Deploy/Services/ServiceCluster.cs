using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.ServiceDiscovery;
using OnlineCompiler.Deploy.Data;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;
using OnlineCompiler.Deploy.Network;

namespace OnlineCompiler.Deploy.Services;

/// <summary>The cluster, and the services in it: found by their names through Service Connect, replaced only by what has proved healthy.</summary>
internal sealed class ServiceCluster
{
    private readonly Stack _stack;
    private readonly DeployEnvironment _environment;
    private readonly NetworkStack _network;
    private readonly ServiceTasks _tasks;
    private readonly Cluster _cluster;
    private readonly AsgCapacityProvider? _hosts;

    public ServiceCluster(Stack stack, DeployEnvironment environment, NetworkStack network, DataStack data)
    {
        (_stack, _environment, _network) = (stack, environment, network);
        _tasks = new ServiceTasks(stack, environment, network, data);
        _ = LogGroups.Create(stack, "metrics-log", environment, network.Key, Collector.MetricsLog(environment));
        _ = LogGroups.Create(stack, "services-log", environment, network.Key, Collector.ServicesLog(environment));
        _cluster = new Cluster(stack, "cluster", new ClusterProps
        {
            ClusterName = $"onlinecompiler-{environment.Name}",
            Vpc = network.Vpc,
            ContainerInsights = true,
            DefaultCloudMapNamespace = new CloudMapNamespaceOptions
            {
                // Private DNS as well: workers and functions are not in Service Connect.
                Name = NamespaceOf(environment),
                Type = NamespaceType.DNS_PRIVATE,
                Vpc = network.Vpc,
                UseForServiceConnect = true,
            },
        });
        _hosts = environment.UsesTasks ? null : ExecutionHost.Create(stack, environment, network, _cluster);
    }

    public static string NamespaceOf(DeployEnvironment environment) => $"onlinecompiler-{environment.Name}.internal";

    /// <summary>Where those outside of Service Connect find the ExecutionService.</summary>
    public static string ExecutionAddress(DeployEnvironment environment) => $"http://{ServiceModels.Execution}-tasks.{NamespaceOf(environment)}:{Ports.Grpc}";

    public BaseService Add(ServiceModel service) =>
        service.Name == ServiceModels.Execution && _hosts is { } hosts ? AddOnHosts(service, hosts) : AddFargate(service);

    /// <summary>Workers that do one job and exit; ECS starts the next in its place.</summary>
    public FargateService AddWorkers() => new(_stack, "worker", new FargateServiceProps
    {
        ServiceName = SecurityGroups.Worker,
        Cluster = _cluster,
        TaskDefinition = _tasks.CreateWorker(ExecutionAddress(_environment)),
        DesiredCount = _environment.SizeOf(EnvironmentReader.WorkerSize).Min,
        MinHealthyPercent = 100,
        MaxHealthyPercent = 200,
        CircuitBreaker = new DeploymentCircuitBreaker { Rollback = true },
        AssignPublicIp = false,
        VpcSubnets = new SubnetSelection { SubnetGroupName = NetworkStack.Isolated },
        SecurityGroups = [_network.Groups.Of(_stack, SecurityGroups.Worker)],
    });

    private FargateService AddFargate(ServiceModel service) => new(_stack, service.Name, new FargateServiceProps
    {
        ServiceName = service.Name,
        Cluster = _cluster,
        TaskDefinition = _tasks.Create(service),
        DesiredCount = _environment.SizeOf(service.Name).Min,
        MinHealthyPercent = 100,
        MaxHealthyPercent = 200,
        CircuitBreaker = new DeploymentCircuitBreaker { Rollback = true },
        AssignPublicIp = false,
        VpcSubnets = new SubnetSelection { SubnetGroupName = NetworkStack.Private },
        SecurityGroups = [_network.Groups.Of(_stack, service.Name)],
        HealthCheckGracePeriod = service.Name == ServiceModels.Gateway && !_environment.IsServerless ? Duration.Minutes(3) : null,
        ServiceConnectConfiguration = _environment.IsServerless ? null : ConnectionOf(service),
        CloudMapOptions = service.Name == ServiceModels.Execution ? DnsOf(service) : null,
    });

    private Ec2Service AddOnHosts(ServiceModel service, AsgCapacityProvider hosts) => new(_stack, service.Name, new Ec2ServiceProps
    {
        ServiceName = service.Name,
        Cluster = _cluster,
        TaskDefinition = _tasks.Create(service),
        DesiredCount = _environment.SizeOf(service.Name).Min,
        // The next starts beside the one before, on a host of its own.
        MinHealthyPercent = 100,
        MaxHealthyPercent = 200,
        CircuitBreaker = new DeploymentCircuitBreaker { Rollback = true },
        CapacityProviderStrategies = [new CapacityProviderStrategy { CapacityProvider = hosts.CapacityProviderName, Weight = 1 }],
        PlacementConstraints = [PlacementConstraint.DistinctInstances()],
        VpcSubnets = new SubnetSelection { SubnetGroupName = NetworkStack.Isolated },
        SecurityGroups = [_network.Groups.Of(_stack, service.Name)],
        ServiceConnectConfiguration = ConnectionOf(service),
    });

    private ServiceConnectProps ConnectionOf(ServiceModel service) => new()
    {
        Namespace = _cluster.DefaultCloudMapNamespace!.NamespaceArn,
        Services = ServiceModels.Containers.Any(other => other.References.Contains(service.Name))
            ?
            [
                new ServiceConnectService
                {
                    PortMappingName = "grpc",
                    DiscoveryName = service.Name,
                    DnsName = service.Name,
                    Port = Ports.Grpc,
                    // A conversation lasts as long as its program, and may be silent for as long as someone thinks.
                    PerRequestTimeout = Duration.Seconds(0),
                    IdleTimeout = Duration.Seconds(2_100),
                },
            ]
            : null,
    };

    private static CloudMapOptions DnsOf(ServiceModel service) => new()
    {
        Name = $"{service.Name}-tasks",
        DnsRecordType = DnsRecordType.A,
        DnsTtl = Duration.Seconds(10),
    };
}

using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;

namespace OnlineCompiler.Deploy.Network;

/// <summary>
/// Who may speak with whom: a group for each speaker, and a rule for each pair, on both sides. What is not said here does not pass.
/// All are made in this stack, so that no construct elsewhere adds a rule by itself.
/// </summary>
internal sealed class SecurityGroups
{
    public const string Balancer = "balancer";
    public const string Worker = "worker";
    public const string Host = "host";
    public const string Endpoints = "endpoints";
    public const string Rotation = "rotation";

    private readonly Dictionary<string, SecurityGroup> _groups = [];

    public SecurityGroups(Stack stack, DeployEnvironment environment, IVpc vpc)
    {
        foreach (var name in Names(environment))
        {
            _groups[name] = new SecurityGroup(stack, IdOf(name), new SecurityGroupProps
            {
                Vpc = vpc,
                SecurityGroupName = $"onlinecompiler-{environment.Name}-{name}",
                Description = $"OnlineCompiler {environment.Name}: {name}",
                AllowAllOutbound = false,
            });
        }

        foreach (var (from, to, port) in Pairs(environment))
        {
            _groups[from].AddEgressRule(_groups[to], Port.Tcp(port), $"to {to}");
            _groups[to].AddIngressRule(_groups[from], Port.Tcp(port), $"from {from}");
        }

        foreach (var name in ReachingOut(environment))
            _groups[name].AddEgressRule(Peer.AnyIpv4(), Port.Tcp(Ports.Https), "to services outside");
        foreach (var (name, list) in ReachingLists(environment))
            _groups[name].AddEgressRule(Peer.PrefixList(list), Port.Tcp(Ports.Https), "to AWS by a gateway endpoint");
        if (!environment.IsServerless)
            _groups[Balancer].AddIngressRule(Peer.PrefixList(environment.PrefixLists.CloudFront), Port.Tcp(Ports.Https), "from CloudFront");
    }

    /// <summary>The group for a construct of <paramref name="stack"/>, which cannot change it.</summary>
    public ISecurityGroup Of(Stack stack, string name) => stack.Node.TryFindChild(IdOf(name)) as ISecurityGroup
        ?? SecurityGroup.FromSecurityGroupId(stack, IdOf(name), _groups[name].SecurityGroupId, new SecurityGroupImportOptions { Mutable = false });

    /// <summary>Serverless sessions are kept by a function that calls DynamoDB alone, and needs no network for it.</summary>
    public static bool IsInNetwork(DeployEnvironment environment, ServiceModel service) =>
        !environment.IsServerless || service.Name == ServiceModels.Execution || service.References.Contains(ServiceModels.Execution);

    private static string IdOf(string name) => $"{name}-group";

    private static IEnumerable<string> Names(DeployEnvironment environment)
    {
        if (!environment.IsServerless)
            yield return Balancer;
        foreach (var service in ServiceModels.Containers.Where(service => IsInNetwork(environment, service)))
            yield return service.Name;
        if (environment.HasRedis)
        {
            yield return ServiceModels.Redis;
            yield return Rotation;
        }

        yield return environment.UsesTasks ? Worker : Host;
        yield return Endpoints;
    }

    private static IEnumerable<(string From, string To, int Port)> Pairs(DeployEnvironment environment)
    {
        if (!environment.IsServerless)
        {
            yield return (Balancer, ServiceModels.Gateway, Ports.Http);
            yield return (Balancer, ServiceModels.Gateway, Ports.Grpc);
        }

        foreach (var service in ServiceModels.Containers.Where(service => IsInNetwork(environment, service)))
        {
            foreach (var called in ServiceModels.CalledBy(service).Where(called => IsCalledInNetwork(environment, called)))
                yield return (service.Name, called.Name, Ports.Grpc);
            if (environment.HasRedis && service.References.Contains(ServiceModels.Redis))
                yield return (service.Name, ServiceModels.Redis, Ports.Redis);
            yield return (service.Name, Endpoints, Ports.Https);
        }

        if (environment.HasRedis)
            yield return (Rotation, ServiceModels.Redis, Ports.Redis);
        if (environment.UsesTasks)
            yield return (Worker, ServiceModels.Execution, Ports.Grpc);
        yield return (environment.UsesTasks ? Worker : Host, Endpoints, Ports.Https);
    }

    // Functions reach the services of their own in the same image, at localhost.
    private static bool IsCalledInNetwork(DeployEnvironment environment, ServiceModel called) =>
        !environment.IsServerless || called.Name == ServiceModels.Execution;

    /// <summary>
    /// The Gateway reads the keys of the token issuer; the AI asks its model; the rotation of the token speaks with ElastiCache. Hosts
    /// need the control plane of Service Connect, which has no private endpoint; programs are not among them: their tasks have
    /// interfaces of their own, in subnets without a way out.
    /// </summary>
    private static IEnumerable<string> ReachingOut(DeployEnvironment environment)
    {
        yield return ServiceModels.Gateway;
        yield return ServiceModels.Ai;
        if (environment.HasRedis)
            yield return Rotation;
        if (!environment.UsesTasks)
            yield return Host;
    }

    /// <summary>Fargate has each task fetch its own image, of which the layers are in S3; the others reach that anyway.</summary>
    private static IEnumerable<(string From, string List)> ReachingLists(DeployEnvironment environment)
    {
        if (environment.UsesTasks)
        {
            yield return (ServiceModels.Execution, environment.PrefixLists.S3);
            yield return (Worker, environment.PrefixLists.S3);
        }

        if (environment.IsServerless)
            yield break;

        yield return (ServiceModels.Session, environment.PrefixLists.S3);
        if (environment.Sessions == SessionStore.DynamoDb)
            yield return (ServiceModels.Session, environment.PrefixLists.DynamoDb);
    }
}

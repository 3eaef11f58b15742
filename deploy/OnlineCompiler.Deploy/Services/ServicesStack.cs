using Amazon.CDK;
using Constructs;
using OnlineCompiler.Deploy.Data;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;
using OnlineCompiler.Deploy.Network;
using OnlineCompiler.Deploy.Serverless;

namespace OnlineCompiler.Deploy.Services;

/// <summary>What a release replaces: the services, and what stands right in front of them.</summary>
internal sealed class ServicesStack : Stack
{
    public ServicesStack(Construct scope, string id, DeployEnvironment environment, NetworkStack network, DataStack data, StackProps props)
        : base(scope, id, props)
    {
        var cluster = new ServiceCluster(this, environment, network, data);
        if (environment.IsServerless)
        {
            _ = cluster.Add(ServiceModels.Of(ServiceModels.Execution));
            Api = new FunctionApi(this, environment, network, data);
        }
        else
        {
            AddServices(cluster, environment, network);
        }

        if (environment.UsesTasks)
            ServiceScaling.OnIdleWorkers(cluster.AddWorkers(), environment);
        // What to go back to, when the next release turns out to be bad.
        _ = new CfnOutput(this, "ImageTag", new CfnOutputProps { Value = environment.ImageTag });
    }

    /// <summary>Where the profile is containers.</summary>
    public LoadBalancer? Balancer { get; private set; }

    /// <summary>Where the profile is serverless.</summary>
    public FunctionApi? Api { get; }

    private void AddServices(ServiceCluster cluster, DeployEnvironment environment, NetworkStack network)
    {
        Balancer = new LoadBalancer(this, environment, network);
        var services = ServiceModels.Containers.ToDictionary(service => service.Name, cluster.Add);
        foreach (var (name, service) in services)
        {
            switch (name)
            {
                case ServiceModels.Gateway:
                    ServiceScaling.OnRequests(service, environment, name, Balancer.Forward(this, environment, network, service));
                    break;
                case ServiceModels.Execution:
                    ServiceScaling.OnRuns(service, environment);
                    break;
                default:
                    ServiceScaling.OnCpu(service, environment, name);
                    break;
            }

            // Names of Service Connect are known to tasks that start after their servers were there.
            foreach (var called in ServiceModels.CalledBy(ServiceModels.Of(name)))
                service.Node.AddDependency(services[called.Name]);
        }
    }
}

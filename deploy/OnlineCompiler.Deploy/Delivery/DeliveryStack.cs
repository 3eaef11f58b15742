using Amazon.CDK;
using Constructs;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Network;

namespace OnlineCompiler.Deploy.Delivery;

/// <summary>Who may deploy, and a pipeline where one is wanted.</summary>
internal sealed class DeliveryStack : Stack
{
    public DeliveryStack(Construct scope, string id, DeployEnvironment environment, NetworkStack network, StackProps props)
        : base(scope, id, props)
    {
        GitHubRole.Create(this, environment);
        if (environment is { CodeConnection: { } connection, PipelineTarget: { } next })
            ReleasePipeline.Create(this, environment, connection, next, network);
    }
}

using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.KMS;
using Constructs;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Network;

namespace OnlineCompiler.Deploy.Data;

/// <summary>What is kept while services come and go: stores, secrets, users, images.</summary>
internal sealed class DataStack : Stack
{
    public DataStack(Construct scope, string id, DeployEnvironment environment, NetworkStack network, StackProps props)
        : base(scope, id, props)
    {
        // By its name alone: a secret would write its readers, who live shorter, into the key's own policy.
        var key = Key.FromKeyArn(this, "key", network.Key.KeyArn);
        Secrets = new Secrets(this, environment, key);
        Images = new Images(this, environment, key);
        Identity = new Identity(this, environment);
        Redis = environment.HasRedis ? new RedisStore(this, environment, network, key) : null;
        Sessions = environment.Sessions == SessionStore.DynamoDb ? SessionTable.Create(this, key) : null;
    }

    public Secrets Secrets { get; }

    public Images Images { get; }

    public Identity Identity { get; }

    public RedisStore? Redis { get; }

    public Table? Sessions { get; }
}

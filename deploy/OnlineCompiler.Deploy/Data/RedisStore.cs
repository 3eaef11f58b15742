using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ElastiCache;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SecretsManager;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;
using OnlineCompiler.Deploy.Network;

namespace OnlineCompiler.Deploy.Data;

/// <summary>ElastiCache for Redis: two nodes in two zones, TLS and a token, copied every night.</summary>
internal sealed class RedisStore
{
    private const int SnapshotDays = 7;

    public RedisStore(Stack stack, DeployEnvironment environment, NetworkStack network, IKey key)
    {
        var first = new Secret(stack, "redis-first-token", new SecretProps
        {
            SecretName = Secrets.NameOf(environment, "redis-first-token"),
            Description = "The token that Redis was made with; good until the first rotation",
            EncryptionKey = key,
            GenerateSecretString = new SecretStringGenerator { PasswordLength = 64, ExcludePunctuation = true },
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
        first.Accept("AwsSolutions-SMG4", "It only starts the rotation, which is of the connection string.");

        var subnets = new CfnSubnetGroup(stack, "redis-subnets", new CfnSubnetGroupProps
        {
            Description = "Without a way out",
            SubnetIds = network.Vpc.SelectSubnets(new SubnetSelection { SubnetGroupName = NetworkStack.Isolated }).SubnetIds,
        });
        var parameters = new CfnParameterGroup(stack, "redis-parameters", new CfnParameterGroupProps
        {
            CacheParameterGroupFamily = "redis7",
            Description = "Refuses writes when it is full: what it holds is promised to callers",
            Properties = new Dictionary<string, string> { ["maxmemory-policy"] = "noeviction" },
        });
        Group = new CfnReplicationGroup(stack, "redis", new CfnReplicationGroupProps
        {
            ReplicationGroupId = IdOf(environment),
            ReplicationGroupDescription = $"OnlineCompiler {environment.Name}",
            Engine = "redis",
            EngineVersion = "7.1",
            CacheNodeType = environment.RedisNode,
            NumCacheClusters = 2,
            AutomaticFailoverEnabled = true,
            MultiAzEnabled = true,
            Port = Ports.Redis,
            AtRestEncryptionEnabled = true,
            KmsKeyId = key.KeyArn,
            TransitEncryptionEnabled = true,
            TransitEncryptionMode = "required",
            AuthToken = first.SecretValue.UnsafeUnwrap(),
            CacheSubnetGroupName = subnets.Ref,
            CacheParameterGroupName = parameters.Ref,
            SecurityGroupIds = [network.Groups.Of(stack, ServiceModels.Redis).SecurityGroupId],
            SnapshotRetentionLimit = SnapshotDays,
            SnapshotWindow = "02:00-03:00",
            AutoMinorVersionUpgrade = true,
        });
        Group.ApplyRemovalPolicy(RemovalPolicy.SNAPSHOT);

        Connection = new Secret(stack, "redis-connection", new SecretProps
        {
            SecretName = Secrets.NameOf(environment, "redis-connection"),
            Description = "ConnectionStrings:redis, and its parts for the rotation",
            EncryptionKey = key,
            SecretObjectValue = new Dictionary<string, SecretValue>
            {
                ["host"] = SecretValue.UnsafePlainText(Group.AttrPrimaryEndPointAddress),
                ["port"] = SecretValue.UnsafePlainText(Ports.Redis.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ["token"] = first.SecretValue,
                [ConnectionField] = SecretValue.UnsafePlainText(
                    $"{Group.AttrPrimaryEndPointAddress}:{Ports.Redis},ssl=true,password={first.SecretValue.UnsafeUnwrap()}"),
            },
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
        RedisRotation.Add(stack, environment, network, Connection);
    }

    /// <summary>The field of <see cref="Connection"/> that the services are given.</summary>
    public const string ConnectionField = "connection";

    public CfnReplicationGroup Group { get; }

    public Secret Connection { get; }

    public static string IdOf(DeployEnvironment environment) => $"onlinecompiler-{environment.Name}";
}

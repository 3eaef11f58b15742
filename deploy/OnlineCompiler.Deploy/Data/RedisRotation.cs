using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SecretsManager;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Network;

namespace OnlineCompiler.Deploy.Data;

/// <summary>
/// A new token for Redis every month, by <c>rotate.js</c>. ElastiCache takes the old one beside it until the next rotation, so
/// services that were started before go on; those with the new one are started in their places.
/// </summary>
internal static class RedisRotation
{
    private const int RotationDays = 30;

    public static void Add(Stack stack, DeployEnvironment environment, NetworkStack network, Secret connection)
    {
        var log = LogGroups.Create(stack, "rotation-log", environment, network.Key);
        var role = new Role(stack, "rotation-role", new RoleProps { AssumedBy = new ServicePrincipal("lambda.amazonaws.com") });
        log.GrantWrite(role);
        var function = new Function(stack, "rotation", new FunctionProps
        {
            Description = "Gives Redis a new token",
            Runtime = new Runtime("nodejs24.x", RuntimeFamily.NODEJS, new LambdaRuntimeProps { SupportsInlineCode = true }),
            Handler = "index.handler",
            Code = Code.FromInline(Resources.Read("rotate.js")),
            Timeout = Duration.Minutes(10),
            MemorySize = 256,
            Architecture = Architecture.ARM_64,
            Role = role,
            LogGroup = log,
            Vpc = network.Vpc,
            VpcSubnets = new SubnetSelection { SubnetGroupName = NetworkStack.Private },
            SecurityGroups = [network.Groups.Of(stack, SecurityGroups.Rotation)],
            Environment = new Dictionary<string, string>
            {
                ["REPLICATION_GROUP"] = RedisStore.IdOf(environment),
                ["CLUSTER"] = $"onlinecompiler-{environment.Name}",
            },
        });
        network.Key.GrantEncryptDecrypt(role);
        role.AddToPolicy(Allow(["elasticache:ModifyReplicationGroup", "elasticache:DescribeReplicationGroups"],
            $"arn:aws:elasticache:{environment.Region}:{environment.Account}:replicationgroup:{RedisStore.IdOf(environment)}"));
        role.AddToPolicy(Allow(["ecs:ListServices"], "*", new Dictionary<string, object>
        {
            ["ArnEquals"] = new Dictionary<string, string> { ["ecs:cluster"] = $"arn:aws:ecs:{environment.Region}:{environment.Account}:cluster/onlinecompiler-{environment.Name}" },
        }));
        role.AddToPolicy(Allow(["ecs:UpdateService"], $"arn:aws:ecs:{environment.Region}:{environment.Account}:service/onlinecompiler-{environment.Name}/*"));
        // What a function in a network needs for its interface there, as AWS' own policy for it says.
        role.AddToPolicy(Allow(["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"], "*"));

        connection.AddRotationSchedule("monthly", new RotationScheduleOptions
        {
            RotationLambda = function,
            AutomaticallyAfter = Duration.Days(RotationDays),
            RotateImmediatelyOnUpdate = false,
        });
        role.Accept("AwsSolutions-IAM5", "The services of one cluster, and the log and interfaces of one function: their names are not known before they are there.");
        function.Accept("AwsSolutions-L1", "It is the newest; the rule knows only those that there were when it was written.");
    }

    private static PolicyStatement Allow(string[] actions, string resource, Dictionary<string, object>? conditions = null) =>
        new(new PolicyStatementProps { Actions = actions, Resources = [resource], Conditions = conditions });
}

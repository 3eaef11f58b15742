using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using Constructs;
using OnlineCompiler.Deploy.Environments;

namespace OnlineCompiler.Deploy.Network;

/// <summary>What outlives everything else: the key, the network, and who may speak with whom in it.</summary>
internal sealed class NetworkStack : Stack
{
    public const string Public = "public";
    public const string Private = "private";
    public const string Isolated = "isolated";

    public NetworkStack(Construct scope, string id, DeployEnvironment environment, StackProps props)
        : base(scope, id, props)
    {
        Key = EncryptionKey.Create(this, environment);
        Vpc = new Vpc(this, "Vpc", new VpcProps
        {
            IpAddresses = IpAddresses.Cidr(environment.Cidr),
            AvailabilityZones = environment.Zones,
            NatGateways = environment.NatGateways,
            SubnetConfiguration =
            [
                // For the load balancer and the way out; nothing in them is given a public address by itself.
                new SubnetConfiguration { Name = Public, SubnetType = SubnetType.PUBLIC, CidrMask = 24, MapPublicIpOnLaunch = false },
                new SubnetConfiguration { Name = Private, SubnetType = SubnetType.PRIVATE_WITH_EGRESS, CidrMask = 20 },
                // For whatever runs programs, and for the store.
                new SubnetConfiguration { Name = Isolated, SubnetType = SubnetType.PRIVATE_ISOLATED, CidrMask = 20 },
            ],
            FlowLogs = new Dictionary<string, IFlowLogOptions>
            {
                ["flow"] = new FlowLogOptions
                {
                    Destination = FlowLogDestination.ToCloudWatchLogs(LogGroups.Create(this, "FlowLog", environment, Key)),
                },
            },
        });
        Groups = new SecurityGroups(this, environment, Vpc);
        PrivateEndpoints.Add(this, environment, Vpc, Groups.Of(this, SecurityGroups.Endpoints));
    }

    public Key Key { get; }

    public Vpc Vpc { get; }

    public SecurityGroups Groups { get; }
}

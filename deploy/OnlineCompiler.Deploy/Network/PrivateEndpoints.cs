using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using OnlineCompiler.Deploy.Environments;

namespace OnlineCompiler.Deploy.Network;

/// <summary>AWS from inside: what containers in the isolated subnets need to start and to be seen, and nothing else.</summary>
internal static class PrivateEndpoints
{
    public static void Add(Stack stack, DeployEnvironment environment, IVpc vpc, ISecurityGroup group)
    {
        foreach (var (id, service) in Interfaces())
        {
            _ = new InterfaceVpcEndpoint(stack, $"{id}-endpoint", new InterfaceVpcEndpointProps
            {
                Vpc = vpc,
                Service = service,
                Subnets = new SubnetSelection { SubnetGroupName = NetworkStack.Isolated },
                SecurityGroups = [group],
                PrivateDnsEnabled = true,
                // The rules are those of SecurityGroups; the construct would let in the whole network.
                Open = false,
            });
        }

        // Layers of images lie in a bucket of AWS; any other would be a way to carry data out.
        AddGateway(stack, "s3", GatewayVpcEndpointAwsService.S3, vpc)
            .AddToPolicy(Allow(["s3:GetObject"], $"arn:aws:s3:::prod-{environment.Region}-starport-layer-bucket/*"));
        if (environment.Sessions == SessionStore.DynamoDb)
        {
            AddGateway(stack, "dynamodb", GatewayVpcEndpointAwsService.DYNAMODB, vpc)
                .AddToPolicy(Allow(["dynamodb:*Item", "dynamodb:Query", "dynamodb:DescribeTable"], $"arn:aws:dynamodb:{environment.Region}:{environment.Account}:table/*"));
        }
    }

    private static (string Id, IInterfaceVpcEndpointService Service)[] Interfaces() =>
    [
        ("ecr-api", InterfaceVpcEndpointAwsService.ECR),
        ("ecr-dkr", InterfaceVpcEndpointAwsService.ECR_DOCKER),
        ("logs", InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS),
        ("secrets", InterfaceVpcEndpointAwsService.SECRETS_MANAGER),
        ("xray", InterfaceVpcEndpointAwsService.XRAY),
    ];

    private static GatewayVpcEndpoint AddGateway(Stack stack, string id, IGatewayVpcEndpointService service, IVpc vpc) =>
        new(stack, $"{id}-endpoint", new GatewayVpcEndpointProps
        {
            Vpc = vpc,
            Service = service,
            Subnets = [new SubnetSelection { SubnetGroupName = NetworkStack.Private }, new SubnetSelection { SubnetGroupName = NetworkStack.Isolated }],
        });

    private static PolicyStatement Allow(string[] actions, string resource) =>
        new(new PolicyStatementProps { Principals = [new AnyPrincipal()], Actions = actions, Resources = [resource] });
}

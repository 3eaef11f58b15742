using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Amazon.CDK.AWS.Route53;
using Amazon.CDK.AWS.Route53.Targets;
using Amazon.CDK.AWS.S3;
using OnlineCompiler.Deploy.Data;
using OnlineCompiler.Deploy.Edge;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;
using OnlineCompiler.Deploy.Network;
using ElbHealthCheck = Amazon.CDK.AWS.ElasticLoadBalancingV2.HealthCheck;

namespace OnlineCompiler.Deploy.Services;

/// <summary>The load balancer behind CloudFront: it answers nobody who comes from elsewhere or does not say the secret.</summary>
internal sealed class LoadBalancer
{
    /// <summary>What CloudFront says the secret in.</summary>
    public const string OriginHeader = "X-Origin-Secret";

    private const int IdleSeconds = 900;

    public LoadBalancer(Stack stack, DeployEnvironment environment, NetworkStack network)
    {
        Balancer = new ApplicationLoadBalancer(stack, "balancer", new ApplicationLoadBalancerProps
        {
            Vpc = network.Vpc,
            InternetFacing = true,
            VpcSubnets = new SubnetSelection { SubnetGroupName = NetworkStack.Public },
            SecurityGroup = network.Groups.Of(stack, SecurityGroups.Balancer),
            IdleTimeout = Duration.Seconds(IdleSeconds),
            DropInvalidHeaderFields = true,
            DesyncMitigationMode = DesyncMitigationMode.STRICTEST,
            DeletionProtection = true,
            // CloudFront has said whom it asks for; adding CloudFront's own address would make all of its callers one.
            XffHeaderProcessingMode = XffHeaderProcessingMode.PRESERVE,
        });
        Balancer.LogAccessLogs(CreateLogs(stack));

        var zone = SiteNames.Zone(stack, environment);
        Listener = Balancer.AddListener("https", new BaseApplicationListenerProps
        {
            Port = Ports.Https,
            Protocol = ApplicationProtocol.HTTPS,
            SslPolicy = SslPolicy.RECOMMENDED_TLS,
            Certificates = [ListenerCertificate.FromCertificateManager(SiteNames.Certify(stack, zone, environment.OriginDomain))],
            Open = false,
            DefaultAction = ListenerAction.FixedResponse(403),
        });
        _ = new ARecord(stack, "origin-name", new ARecordProps
        {
            Zone = zone,
            RecordName = environment.OriginDomain,
            Target = RecordTarget.FromAlias(new LoadBalancerTarget(Balancer)),
        });
    }

    public ApplicationLoadBalancer Balancer { get; }

    private ApplicationListener Listener { get; }

    /// <summary>Hands requests on to the Gateway: gRPC by its own protocol, which health probes and trailers need, all else as HTTP.</summary>
    public ApplicationTargetGroup Forward(Stack stack, DeployEnvironment environment, NetworkStack network, BaseService gateway)
    {
        var grpc = new ApplicationTargetGroup(stack, "grpc-targets", new ApplicationTargetGroupProps
        {
            Vpc = network.Vpc,
            Port = Ports.Grpc,
            Protocol = ApplicationProtocol.HTTP,
            ProtocolVersion = ApplicationProtocolVersion.GRPC,
            TargetType = TargetType.IP,
            DeregistrationDelay = Duration.Seconds(ContainerSettings.StopSeconds),
            HealthCheck = new ElbHealthCheck { Path = "/grpc.health.v1.Health/Check", HealthyGrpcCodes = "0", Interval = Duration.Seconds(15), Timeout = Duration.Seconds(12) },
            Targets = [gateway.LoadBalancerTarget(new LoadBalancerTargetOptions { ContainerName = ServiceModels.Gateway, ContainerPort = Ports.Grpc })],
        });
        var http = new ApplicationTargetGroup(stack, "http-targets", new ApplicationTargetGroupProps
        {
            Vpc = network.Vpc,
            Port = Ports.Http,
            Protocol = ApplicationProtocol.HTTP,
            TargetType = TargetType.IP,
            // What runs is answered before its Gateway goes.
            DeregistrationDelay = Duration.Seconds(ContainerSettings.StopSeconds),
            HealthCheck = new ElbHealthCheck
            {
                Path = "/health/ready",
                HealthyHttpCodes = "200",
                Interval = Duration.Seconds(15),
                Timeout = Duration.Seconds(12),
                HealthyThresholdCount = 2,
                UnhealthyThresholdCount = 4,
            },
            Targets = [gateway.LoadBalancerTarget(new LoadBalancerTargetOptions { ContainerName = ServiceModels.Gateway, ContainerPort = Ports.Http })],
        });

        var fromCloudFront = ListenerCondition.HttpHeader(OriginHeader, [Secrets.OriginValue(environment)]);
        Listener.AddAction("grpc", new AddApplicationActionProps
        {
            Priority = 10,
            Conditions = [fromCloudFront, ListenerCondition.PathPatterns([.. EdgeStack.GrpcPaths])],
            Action = ListenerAction.Forward([grpc]),
        });
        Listener.AddAction("http", new AddApplicationActionProps { Priority = 20, Conditions = [fromCloudFront], Action = ListenerAction.Forward([http]) });
        return http;
    }

    private static Bucket CreateLogs(Stack stack)
    {
        var bucket = new Bucket(stack, "access-logs", new BucketProps
        {
            // The load balancer writes with no other encryption.
            Encryption = BucketEncryption.S3_MANAGED,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            EnforceSSL = true,
            LifecycleRules = [new LifecycleRule { Expiration = Duration.Days(90) }],
            RemovalPolicy = RemovalPolicy.RETAIN,
        });
        bucket.Accept("AwsSolutions-S1", "It is where logs go; a log of who reads them would go into itself.");
        return bucket;
    }
}

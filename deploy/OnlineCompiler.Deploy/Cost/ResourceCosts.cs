using static OnlineCompiler.Deploy.Cost.Traffic;

namespace OnlineCompiler.Deploy.Cost;

/// <summary>What each type of resource costs. A type is here, or among those that are <see cref="Free"/>, or the bill is refused.</summary>
internal static class ResourceCosts
{
    private const string Network = "network";
    private const string Edge = "edge";
    private const string Data = "data";
    private const string Watching = "watching";
    private const string Delivery = "delivery";

    private delegate IEnumerable<BillLine> Costs(IReadOnlyList<CostedResource> all, TemplateSet templates, Traffic traffic);

    private static readonly Dictionary<string, Costs> _priced = new(StringComparer.Ordinal)
    {
        ["AWS::ECS::Service"] = ComputeCosts.Services,
        ["AWS::AutoScaling::AutoScalingGroup"] = ComputeCosts.Hosts,
        ["AWS::Lambda::Function"] = ComputeCosts.Functions,
        ["AWS::ECS::TaskDefinition"] = Telemetry,
        ["AWS::EC2::NatGateway"] = (all, _, traffic) =>
        [
            new(Network, "NAT gateways", all.Count * HoursAMonth, Prices.NatHour),
            new(Network, "through them, to the chat model", traffic.Runs * AiKilobytesARun / 1_000_000, Prices.NatGb),
        ],
        ["AWS::EC2::EIP"] = (all, _, _) => [new(Network, "addresses of NAT gateways", all.Count * HoursAMonth, Prices.PublicAddress)],
        ["AWS::EC2::VPCEndpoint"] = (all, _, _) =>
            [new(Network, "private endpoints, in each zone", all.Where(endpoint => endpoint.Text("VpcEndpointType") == "Interface").Sum(endpoint => endpoint.Count("SubnetIds")) * HoursAMonth, Prices.EndpointHour)],
        ["AWS::ElasticLoadBalancingV2::LoadBalancer"] = (all, _, traffic) =>
        [
            new(Network, "load balancer", all.Count * HoursAMonth, Prices.LoadBalancerHour),
            new(Network, "its addresses", all.Sum(balancer => balancer.Count("Subnets")) * HoursAMonth, Prices.PublicAddress),
            // One unit is 25 new connections a second or 1 GB an hour; CloudFront keeps its connections.
            new(Network, "its use", Math.Max(HoursAMonth, traffic.Requests * KilobytesARequest / 1_000_000), Prices.LoadBalancerUnit),
        ],
        ["AWS::ApiGatewayV2::Api"] = (_, _, traffic) => [new(Network, "API Gateway", traffic.Requests, Prices.HttpApiRequest)],
        ["AWS::ServiceDiscovery::PrivateDnsNamespace"] = (all, _, _) => [new(Network, "private zone", all.Count, Prices.PrivateZone)],
        ["AWS::ServiceDiscovery::Service"] = (all, _, _) => [new(Network, "dispatchers in it", all.Count, Prices.DiscoveredInstance)],
        ["AWS::CloudFront::Distribution"] = (_, _, traffic) =>
        [
            new(Edge, "CloudFront, requests", Math.Max(0, traffic.Requests + (traffic.Pages * 12) - 10_000_000), Prices.CloudFrontRequest),
            new(Edge, "CloudFront, to callers", Math.Max(0, traffic.GbOut - 1_000), Prices.CloudFrontGb),
        ],
        ["AWS::WAFv2::WebACL"] = (all, _, traffic) =>
        [
            new(Edge, "WAF", all.Count, Prices.WafAcl),
            new(Edge, "WAF, rules", all.Sum(acl => acl.Count("Rules")), Prices.WafRule),
            new(Edge, "WAF, requests", traffic.Requests + (traffic.Pages * 12), Prices.WafRequest),
        ],
        ["AWS::S3::Bucket"] = (all, _, traffic) => [new(Edge, "S3: the page, and logs of access", all.Count + (traffic.Requests / 2_000_000), Prices.S3Gb)],
        ["AWS::ElastiCache::ReplicationGroup"] = (all, _, _) =>
            all.Select(group => new BillLine(Data, $"Redis, {group.Text("CacheNodeType")}", group.Number("NumCacheClusters") * HoursAMonth, Prices.OfInstance(group.Text("CacheNodeType")!))),
        ["AWS::DynamoDB::Table"] = (_, _, traffic) =>
        [
            // A save reads the item and writes it and its entry in the index, of 2 KB and 1 KB; a reading renews both.
            new(Data, "DynamoDB, writes", traffic.Runs * ((SavesARun * 3) + (ReadsARun * 3)), Prices.DynamoDbWrite),
            new(Data, "DynamoDB, reads", traffic.Runs * SavesARun, Prices.DynamoDbRead),
            new(Data, "DynamoDB, kept", traffic.SessionGb, Prices.DynamoDbGb),
            new(Data, "DynamoDB, restorable", traffic.SessionGb, Prices.DynamoDbRestorableGb),
        ],
        ["AWS::Backup::BackupPlan"] = (_, _, traffic) => [new(Data, "a copy of each night, 35 of them", 35 * traffic.SessionGb, Prices.BackupGb)],
        ["AWS::ECR::Repository"] = (all, _, _) => [new(Delivery, "images, 4 GB in each repository", all.Count * 4, Prices.RegistryGb)],
        ["AWS::SecretsManager::Secret"] = (all, _, _) => [new(Data, "secrets", all.Count + all.Sum(secret => secret.Count("ReplicaRegions")), Prices.Secret)],
        ["AWS::KMS::Key"] = (all, _, _) => [new(Data, "keys", all.Count, Prices.Key)],
        ["AWS::Cognito::UserPool"] = (_, _, traffic) => [new(Data, "users signed in, beyond 10 000", Math.Max(0, traffic.Users - 10_000), Prices.User)],
        ["AWS::Logs::LogGroup"] = (_, _, traffic) =>
        [
            new(Watching, "logs, taken in", traffic.LogGb, Prices.LogGb),
            new(Watching, "logs, kept", traffic.LogGb, Prices.LogStoredGb),
        ],
        ["AWS::CloudWatch::Alarm"] = (all, _, _) => [new(Watching, "alarms", all.Sum(MetricsOf), Prices.AlarmMetric)],
        ["AWS::CloudWatch::CompositeAlarm"] = (all, _, _) => [new(Watching, "composite alarms", all.Count, Prices.CompositeAlarm)],
        ["AWS::CloudWatch::Dashboard"] = (all, _, _) => [new(Watching, "dashboard", all.Count, Prices.Dashboard)],
        ["AWS::CodePipeline::Pipeline"] = (all, _, _) => [new(Delivery, "pipeline", all.Count, Prices.PipelineMonth)],
        ["AWS::CodeBuild::Project"] = (all, _, _) => [new(Delivery, "building, 20 releases of 5 minutes in each project", all.Count * 100, Prices.BuildMinute)],
    };

    /// <summary>Types that AWS asks nothing for, or nothing that one would see.</summary>
    private static readonly HashSet<string> _free = new(StringComparer.Ordinal)
    {
        // The network's.
        "AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::EC2::RouteTable", "AWS::EC2::Route", "AWS::EC2::SubnetRouteTableAssociation",
        "AWS::EC2::InternetGateway", "AWS::EC2::VPCGatewayAttachment", "AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress",
        "AWS::EC2::SecurityGroupEgress", "AWS::EC2::LaunchTemplate", "AWS::EC2::FlowLog", "AWS::ElasticLoadBalancingV2::Listener",
        "AWS::ElasticLoadBalancingV2::ListenerRule", "AWS::ElasticLoadBalancingV2::TargetGroup", "AWS::ApiGatewayV2::Stage",
        "AWS::ApiGatewayV2::Route", "AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::DomainName", "AWS::ApiGatewayV2::ApiMapping",
        "AWS::ServiceDiscovery::HttpNamespace", "AWS::Route53::RecordSet", "AWS::CertificateManager::Certificate",
        // The edge's.
        "AWS::CloudFront::OriginAccessControl", "AWS::CloudFront::ResponseHeadersPolicy", "AWS::CloudFront::CachePolicy",
        "AWS::CloudFront::OriginRequestPolicy", "AWS::CloudFront::Function", "AWS::S3::BucketPolicy", "AWS::WAFv2::LoggingConfiguration",
        // Rights.
        "AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::InstanceProfile", "AWS::IAM::OIDCProvider", "AWS::KMS::Alias",
        "AWS::Lambda::Permission", "AWS::SecretsManager::ResourcePolicy", "AWS::Cognito::UserPoolClient", "AWS::Cognito::UserPoolDomain",
        // What belongs to something that is paid for.
        "AWS::ECS::Cluster", "AWS::ECS::CapacityProvider", "AWS::ECS::ClusterCapacityProviderAssociations",
        "AWS::ApplicationAutoScaling::ScalableTarget", "AWS::ApplicationAutoScaling::ScalingPolicy", "AWS::AutoScaling::LifecycleHook",
        "AWS::ElastiCache::SubnetGroup", "AWS::ElastiCache::ParameterGroup", "AWS::SecretsManager::RotationSchedule",
        "AWS::SecretsManager::SecretTargetAttachment", "AWS::Backup::BackupVault", "AWS::Backup::BackupSelection",
        "AWS::Logs::QueryDefinition", "AWS::Logs::MetricFilter", "AWS::Logs::ResourcePolicy", "AWS::SNS::Topic", "AWS::SNS::Subscription",
        "AWS::SNS::TopicPolicy", "AWS::Events::Rule", "AWS::CE::AnomalyMonitor", "AWS::CE::AnomalySubscription",
        // Two of them are.
        "AWS::Budgets::Budget",
        // Of the CDK's own.
        "AWS::CDK::Metadata", "AWS::CloudFormation::CustomResource",
    };

    public static bool Knows(string type) => _priced.ContainsKey(type) || _free.Contains(type) || type.StartsWith("Custom::", StringComparison.Ordinal);

    public static bool IsPriced(string type) => _priced.ContainsKey(type);

    public static IEnumerable<BillLine> LinesOf(string type, IReadOnlyList<CostedResource> all, TemplateSet templates, Traffic traffic) =>
        _priced.TryGetValue(type, out var costs) ? costs(all, templates, traffic) : [];

    /// <summary>No resource has them: the collector beside a service writes them.</summary>
    private static IEnumerable<BillLine> Telemetry(IReadOnlyList<CostedResource> all, TemplateSet templates, Traffic traffic) =>
    [
        new(Watching, "metrics, 40 of each service", all.Count * 40, Prices.Metric),
        new(Watching, "traces, one of each request", traffic.Requests, Prices.Trace),
    ];

    private static int MetricsOf(CostedResource alarm) => alarm["Metrics"] is System.Text.Json.Nodes.JsonArray metrics
        ? Math.Max(1, metrics.Count(metric => metric!["MetricStat"] is not null))
        : 1;
}

namespace OnlineCompiler.Deploy.Cost;

/// <summary>What AWS asks for one unit, on demand, in us-east-1.</summary>
/// <param name="Usd">For one unit, in US dollars before tax.</param>
/// <param name="Unit">What one is.</param>
/// <param name="Source">Where it was read.</param>
internal sealed record Price(decimal Usd, string Unit, PriceSource Source);

/// <summary>Something that says prices.</summary>
/// <param name="Name">What and where it is.</param>
/// <param name="Of">The day on which AWS asked them, by what the source says itself.</param>
internal sealed record PriceSource(string Name, DateOnly Of);

/// <summary>
/// The prices, read for this table on <see cref="AsOf"/>. All are of us-east-1: other regions differ, eu-central-1 is usually some 10 to 20 % dearer.
/// Allowances for new accounts are not counted; those of CloudFront and Cognito, which do not end, are.
/// </summary>
internal static class Prices
{
    public static readonly DateOnly AsOf = new(2026, 11, 30);
    public const string Region = "us-east-1";

    private static readonly PriceSource _published = new("AWS' price files of each service, as kept in github.com/QuinnyPig/aws-price-watcher at a6645eb", new(2025, 6, 18));
    private static readonly PriceSource _nat = new("AWS Price List API, as published in a repository", new(2025, 10, 1));
    private static readonly PriceSource _disks = new("github.com/davelindo/aws-pricing-calculator-mcp, src/services/amazon-ebs.js", new(2026, 3, 11));
    private static readonly PriceSource _users = new("aws.amazon.com/cognito/pricing, as quoted in github.com/api-evangelist/amazon-cognito", new(2026, 9, 20));

    // Computing.
    public static readonly Price FargateX86Cpu = new(0.04048m, "vCPU-hour", _published);
    public static readonly Price FargateX86Memory = new(0.004445m, "GB-hour", _published);
    public static readonly Price FargateArmCpu = new(0.03238m, "vCPU-hour", _published);
    public static readonly Price FargateArmMemory = new(0.00356m, "GB-hour", _published);
    public static readonly Price LambdaRequest = new(0.0000002m, "request", _published);
    public static readonly Price LambdaGbSecond = new(0.0000133334m, "GB-second on arm64", _published);
    public static readonly Price Gp3 = new(0.08m, "GB-month of gp3", _disks);

    // The network.
    public static readonly Price NatHour = new(0.045m, "NAT gateway-hour", _nat);
    public static readonly Price NatGb = new(0.045m, "GB through a NAT gateway", _nat);
    public static readonly Price PublicAddress = new(0.005m, "public IPv4-hour", _published);
    public static readonly Price EndpointHour = new(0.01m, "endpoint-hour in a zone", _published);
    public static readonly Price LoadBalancerHour = new(0.0225m, "load balancer-hour", _published);
    public static readonly Price LoadBalancerUnit = new(0.008m, "LCU-hour", _published);
    public static readonly Price HttpApiRequest = new(0.000001m, "request of an HTTP API", _published);
    public static readonly Price CloudFrontRequest = new(0.000001m, "HTTPS request beyond 10 million", _published);
    public static readonly Price CloudFrontGb = new(0.085m, "GB to callers beyond 1 TB", _published);
    public static readonly Price WafAcl = new(5m, "web ACL-month", _published);
    public static readonly Price WafRule = new(1m, "rule-month", _published);
    public static readonly Price WafRequest = new(0.0000006m, "request inspected", _published);
    public static readonly Price PrivateZone = new(0.50m, "hosted zone-month", _published);
    public static readonly Price DiscoveredInstance = new(0.10m, "registered instance-month", _published);

    // Data.
    public static readonly Price DynamoDbWrite = new(0.000000625m, "write request unit", _published);
    public static readonly Price DynamoDbRead = new(0.000000125m, "read request unit", _published);
    public static readonly Price DynamoDbGb = new(0.25m, "GB-month in a table", _published);
    public static readonly Price DynamoDbRestorableGb = new(0.20m, "GB-month restorable to any second", _published);
    public static readonly Price BackupGb = new(0.10m, "GB-month of backups", _published);
    public static readonly Price RegistryGb = new(0.10m, "GB-month of images", _published);
    public static readonly Price S3Gb = new(0.023m, "GB-month in S3", _published);
    public static readonly Price Secret = new(0.40m, "secret-month", _published);
    public static readonly Price Key = new(1m, "key-month", _published);
    public static readonly Price User = new(0.015m, "user of the month beyond 10 000", _users);

    // Watching.
    public static readonly Price LogGb = new(0.50m, "GB of logs taken in", _published);
    public static readonly Price LogStoredGb = new(0.03m, "GB-month of logs kept", _published);
    public static readonly Price Metric = new(0.30m, "metric-month", _published);
    public static readonly Price AlarmMetric = new(0.10m, "metric in an alarm, month", _published);
    public static readonly Price CompositeAlarm = new(0.50m, "composite alarm-month", _published);
    public static readonly Price Dashboard = new(3m, "dashboard-month", _published);
    public static readonly Price Trace = new(0.000005m, "trace recorded", _published);

    // Delivering.
    public static readonly Price PipelineMonth = new(1m, "pipeline-month", _published);
    public static readonly Price BuildMinute = new(0.02m, "build minute of eight processors", _published);

    private static readonly Dictionary<string, Price> _instances = new(StringComparer.Ordinal)
    {
        ["c7i.large"] = new(0.08925m, "c7i.large-hour", _published),
        ["c7i.xlarge"] = new(0.1785m, "c7i.xlarge-hour", _published),
        ["c7i.2xlarge"] = new(0.357m, "c7i.2xlarge-hour", _published),
        ["cache.t4g.micro"] = new(0.016m, "cache.t4g.micro-hour", _published),
        ["cache.t4g.small"] = new(0.032m, "cache.t4g.small-hour", _published),
        ["cache.t4g.medium"] = new(0.065m, "cache.t4g.medium-hour", _published),
        ["cache.m7g.large"] = new(0.158m, "cache.m7g.large-hour", _published),
    };

    /// <exception cref="CostException">Nobody has said what it costs.</exception>
    public static Price OfInstance(string type) => _instances.TryGetValue(type, out var price)
        ? price
        : throw new CostException($"There is no price for {type}: add it to {nameof(Prices)}.");

    /// <summary>A year before the table was put together.</summary>
    public static bool IsAged(Price price) => price.Source.Of < AsOf.AddYears(-1);
}

/// <summary>A month cannot be priced; the message says what is missing.</summary>
internal sealed class CostException(string message) : Exception(message);

using System.Text.Json.Serialization;

namespace OnlineCompiler.Deploy.Environments;

/// <summary>What stands in front of the services.</summary>
internal enum DeployProfile
{
    /// <summary>ECS services behind a load balancer: for production.</summary>
    Containers,

    /// <summary>Functions behind API Gateway: cheap while there is little to do.</summary>
    Serverless,
}

/// <summary>How programs are kept apart.</summary>
internal enum ExecutionMode
{
    /// <summary>Sandboxes of namespaces, on EC2 instances of our own.</summary>
    Namespaces,

    /// <summary>A Fargate task for each stage of a run, used once.</summary>
    Tasks,
}

/// <summary>Where saved programs are kept.</summary>
internal enum SessionStore
{
    Redis,
    DynamoDb,
}

/// <summary>How large one service is, and how many there are of it.</summary>
internal sealed record ServiceSize
{
    /// <summary>1 024 are a virtual processor; 256-16 384.</summary>
    public required int Cpu { get; init; }

    public required int MemoryMiB { get; init; }

    /// <summary>Fewest tasks; 1-100.</summary>
    public required int Min { get; init; }

    /// <summary>Most tasks; <see cref="Min"/>-1 000.</summary>
    public required int Max { get; init; }
}

/// <summary>A zone of Route 53 that is there already.</summary>
internal sealed record HostedZoneName(string Id, string Name);

/// <summary>The region's managed lists of addresses, <c>pl-…</c>, for rules of what may come and go.</summary>
/// <param name="CloudFront">Those that CloudFront asks origins from, <c>com.amazonaws.global.cloudfront.origin-facing</c>.</param>
/// <param name="S3">Where layers of images are.</param>
/// <param name="DynamoDb">Where saved programs are, when there is no Redis.</param>
internal sealed record PrefixLists(string CloudFront, string S3, string DynamoDb);

/// <summary>The instances that run programs, when <see cref="DeployEnvironment.ExecutionMode"/> is namespaces.</summary>
internal sealed record ExecutionHosts(string InstanceType, int Min, int Max);

/// <summary>One environment, from <c>deploy/environments/&lt;name&gt;.json</c>. <see cref="EnvironmentReader"/> says what each may be.</summary>
internal sealed record DeployEnvironment
{
    /// <summary>The file's name: in the names of everything that needs one.</summary>
    [JsonIgnore]
    public string Name { get; init; } = "";

    /// <summary>The tag of the images to run; from the command line, as it differs with each release.</summary>
    [JsonIgnore]
    public string ImageTag { get; init; } = "";

    public required DeployProfile Profile { get; init; }

    public required ExecutionMode ExecutionMode { get; init; }

    public required SessionStore Sessions { get; init; }

    /// <summary>12 digits.</summary>
    public required string Account { get; init; }

    /// <summary>The home of everything but the edge, which CloudFront wants in us-east-1.</summary>
    public required string Region { get; init; }

    /// <summary>Two zones of <see cref="Region"/>.</summary>
    public required string[] Zones { get; init; }

    /// <summary>A private network of /16, e.g. <c>10.20.0.0/16</c>.</summary>
    public required string Cidr { get; init; }

    /// <summary>1, or one for each zone.</summary>
    public required int NatGateways { get; init; }

    /// <summary>The site's name, within <see cref="HostedZone"/>.</summary>
    public required string Domain { get; init; }

    public required HostedZoneName HostedZone { get; init; }

    public required PrefixLists PrefixLists { get; init; }

    /// <summary>Networks that are believed when they say for whom they ask, beside our own; serverless: CloudFront's.</summary>
    public string[] TrustedProxies { get; init; } = [];

    /// <summary>The repository on GitHub that may deploy, <c>owner/name</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>A connection of CodeConnections to that repository; where it is there, so is a pipeline that ends in <see cref="PipelineTarget"/>.</summary>
    public string? CodeConnection { get; init; }

    /// <summary>The environment that the pipeline deploys after this one, once a person approved.</summary>
    public string? PipelineTarget { get; init; }

    public required string AlarmEmail { get; init; }

    public required int MonthlyBudgetUsd { get; init; }

    public required int LogRetentionDays { get; init; }

    /// <summary>The provider and model that the AI asks; its key is a secret.</summary>
    public string AiProvider { get; init; } = "anthropic";

    public string AiModel { get; init; } = "";

    /// <summary>Which instances Redis runs on, when there is one.</summary>
    public string RedisNode { get; init; } = "cache.t4g.small";

    public ExecutionHosts? Hosts { get; init; }

    /// <summary>By service; <c>worker</c> is a task that does one job, when <see cref="ExecutionMode"/> is tasks.</summary>
    public required Dictionary<string, ServiceSize> Services { get; init; }

    public bool IsServerless => Profile == DeployProfile.Serverless;

    /// <summary>Serverless sessions are in DynamoDB, and nothing else there needs a Redis enough to pay for one.</summary>
    public bool HasRedis => !IsServerless;

    public bool UsesTasks => ExecutionMode == ExecutionMode.Tasks;

    /// <summary>The load balancer's name, which CloudFront asks by.</summary>
    public string OriginDomain => $"origin.{Domain}";

    public string SiteBucket => $"onlinecompiler-{Name}-site-{Account}";

    /// <summary>CloudWatch's namespace for what the services measure.</summary>
    public string MetricsNamespace => $"OnlineCompiler/{Name}";

    public ServiceSize SizeOf(string service) => Services[service];
}

using Amazon.CDK;
using Amazon.CDK.AWS.CloudFront;
using Amazon.CDK.AWS.CloudFront.Origins;
using Amazon.CDK.AWS.Route53;
using Amazon.CDK.AWS.Route53.Targets;
using Constructs;
using OnlineCompiler.Deploy.Data;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Services;
using OnlineCompiler.Web.StaticFiles;
using Function = Amazon.CDK.AWS.CloudFront.Function;
using FunctionProps = Amazon.CDK.AWS.CloudFront.FunctionProps;

namespace OnlineCompiler.Deploy.Edge;

/// <summary>
/// What the world sees, in us-east-1 as CloudFront wants: the page out of S3, and everything that the Gateway answers by way of its origin,
/// which is known by name alone, so that nothing passes between regions but that name and a secret.
/// </summary>
internal sealed class EdgeStack : Stack
{
    public const string EdgeRegion = "us-east-1";

    /// <summary>What the Gateway answers. Everything else is the page's.</summary>
    public static IReadOnlyList<string> GatewayPaths { get; } = ["/api/*", "/judge0/*", "/mcp", "/openapi/*", "/docs*", "/health/*"];

    /// <summary>gRPC: our services, and what its tools ask any server.</summary>
    public static IReadOnlyList<string> GrpcPaths { get; } = ["/onlinecompiler.*", "/grpc.*"];

    /// <summary>What every site may show in a frame, and the script that makes those: the page's own files under other headers.</summary>
    public static IReadOnlyList<string> EmbeddedPaths { get; } = ["/embed", "/embed/*", "/embed.js"];

    /// <summary>The most that CloudFront waits for the first byte without being asked for more.</summary>
    private const int OriginSeconds = 60;

    public EdgeStack(Construct scope, string id, DeployEnvironment environment, StackProps props)
        : base(scope, id, props)
    {
        var logs = SiteBucket.CreateLogs(this);
        var site = SiteBucket.Create(this, environment, logs);
        var zone = SiteNames.Zone(this, environment);
        var origin = new HttpOrigin(environment.OriginDomain, new HttpOriginProps
        {
            ProtocolPolicy = OriginProtocolPolicy.HTTPS_ONLY,
            OriginSslProtocols = [OriginSslPolicy.TLS_V1_2],
            ReadTimeout = Duration.Seconds(OriginSeconds),
            KeepaliveTimeout = Duration.Seconds(OriginSeconds),
            CustomHeaders = environment.IsServerless ? null : new Dictionary<string, string> { [LoadBalancer.OriginHeader] = Secrets.OriginValue(environment) },
        });
        var apiHeaders = Headers.OfApi(this, environment);
        var behaviors = GatewayPaths.Concat(GrpcPaths).ToDictionary(path => path, path => (IBehaviorOptions)ToGateway(origin, apiHeaders));
        var files = S3BucketOrigin.WithOriginAccessControl(site);
        // Behind the others, whose places CarryGrpc counts.
        behaviors.Add(PageHeaders.FramePath, ToFiles(files, Headers.OfFrame(this, environment)));

        var pages = new Function(this, "pages", new FunctionProps { Code = FunctionCode.FromInline(Resources.Read("pages.js")), Runtime = FunctionRuntime.JS_2_0 });
        var embedded = ToPage(files, Headers.OfEmbedded(this, environment), pages);
        foreach (var path in EmbeddedPaths)
            behaviors.Add(path, embedded);

        Distribution = new Distribution(this, "distribution", new DistributionProps
        {
            Comment = $"OnlineCompiler {environment.Name}",
            DomainNames = [environment.Domain],
            Certificate = SiteNames.Certify(this, zone, environment.Domain),
            MinimumProtocolVersion = SecurityPolicyProtocol.TLS_V1_2_2021,
            HttpVersion = HttpVersion.HTTP2_AND_3,
            WebAclId = Firewall.Create(this, environment).AttrArn,
            LogBucket = logs,
            LogFilePrefix = "edge/",
            DefaultRootObject = "index.html",
            DefaultBehavior = ToPage(files, Headers.OfPage(this, environment), pages),
            AdditionalBehaviors = behaviors,
        });
        SiteBucket.TellMissing(this, site, Distribution);
        Distribution.Accept("AwsSolutions-CFR1", "Everybody may learn to program, from everywhere.");
        if (!environment.IsServerless)
            CarryGrpc((CfnDistribution)Distribution.Node.DefaultChild!);

        var target = RecordTarget.FromAlias(new CloudFrontTarget(Distribution));
        _ = new ARecord(this, "name", new ARecordProps { Zone = zone, RecordName = environment.Domain, Target = target });
        _ = new AaaaRecord(this, "name-v6", new AaaaRecordProps { Zone = zone, RecordName = environment.Domain, Target = target });
        _ = new CfnOutput(this, "Site", new CfnOutputProps { Value = site.BucketName });
        _ = new CfnOutput(this, "DistributionId", new CfnOutputProps { Value = Distribution.DistributionId });
    }

    public Distribution Distribution { get; }

    private static BehaviorOptions ToPage(IOrigin files, IResponseHeadersPolicy headers, Function pages)
    {
        var behavior = ToFiles(files, headers);
        // An error page of the distribution would replace the Gateway's answers as well.
        behavior.FunctionAssociations = [new FunctionAssociation { EventType = FunctionEventType.VIEWER_REQUEST, Function = pages }];
        return behavior;
    }

    private static BehaviorOptions ToFiles(IOrigin files, IResponseHeadersPolicy headers) => new()
    {
        Origin = files,
        ViewerProtocolPolicy = ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        AllowedMethods = AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
        CachePolicy = CachePolicy.CACHING_OPTIMIZED,
        Compress = true,
        ResponseHeadersPolicy = headers,
    };

    private static BehaviorOptions ToGateway(IOrigin origin, IResponseHeadersPolicy headers) => new()
    {
        Origin = origin,
        ViewerProtocolPolicy = ViewerProtocolPolicy.HTTPS_ONLY,
        AllowedMethods = AllowedMethods.ALLOW_ALL,
        CachePolicy = CachePolicy.CACHING_DISABLED,
        OriginRequestPolicy = OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        // Streams must not be held back to be compressed; gRPC does so by itself.
        Compress = false,
        ResponseHeadersPolicy = headers,
    };

    // CloudFront has carried gRPC since November 2024; these constructs do not know of it yet.
    private static void CarryGrpc(CfnDistribution distribution)
    {
        for (var behavior = GatewayPaths.Count; behavior < GatewayPaths.Count + GrpcPaths.Count; behavior++)
            distribution.AddPropertyOverride($"DistributionConfig.CacheBehaviors.{behavior}.GrpcConfig", new Dictionary<string, object> { ["Enabled"] = true });
    }
}

using Amazon.CDK;
using Amazon.CDK.AWS.CloudFront;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using OnlineCompiler.Deploy.Environments;

namespace OnlineCompiler.Deploy.Edge;

/// <summary>Where the page's files are, which CloudFront alone reads, and where it writes who asked for them.</summary>
internal static class SiteBucket
{
    private const int LogDays = 90;

    public static Bucket Create(Stack stack, DeployEnvironment environment, IBucket logs) => new(stack, "site", new BucketProps
    {
        BucketName = environment.SiteBucket,
        Encryption = BucketEncryption.S3_MANAGED,
        BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
        EnforceSSL = true,
        // A release that is taken back has its files again.
        Versioned = true,
        LifecycleRules = [new LifecycleRule { NoncurrentVersionExpiration = Duration.Days(30) }],
        ServerAccessLogsBucket = logs,
        ServerAccessLogsPrefix = "site/",
        RemovalPolicy = RemovalPolicy.RETAIN,
    });

    /// <summary>With leave to list, S3 says of what is missing that it is (404), not that it is forbidden (403).</summary>
    public static void TellMissing(Stack stack, Bucket site, Distribution distribution) => site.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
    {
        Principals = [new ServicePrincipal("cloudfront.amazonaws.com")],
        Actions = ["s3:ListBucket"],
        Resources = [site.BucketArn],
        Conditions = new Dictionary<string, object>
        {
            ["StringEquals"] = new Dictionary<string, string> { ["AWS:SourceArn"] = $"arn:aws:cloudfront::{stack.Account}:distribution/{distribution.DistributionId}" },
        },
    }));

    public static Bucket CreateLogs(Stack stack)
    {
        var bucket = new Bucket(stack, "logs", new BucketProps
        {
            Encryption = BucketEncryption.S3_MANAGED,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            EnforceSSL = true,
            // CloudFront delivers its logs by access lists.
            ObjectOwnership = ObjectOwnership.OBJECT_WRITER,
            LifecycleRules = [new LifecycleRule { Expiration = Duration.Days(LogDays) }],
            RemovalPolicy = RemovalPolicy.RETAIN,
        });
        bucket.Accept("AwsSolutions-S1", "It is where logs go; a log of who reads them would go into itself.");
        return bucket;
    }
}

using Amazon.CDK;
using Amazon.CDK.AWS.CodeBuild;
using Amazon.CDK.AWS.CodePipeline;
using Amazon.CDK.AWS.CodePipeline.Actions;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Network;
using CfnPipeline = Amazon.CDK.AWS.CodePipeline.CfnPipeline;

namespace OnlineCompiler.Deploy.Delivery;

/// <summary>
/// The same delivery without GitHub's runners: source, tests, this environment, a smoke test, a person, the next environment. A stage that
/// fails goes back to what was deployed before it.
/// </summary>
internal static class ReleasePipeline
{
    private const string GoBack = "ROLLBACK";

    /// <summary>The SDK that global.json names: a build comes with older ones.</summary>
    private static readonly string[] _install = ["curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --jsonfile global.json --install-dir /usr/share/dotnet"];

    public static void Create(Stack stack, DeployEnvironment environment, string connection, string next, NetworkStack network)
    {
        var source = new Artifact_("source");
        var repository = environment.Repository.Split('/');
        var artifacts = new Bucket(stack, "artifacts", new BucketProps
        {
            Encryption = BucketEncryption.KMS,
            EncryptionKey = network.Key,
            BucketKeyEnabled = true,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            EnforceSSL = true,
            LifecycleRules = [new LifecycleRule { Expiration = Duration.Days(30) }],
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
        artifacts.Accept("AwsSolutions-S1", "The pipeline's history says who put what there; nobody else can.");
        var pipeline = new Pipeline(stack, "pipeline", new PipelineProps
        {
            PipelineName = $"onlinecompiler-{environment.Name}",
            PipelineType = PipelineType.V2,
            ExecutionMode = Amazon.CDK.AWS.CodePipeline.ExecutionMode.QUEUED,
            ArtifactBucket = artifacts,
            RestartExecutionOnUpdate = false,
        });
        Stage(pipeline, "Source", new CodeStarConnectionsSourceAction(new CodeStarConnectionsSourceActionProps
        {
            ActionName = "main",
            ConnectionArn = connection,
            Owner = repository[0],
            Repo = repository[1],
            Branch = "main",
            Output = source,
            // With its history: images are named by the commit that is checked out, and dated by it.
            CodeBuildCloneOutput = true,
        }));
        Stage(pipeline, "Test", Build(stack, environment, network, "test", ["./test.sh"], source));
        Stage(pipeline, "Deploy", Build(stack, environment, network, "deploy", [$"deploy/release.sh {environment.Name} $CODEBUILD_RESOLVED_SOURCE_VERSION"], source));
        Stage(pipeline, "Smoke", Build(stack, environment, network, "smoke", [$"deploy/smoke.sh https://{environment.Domain}"], source));
        Stage(pipeline, "Approve", new ManualApprovalAction(new ManualApprovalActionProps
        {
            ActionName = "person",
            AdditionalInformation = $"https://{environment.Domain} is what {next} will be.",
        }));
        Stage(pipeline, "Release", Build(stack, environment, network, "release", [$"deploy/release.sh {next} $CODEBUILD_RESOLVED_SOURCE_VERSION"], source));

        // Conditions of stages are newer than these constructs. The first two stages change nothing.
        var template = (CfnPipeline)pipeline.Node.DefaultChild!;
        foreach (var stage in (int[])[2, 3, 5])
            template.AddPropertyOverride($"Stages.{stage}.OnFailure", new Dictionary<string, object> { ["Result"] = GoBack });
        pipeline.Accept("AwsSolutions-IAM5", "The pipeline's roles reach the objects of its own bucket, and the logs and reports of its own builds.");
    }

    private static void Stage(Pipeline pipeline, string name, IAction action) =>
        pipeline.AddStage(new Amazon.CDK.AWS.CodePipeline.StageOptions { StageName = name, Actions = [action] });

    private static CodeBuildAction Build(Stack stack, DeployEnvironment environment, NetworkStack network, string name, string[] commands, Artifact_ source)
    {
        var project = new PipelineProject(stack, $"{name}-build", new PipelineProjectProps
        {
            ProjectName = $"onlinecompiler-{environment.Name}-{name}",
            EncryptionKey = network.Key,
            Timeout = Duration.Hours(2),
            Environment = new BuildEnvironment
            {
                BuildImage = LinuxBuildImage.STANDARD_7_0,
                ComputeType = ComputeType.LARGE,
                // Sandboxes are made by root with namespaces, and images by a daemon.
                Privileged = true,
            },
            BuildSpec = BuildSpec.FromObject(new Dictionary<string, object>
            {
                ["version"] = "0.2",
                ["phases"] = new Dictionary<string, object>
                {
                    ["install"] = new Dictionary<string, object>
                    {
                        ["runtime-versions"] = new Dictionary<string, object> { ["nodejs"] = 22 },
                        ["commands"] = _install,
                    },
                    ["build"] = new Dictionary<string, object> { ["commands"] = commands },
                },
            }),
            Logging = new LoggingOptions
            {
                CloudWatch = new CloudWatchLoggingOptions
                {
                    LogGroup = LogGroups.Create(stack, $"{name}-log", environment, network.Key),
                },
            },
        });
        project.Accept("AwsSolutions-CB3", "The tests make sandboxes, and the release makes images: both take a privileged build.");
        project.Accept("AwsSolutions-IAM5", "A build reaches the objects of the pipeline's bucket, and its own logs and reports.");
        if (name is "deploy" or "release")
            Deployer.Allow((Role)project.Role!, environment);
        return new CodeBuildAction(new CodeBuildActionProps { ActionName = name, Project = project, Input = source });
    }
}

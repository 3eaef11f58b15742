using Amazon.CDK;
using OnlineCompiler.Deploy.Data;
using OnlineCompiler.Deploy.Delivery;
using OnlineCompiler.Deploy.Edge;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Monitoring;
using OnlineCompiler.Deploy.Network;
using OnlineCompiler.Deploy.Services;
using AwsEnvironment = Amazon.CDK.Environment;

namespace OnlineCompiler.Deploy;

/// <summary>An environment's stacks, by how long they live: the network outlives the data, the data the services, the services a release.</summary>
internal static class Deployment
{
    /// <summary>Writes the environment's templates to where <paramref name="app"/> says. Asks nobody anything.</summary>
    public static void Synthesize(App app, DeployEnvironment environment)
    {
        foreach (var (key, value) in ContextOf(environment))
            app.Node.SetContext(key, value);
        var home = new AwsEnvironment { Account = environment.Account, Region = environment.Region };
        var edge = new AwsEnvironment { Account = environment.Account, Region = EdgeStack.EdgeRegion };

        var network = new NetworkStack(app, NameOf(environment, "Network"), environment, Of(environment, "Network", home));
        var data = new DataStack(app, NameOf(environment, "Data"), environment, network, Of(environment, "Data", home));
        var services = new ServicesStack(app, NameOf(environment, "Services"), environment, network, data, Of(environment, "Services", home));
        var site = new EdgeStack(app, NameOf(environment, "Edge"), environment, Of(environment, "Edge", edge));
        _ = new DeliveryStack(app, NameOf(environment, "Delivery"), environment, network, Of(environment, "Delivery", home));
        _ = new MonitoringStack(app, NameOf(environment, "Monitoring"), environment, network, services, Of(environment, "Monitoring", home));
        // It knows its origin and the secret by name alone, so nothing else says what comes first.
        site.AddDependency(data);

        Tags.Of(app).Add("application", "onlinecompiler");
        Tags.Of(app).Add("environment", environment.Name);
        app.Synth();
    }

    public static string NameOf(DeployEnvironment environment, string stack) => $"onlinecompiler-{environment.Name}-{stack}";

    private static StackProps Of(DeployEnvironment environment, string stack, AwsEnvironment where) => new()
    {
        Env = where,
        Description = $"OnlineCompiler {environment.Name}: {stack}",
        TerminationProtection = stack is "Network" or "Data",
    };

    private static Dictionary<string, object> ContextOf(DeployEnvironment environment) => new()
    {
        // Said here, it is not asked for.
        [$"availability-zones:account={environment.Account}:region={environment.Region}"] = environment.Zones,
        ["@aws-cdk/aws-iam:minimizePolicies"] = true,
        ["@aws-cdk/core:checkSecretUsage"] = false,
        ["@aws-cdk/aws-ecs:arnFormatIncludesClusterName"] = true,
        ["@aws-cdk/aws-ecs:disableExplicitDeploymentControllerForCircuitBreaker"] = true,
        ["@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig"] = true,
        ["@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy"] = true,
        ["@aws-cdk/aws-kms:aliasNameRef"] = true,
        ["@aws-cdk/core:target-partitions"] = new[] { "aws" },
    };
}

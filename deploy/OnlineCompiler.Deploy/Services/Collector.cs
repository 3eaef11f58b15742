using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using OnlineCompiler.Deploy.Data;
using OnlineCompiler.Deploy.Environments;
using HealthCheck = Amazon.CDK.AWS.ECS.HealthCheck;

namespace OnlineCompiler.Deploy.Services;

/// <summary>The collector beside each service: takes its telemetry at localhost and carries it to X-Ray and CloudWatch.</summary>
internal static class Collector
{
    public const string Name = "collector";

    /// <summary>Of OTLP over gRPC.</summary>
    public const int Port = 4317;

    /// <summary>The release of the AWS Distro for OpenTelemetry that is mirrored into our repository.</summary>
    public const string Tag = "v0.49.0";

    public static string MetricsLog(DeployEnvironment environment) => $"/onlinecompiler/{environment.Name}/metrics";

    /// <summary>What the services log from information up, each record with its trace, by way of the collector.</summary>
    public static string ServicesLog(DeployEnvironment environment) => $"/onlinecompiler/{environment.Name}/services";

    public static void Add(TaskDefinition task, DeployEnvironment environment, DataStack data, ILogGroup log)
    {
        task.AddContainer(Name, new ContainerDefinitionOptions
        {
            Image = ContainerImage.FromEcrRepository(data.Images.Of(Images.Collector), Tag),
            // A service without its collector serves; it is only unseen.
            Essential = false,
            Cpu = 32,
            MemoryReservationMiB = 64,
            MemoryLimitMiB = 128,
            ReadonlyRootFilesystem = true,
            Environment = new Dictionary<string, string> { ["AOT_CONFIG_CONTENT"] = ConfigurationOf(environment) },
            HealthCheck = new HealthCheck { Command = ["CMD", "/healthcheck"], Interval = Duration.Seconds(30), Timeout = Duration.Seconds(5), Retries = 3 },
            Logging = LogDrivers.AwsLogs(new AwsLogDriverProps { LogGroup = log, StreamPrefix = Name }),
        });
        Allow(task.TaskRole, environment);
    }

    /// <summary>The collector would take its own variables from the environment, in a form that CloudFormation takes for its own.</summary>
    private static string ConfigurationOf(DeployEnvironment environment) => Resources.Read("collector.yaml")
        .Replace("METRICS_NAMESPACE", environment.MetricsNamespace, StringComparison.Ordinal)
        .Replace("METRICS_LOG", MetricsLog(environment), StringComparison.Ordinal)
        .Replace("SERVICES_LOG", ServicesLog(environment), StringComparison.Ordinal);

    private static void Allow(IRole role, DeployEnvironment environment)
    {
        role.AddToPrincipalPolicy(new PolicyStatement(new PolicyStatementProps
        {
            Actions = ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
            // X-Ray knows no resources for these.
            Resources = ["*"],
        }));
        role.AddToPrincipalPolicy(new PolicyStatement(new PolicyStatementProps
        {
            Actions = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            Resources =
            [
                .. new[] { MetricsLog(environment), ServicesLog(environment) }
                    .Select(log => $"arn:aws:logs:{environment.Region}:{environment.Account}:log-group:{log}:*"),
            ],
        }));
    }
}

using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;

namespace OnlineCompiler.Deploy.Monitoring;

/// <summary>What the services measure, as CloudWatch has it: names are those of their meters, dimensions those in <c>collector.yaml</c>.</summary>
internal static class Metrics
{
    public const string ServiceDimension = "service.name";

    /// <summary>Languages whose speed is watched; the others are too rare for percentiles to mean something.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["python", "javascript", "typescript", "java", "c", "cpp", "csharp", "bash"];

    public static Metric BusySlots(DeployEnvironment environment) => Of(environment, "onlinecompiler.executions.running", "Average");

    public static Metric QueueWait(DeployEnvironment environment, string statistic) => Of(environment, "onlinecompiler.queue.duration", statistic);

    public static Metric Waiting(DeployEnvironment environment) => Of(environment, "onlinecompiler.queue.waiting", "Maximum");

    public static Metric IdleWorkers(DeployEnvironment environment) => Of(environment, "onlinecompiler.workers.idle", "Minimum");

    public static Metric LostWorkers(DeployEnvironment environment) => Of(environment, "onlinecompiler.workers.lost", "Sum");

    public static Metric Runs(DeployEnvironment environment) => Of(environment, "onlinecompiler.executions", "Sum");

    public static Metric PoolTaken(DeployEnvironment environment) => Of(environment, "onlinecompiler.pool.taken", "Sum");

    public static Metric PoolMisses(DeployEnvironment environment) => Of(environment, "onlinecompiler.pool.misses", "Sum");

    public static Metric RunTime(DeployEnvironment environment, string language) =>
        Of(environment, "onlinecompiler.stage.duration", "p95", ServiceModels.Execution, new Dictionary<string, string> { ["language"] = language, ["stage"] = "run" }, language);

    public static Metric Answers(DeployEnvironment environment) => Of(environment, "http.server.request.duration", "SampleCount", ServiceModels.Gateway);

    public static Metric Answers(DeployEnvironment environment, int status) =>
        Of(environment, "http.server.request.duration", "SampleCount", ServiceModels.Gateway, new Dictionary<string, string> { ["http.response.status_code"] = $"{status}" }, $"{status}");

    private static Metric Of(
        DeployEnvironment environment, string name, string statistic, string service = ServiceModels.Execution, Dictionary<string, string>? dimensions = null, string? label = null) => new(new MetricProps
        {
            Namespace = environment.MetricsNamespace,
            MetricName = name,
            Statistic = statistic,
            Period = Duration.Minutes(1),
            Label = label,
            DimensionsMap = new Dictionary<string, string>(dimensions ?? []) { [ServiceDimension] = service },
        });
}

using System.Text.RegularExpressions;
using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Monitoring;

/// <summary>The collector's configuration, as the containers are told it.</summary>
public sealed partial class CollectorTests(SynthesizedEnvironments environments)
{
    /// <summary>Of those that the AWS Distro for OpenTelemetry has, by its documentation.</summary>
    private static readonly Dictionary<string, string[]> _components = new()
    {
        ["receivers"] = ["otlp", "prometheus", "awsecscontainermetrics", "awsxray", "statsd", "zipkin", "jaeger", "awscontainerinsightreceiver"],
        ["processors"] =
        [
            "attributes", "resource", "batch", "memory_limiter", "probabilistic_sampler", "metricstransform", "span", "filter",
            "resourcedetection", "experimental_metricsgeneration", "cumulativetodelta", "deltatorate",
        ],
        ["exporters"] = ["awsxray", "awsemf", "awscloudwatchlogs", "otlp", "otlphttp", "file", "prometheus", "prometheusremotewrite"],
        ["extensions"] = ["health_check", "pprof", "zpages", "ecs_observer", "awsproxy", "sigv4auth"],
    };

    [Fact]
    public void Every_component_is_one_that_the_collector_has_and_is_used()
    {
        var configuration = Configuration("production");
        var used = Pipelines(configuration).SelectMany(pipeline => pipeline.Value).ToLookup(part => part.Kind, part => part.Name);
        foreach (var (kind, known) in _components)
        {
            var defined = Keys(configuration, kind).ToList();
            Assert.NotEmpty(defined);
            Assert.Empty(defined.Select(name => name.Split('/')[0]).Except(known));
            var inUse = kind == "extensions" ? Lists(configuration, "extensions").Single() : [.. used[kind].Distinct()];
            Assert.Equal(defined.Order(StringComparer.Ordinal), inUse.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("traces", "awsxray")]
    [InlineData("metrics", "awsemf")]
    [InlineData("logs", "awscloudwatchlogs")]
    public void What_the_services_send_goes_through_bounded_memory_and_in_batches_to_AWS(string pipeline, string exporter)
    {
        var parts = Pipelines(Configuration("production"))[pipeline].ToLookup(part => part.Kind, part => part.Name);

        Assert.Equal(["otlp"], parts["receivers"]);
        Assert.Equal([exporter], parts["exporters"]);
        var processors = parts["processors"].ToList();
        // First what refuses, last what gathers.
        Assert.Equal("memory_limiter", processors[0]);
        Assert.StartsWith("batch", processors[^1], StringComparison.Ordinal);
        if (pipeline != "metrics")
            Assert.Equal(["resourcedetection", "attributes/private"], processors[1..^1]);
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void It_writes_to_logs_that_are_there_and_that_its_task_may_write_to(string name)
    {
        var template = environments[name];
        var groups = LogGroupName().Matches(Configuration(name)).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal([$"/onlinecompiler/{name}/metrics", $"/onlinecompiler/{name}/services"], groups.Order(StringComparer.Ordinal));
        Assert.Empty(groups.Except(template.Of("AWS::Logs::LogGroup").Select(group => group.Text("LogGroupName"))));
        foreach (var task in template.Of("AWS::ECS::TaskDefinition").Where(HasCollector))
        {
            var role = template.Target(task.Stack, task["TaskRoleArn"]!)!.Id;
            var policies = string.Concat(template.Of("AWS::IAM::Policy").Where(policy => policy["Roles"]!.ToJsonString().Contains($"\"{role}\"", StringComparison.Ordinal)).Select(policy => policy["PolicyDocument"]!.ToJsonString()));
            Assert.All(groups, group => Assert.Contains($":log-group:{group}:*", policies, StringComparison.Ordinal));
            Assert.Contains("xray:PutTraceSegments", policies, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Nothing_in_it_is_left_for_the_collector_to_replace(string name) =>
        Assert.DoesNotMatch("\\$\\{|METRICS_|SERVICES_", Configuration(name));

    /// <summary>CloudFront hands on every header of its caller; the load balancer adds one of its own, which nothing here reads.</summary>
    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void A_trace_that_a_caller_began_reaches_the_Gateway(string name)
    {
        string[] handsOnAll = ["b689b0a8-53d0-40ab-baf2-68738e2966ac", "216adef6-5c7f-47e4-b989-5492eafa07d3"];
        var behaviors = environments[name].Single("AWS::CloudFront::Distribution")["DistributionConfig.CacheBehaviors"]!.AsArray()
            .Where(behavior => ((string)behavior!["PathPattern"]!).StartsWith("/api", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(behaviors);
        Assert.All(behaviors, behavior => Assert.Contains((string?)behavior!["OriginRequestPolicyId"], handsOnAll));
    }

    private string Configuration(string name)
    {
        var task = environments[name].Of("AWS::ECS::TaskDefinition").First(HasCollector);
        return Template.SettingsOf(Template.ContainerOf(task, "collector"))["AOT_CONFIG_CONTENT"];
    }

    private static bool HasCollector(TemplateResource task) => task["ContainerDefinitions"]!.AsArray().Any(container => (string?)container!["Name"] == "collector");

    /// <summary>Names directly below a key that stands at the beginning of a line.</summary>
    private static IEnumerable<string> Keys(string yaml, string section) => yaml.Split('\n')
        .SkipWhile(line => line != $"{section}:").Skip(1).TakeWhile(line => line.Length == 0 || line[0] is ' ' or '#')
        .Select(line => SecondLevel().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    private static IEnumerable<string[]> Lists(string yaml, string key) => yaml.Split('\n').Select(line => line.Trim())
        .Where(line => line.StartsWith($"{key}: [", StringComparison.Ordinal)).Select(ListOf);

    private static Dictionary<string, List<(string Kind, string Name)>> Pipelines(string yaml)
    {
        var pipelines = new Dictionary<string, List<(string, string)>>();
        var current = "";
        foreach (var line in yaml.Split('\n').SkipWhile(line => line != "  pipelines:").Skip(1))
        {
            if (ThirdLevel().Match(line) is { Success: true } name)
                pipelines[current = name.Groups[1].Value] = [];
            else if (line.Contains(": [", StringComparison.Ordinal))
                pipelines[current].AddRange(ListOf(line).Select(part => (line.Trim().Split(':')[0], part)));
        }
        return pipelines;
    }

    private static string[] ListOf(string line) => line.Split('[')[1].TrimEnd(']', ' ').Split(", ");

    [GeneratedRegex("^  ([a-z_/]+):")]
    private static partial Regex SecondLevel();

    [GeneratedRegex("^    ([a-z]+):$")]
    private static partial Regex ThirdLevel();

    [GeneratedRegex("log_group_name: (\\S+)")]
    private static partial Regex LogGroupName();
}

using System.Text.RegularExpressions;
using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Services;

public sealed partial class ScalingTests(SynthesizedEnvironments environments)
{
    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void Gateways_follow_requests_and_CPU_and_the_others_CPU(string name)
    {
        var template = environments[name];

        Assert.Equal(["ALBRequestCountPerTarget", "ECSServiceAverageCPUUtilization"], Predefined(template, "gateway"));
        Assert.Equal(["ECSServiceAverageCPUUtilization"], Predefined(template, "session"));
        Assert.Equal(["ECSServiceAverageCPUUtilization"], Predefined(template, "ai"));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void Execution_follows_the_places_taken_and_the_wait_for_one(string name)
    {
        var template = environments[name];
        var busy = Policies(template, "execution").Single(policy => policy["TargetTrackingScalingPolicyConfiguration"] is not null)["TargetTrackingScalingPolicyConfiguration"]!;
        var places = int.Parse(Template.SettingsOf(template.ContainerOf("execution"))["Execution__MaxConcurrent"], null);

        Assert.Equal("onlinecompiler.executions.running", (string?)busy["CustomizedMetricSpecification"]!["MetricName"]);
        Assert.Equal(places * 0.7, (double)busy["TargetValue"]!, 3);
        var wait = template.Of("AWS::CloudWatch::Alarm").Single(alarm => alarm.Stack == "Services" && alarm.Text("MetricName") == "onlinecompiler.queue.duration");
        Assert.Equal(("p90", "1"), (wait.Text("ExtendedStatistic"), wait.Text("Threshold")));
        Assert.Contains(Policies(template, "execution"), policy => (string?)wait["AlarmActions"]![0]!["Ref"] == policy.Id);
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Tasks), MemberType = typeof(SynthesizedEnvironments))]
    public void Workers_follow_how_many_are_idle(string name)
    {
        var template = environments[name];
        var alarms = template.Of("AWS::CloudWatch::Alarm").Where(alarm => alarm.Stack == "Services" && alarm.Text("MetricName") == "onlinecompiler.workers.idle").ToList();

        Assert.Equal(["GreaterThanOrEqualToThreshold", "LessThanOrEqualToThreshold"], alarms.Select(alarm => alarm.Text("ComparisonOperator")).Order(StringComparer.Ordinal));
        Assert.All(alarms, alarm => Assert.Contains(Policies(template, "worker"), policy => (string?)alarm["AlarmActions"]![0]!["Ref"] == policy.Id));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void Every_service_stays_within_what_the_environment_says(string name)
    {
        var template = environments[name];
        foreach (var (service, size) in template.Context.Services)
        {
            var target = TargetOf(template, service);
            Assert.Equal((size.Min, size.Max), ((int)target["MinCapacity"]!, (int)target["MaxCapacity"]!));
        }
    }

    [Fact]
    public void Every_metric_that_is_asked_for_is_one_that_the_services_have()
    {
        var measured = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "ExecutionService"), "*Telemetry.cs", SearchOption.AllDirectories)
            .SelectMany(path => MetricName().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value)).ToHashSet();

        var asked = SynthesizedEnvironments.Names
            .SelectMany(name => MetricName().Matches(environments[name].TextOf("Services") + environments[name].TextOf("Monitoring").Replace("\\u0022", "\"", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal)))
            .Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(asked.Count > 6, string.Join(", ", asked));
        Assert.Empty(asked.Except(measured));
    }

    private static List<string?> Predefined(Template template, string service) => Policies(template, service)
        .Select(policy => policy.Text("TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType"))
        .Where(metric => metric is not null).Order(StringComparer.Ordinal).ToList();

    private static IEnumerable<TemplateResource> Policies(Template template, string service)
    {
        var target = TargetOf(template, service);
        return template.Of("AWS::ApplicationAutoScaling::ScalingPolicy").Where(policy => (string?)policy["ScalingTargetId"]!["Ref"] == target.Id);
    }

    private static TemplateResource TargetOf(Template template, string service) =>
        template.Of("AWS::ApplicationAutoScaling::ScalableTarget").Single(target => target["ResourceId"]!.ToJsonString().Contains($"\"{template.Service(service).Id}\"", StringComparison.Ordinal));

    [GeneratedRegex("\"(onlinecompiler\\.[a-z_.]+)\"")]
    private static partial Regex MetricName();
}

using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Monitoring;

public sealed class MonitoringTests(SynthesizedEnvironments environments)
{
    private static readonly string[] _everywhere = ["error-rate", "front-5xx", "queue-wait", "refused", "sandbox-failures", "site-in-trouble", "slow-runs"];

    [Theory]
    [InlineData("production", "pool-misses", "redis-memory")]
    [InlineData("staging", "pool-misses", "redis-memory")]
    [InlineData("fargate", "workers-lost", "redis-memory")]
    [InlineData("serverless", "workers-lost")]
    public void There_is_an_alarm_for_all_that_goes_wrong(string name, params string[] further) =>
        Assert.Equal(_everywhere.Concat(further).Order(StringComparer.Ordinal), AlarmsOf(environments[name]).Select(alarm => NameOf(name, alarm)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Every_alarm_reaches_a_person_and_says_where_to_read_what_to_do(string name)
    {
        var template = environments[name];
        var runbook = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "operate.md"));

        Assert.All(AlarmsOf(template), alarm =>
        {
            Assert.Equal("AWS::SNS::Topic", template.Target("Monitoring", Assert.Single(alarm["AlarmActions"]!.AsArray())!)!.Kind);
            Assert.Contains($"\n### Alarm: {NameOf(name, alarm)}\n", runbook, StringComparison.Ordinal);
            Assert.Equal($"What to do: docs/operate.md, \"Alarm: {NameOf(name, alarm)}\"", alarm.Text("AlarmDescription"));
        });
        Assert.Equal(("email", template.Context.AlarmEmail), (template.Single("AWS::SNS::Subscription").Text("Protocol"), template.Single("AWS::SNS::Subscription").Text("Endpoint")));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void The_composite_alarm_is_of_what_cannot_wait(string name)
    {
        var template = environments[name];
        var rule = template.Single("AWS::CloudWatch::CompositeAlarm")["AlarmRule"]!.ToJsonString();

        var named = template.Of("AWS::CloudWatch::Alarm").Where(alarm => rule.Contains($"\"{alarm.Id}\"", StringComparison.Ordinal)).Select(alarm => NameOf(name, alarm));

        Assert.Equal(["error-rate", "front-5xx", "queue-wait", "sandbox-failures"], named.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Slow_runs_are_the_slowest_languages_95th_percentile(string name)
    {
        var alarm = AlarmsOf(environments[name]).Single(each => NameOf(name, each) == "slow-runs");
        var stats = alarm["Metrics"]!.AsArray().Select(metric => metric!["MetricStat"]).Where(stat => stat is not null).ToList();

        Assert.Equal(["bash", "c", "cpp", "csharp", "java", "javascript", "python", "typescript"],
            stats.Select(stat => (string)stat!["Metric"]!["Dimensions"]!.AsArray().Single(dimension => (string?)dimension!["Name"] == "language")!["Value"]!).Order(StringComparer.Ordinal));
        Assert.All(stats, stat => Assert.Equal("p95", (string?)stat!["Stat"]));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void A_kind_of_answer_that_did_not_come_hides_no_other(string name)
    {
        var computed = AlarmsOf(environments[name]).Where(alarm => alarm["Metrics"] is JsonArray metrics && metrics.Any(metric => metric!["Expression"] is not null)).ToList();

        Assert.True(computed.Count >= 2);
        Assert.All(computed, alarm =>
        {
            var metrics = alarm["Metrics"]!.AsArray();
            var expression = metrics.Select(metric => (string?)metric!["Expression"]).Single(each => each is not null)!;
            // The number of all answers is there whenever any is.
            Assert.All(metrics.Select(metric => (string)metric!["Id"]!).Where(id => id != "answers" && metrics.Single(metric => (string)metric!["Id"]! == id)!["MetricStat"] is not null),
                id => Assert.Contains($"FILL({id}, 0)", expression, StringComparison.Ordinal));
        });
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Sandbox_failures_are_the_events_that_the_ExecutionService_logs(string name)
    {
        var filter = environments[name].Single("AWS::Logs::MetricFilter");
        var logged = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "ExecutionService"), "Log.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();

        Assert.Equal("{ $.EventId = 300 || $.EventId = 111 || $.EventId = 102 }", filter.Text("FilterPattern"));
        Assert.Equal($"/onlinecompiler/{name}/execution", filter.Text("LogGroupName"));
        foreach (var id in (int[])[300, 111, 102])
            Assert.Single(logged, text => text.Contains($"EventId = {id}, Level = LogLevel.Error", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Metrics_are_asked_for_with_dimensions_that_the_collector_keeps(string name)
    {
        var collector = File.ReadAllText(Path.Combine(Checkout.Root, "deploy", "collector", "collector.yaml"));
        var kept = collector.Split('\n').Where(line => line.Contains("dimensions: [[", StringComparison.Ordinal))
            .SelectMany(line => line.Split("[[")[1].Split("]]")[0].Split("], ["))
            .Select(set => string.Join(",", set.Split(", ").Order(StringComparer.Ordinal))).ToHashSet();
        var asked = environments[name].Of("AWS::CloudWatch::Alarm")
            .SelectMany(alarm => alarm["Metrics"] is JsonArray metrics ? metrics.Select(metric => metric!["MetricStat"]?["Metric"]).OfType<JsonObject>() : [alarm.Values])
            .Where(metric => ((string?)metric["Namespace"])?.StartsWith("OnlineCompiler/", StringComparison.Ordinal) is true && metric["Dimensions"] is not null)
            .Select(metric => string.Join(",", metric["Dimensions"]!.AsArray().Select(dimension => (string)dimension!["Name"]!).Order(StringComparer.Ordinal))).Distinct().ToList();

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(kept));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void The_dashboard_begins_with_what_is_wrong(string name)
    {
        var body = environments[name].Single("AWS::CloudWatch::Dashboard")["DashboardBody"]!.ToJsonString();

        var widgets = System.Text.RegularExpressions.Regex.Matches(body, "\\\\u0022type\\\\u0022:\\\\u0022([a-z]+)\\\\u0022|\\\\\"type\\\\\":\\\\\"([a-z]+)\\\\\"").Select(match => match.Groups[1].Value + match.Groups[2].Value).ToList();

        Assert.Equal("alarm", widgets[0]);
        Assert.True(widgets.Count(widget => widget == "metric") >= 8, string.Join(", ", widgets));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Money_is_watched_for_more_than_planned_and_more_than_usual(string name)
    {
        var template = environments[name];

        Assert.Equal(template.Context.MonthlyBudgetUsd, (int)template.Single("AWS::Budgets::Budget")["Budget.BudgetLimit.Amount"]!);
        var anomaly = template.Single("AWS::CE::AnomalySubscription");
        Assert.Equal(template.Context.AlarmEmail, (string?)anomaly["Subscribers"]![0]!["Address"]);
        Assert.Equal("AWS::CE::AnomalyMonitor", template.Target("Monitoring", anomaly["MonitorArnList"]![0]!)!.Kind);
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Questions_for_the_logs_are_saved_for_every_service(string name)
    {
        var queries = environments[name].Of("AWS::Logs::QueryDefinition").ToList();

        Assert.Equal(["errors", "one-trace", "sandbox", "traces-with-errors", "warnings-by-kind"], queries.Select(query => query.Text("Name")!.Split('/')[1]).Order(StringComparer.Ordinal));
        Assert.All(queries, query =>
        {
            var groups = query["LogGroupNames"]!.AsArray().Select(group => (string)group!).ToList();
            Assert.Superset(new HashSet<string>(((string[])["ai", "execution", "gateway", "session"]).Select(service => $"/onlinecompiler/{name}/{service}")), groups.ToHashSet());
            Assert.Empty(groups.Except(environments[name].Of("AWS::Logs::LogGroup").Select(group => group.Text("LogGroupName"))));
        });
    }

    private static IEnumerable<TemplateResource> AlarmsOf(Template template) =>
        template.Of("AWS::CloudWatch::Alarm").Concat(template.Of("AWS::CloudWatch::CompositeAlarm")).Where(alarm => alarm.Stack == "Monitoring");

    private static string NameOf(string environment, TemplateResource alarm) =>
        (alarm.Text("AlarmName") ?? alarm.Text("CompositeAlarmName"))!.Replace($"onlinecompiler-{environment}-", "", StringComparison.Ordinal);
}

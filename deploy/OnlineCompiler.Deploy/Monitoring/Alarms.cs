using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SNS;
using OnlineCompiler.Deploy.Data;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;
using OnlineCompiler.Deploy.Services;

namespace OnlineCompiler.Deploy.Monitoring;

/// <summary>What wakes someone. Each alarm has an entry of its name in docs/operate.md, which a test looks after.</summary>
internal sealed class Alarms(Stack stack, DeployEnvironment environment, ITopic topic)
{
    private const double ErrorPercent = 2;
    private const double QueueWaitSeconds = 5;
    private const double RunSeconds = 9;
    private const double PoolMissPercent = 50;
    private const double RefusedPerMinute = 300;
    private const double RedisMemoryPercent = 80;

    private readonly List<Alarm> _urgent = [];
    private readonly List<Alarm> _all = [];

    public IReadOnlyList<Alarm> All => _all;

    public void Add(ServicesStack services)
    {
        Create("error-rate", ErrorRate(), ErrorPercent, 5, urgent: true);
        Create("front-5xx", Front5xx(services), 10, 3, urgent: true);
        Create("queue-wait", Metrics.QueueWait(environment, "p95"), QueueWaitSeconds, 5, urgent: true);
        Create("sandbox-failures", SandboxFailures(), 3, 5, urgent: true);
        Create("slow-runs", SlowestLanguage(), RunSeconds, 10);
        Create("refused", Refused(), RefusedPerMinute, 5);
        if (environment.UsesTasks)
            Create("workers-lost", Metrics.LostWorkers(environment), 10, 5);
        else
            Create("pool-misses", PoolMisses(), PoolMissPercent, 15);
        if (environment.HasRedis)
            Create("redis-memory", RedisMemory(), RedisMemoryPercent, 5);

        var composite = new CompositeAlarm(stack, "site-in-trouble", new CompositeAlarmProps
        {
            CompositeAlarmName = NameOf("site-in-trouble"),
            AlarmDescription = Runbook("site-in-trouble"),
            AlarmRule = AlarmRule.AnyOf([.. _urgent.Select(alarm => AlarmRule.FromAlarm(alarm, AlarmState.ALARM))]),
        });
        composite.AddAlarmAction(new SnsAction(topic));
    }

    public MathExpression ErrorRate() => Expression("IF(answers > 0, 100 * (FILL(e500, 0) + FILL(e502, 0) + FILL(e503, 0) + FILL(e504, 0)) / answers, 0)", "Failed answers, %", new()
    {
        ["e500"] = Metrics.Answers(environment, 500),
        ["e502"] = Metrics.Answers(environment, 502),
        ["e503"] = Metrics.Answers(environment, 503),
        ["e504"] = Metrics.Answers(environment, 504),
        ["answers"] = Metrics.Answers(environment),
    });

    public IMetric Refused() => environment.IsServerless
        ? Expression("FILL(api, 0) + FILL(functions, 0)", "Refused", new() { ["api"] = Metrics.Answers(environment, 429), ["functions"] = LambdaThrottles() })
        : Metrics.Answers(environment, 429);

    public MathExpression PoolMisses() => Expression("IF(FILL(misses, 0) > 0, 100 * FILL(misses, 0) / (FILL(misses, 0) + FILL(taken, 0)), 0)", "Stages made too late, %", new()
    {
        ["misses"] = Metrics.PoolMisses(environment),
        ["taken"] = Metrics.PoolTaken(environment),
    });

    public Metric RedisMemory() => new(new MetricProps
    {
        Namespace = "AWS/ElastiCache",
        MetricName = "DatabaseMemoryUsagePercentage",
        Statistic = "Maximum",
        Period = Duration.Minutes(1),
        DimensionsMap = new Dictionary<string, string> { ["CacheClusterId"] = $"{RedisStore.IdOf(environment)}-001" },
    });

    public Metric SandboxFailures() => new(new MetricProps
    {
        Namespace = environment.MetricsNamespace,
        MetricName = MonitoringStack.SandboxFailures,
        Statistic = "Sum",
        Period = Duration.Minutes(1),
    });

    public static IMetric Front5xx(ServicesStack services) => services.Balancer is { } front
        ? Expression("FILL(answered, 0) + FILL(unanswered, 0)", "5xx of the load balancer and behind it", new()
        {
            ["answered"] = front.Balancer.Metrics.HttpCodeTarget(Amazon.CDK.AWS.ElasticLoadBalancingV2.HttpCodeTarget.TARGET_5XX_COUNT, PerMinute()),
            ["unanswered"] = front.Balancer.Metrics.HttpCodeElb(Amazon.CDK.AWS.ElasticLoadBalancingV2.HttpCodeElb.ELB_5XX_COUNT, PerMinute()),
        })
        : services.Api!.Api.MetricServerError(PerMinute());

    public IEnumerable<Metric> ByLanguage() => Metrics.Languages.Select(language => Metrics.RunTime(environment, language));

    private MathExpression SlowestLanguage() =>
        Expression($"MAX([{string.Join(", ", Metrics.Languages.Select(language => $"FILL({language}, 0)"))}])", "p95 of the slowest language", ByLanguage().Zip(Metrics.Languages).ToDictionary(pair => pair.Second, pair => (IMetric)pair.First));

    private static Metric LambdaThrottles() => new(new MetricProps { Namespace = "AWS/Lambda", MetricName = "Throttles", Statistic = "Sum", Period = Duration.Minutes(1) });

    private static MetricOptions PerMinute() => new() { Statistic = "Sum", Period = Duration.Minutes(1) };

    // What was not counted in a minute has no value then, and nor has anything that is made of it: hence every FILL above.
    private static MathExpression Expression(string expression, string label, Dictionary<string, IMetric> metrics) =>
        new(new MathExpressionProps { Expression = expression, Label = label, UsingMetrics = metrics, Period = Duration.Minutes(1) });

    private void Create(string name, IMetric metric, double threshold, int minutes, bool urgent = false)
    {
        var alarm = new Alarm(stack, name, new AlarmProps
        {
            AlarmName = NameOf(name),
            AlarmDescription = Runbook(name),
            Metric = metric,
            Threshold = threshold,
            ComparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD,
            EvaluationPeriods = minutes,
            DatapointsToAlarm = Math.Max(1, minutes * 3 / 5),
            // Nobody asks for anything at night: that is no trouble.
            TreatMissingData = TreatMissingData.NOT_BREACHING,
        });
        alarm.AddAlarmAction(new SnsAction(topic));
        alarm.AddOkAction(new SnsAction(topic));
        _all.Add(alarm);
        if (urgent)
            _urgent.Add(alarm);
    }

    private string NameOf(string name) => $"onlinecompiler-{environment.Name}-{name}";

    private static string Runbook(string name) => $"What to do: docs/operate.md, \"Alarm: {name}\"";
}

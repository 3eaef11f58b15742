using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Services;

namespace OnlineCompiler.Deploy.Monitoring;

/// <summary>For someone who was woken up, from the top: what is wrong, what callers feel, why, and what to ask the logs.</summary>
internal static class OnCallDashboard
{
    private const int Full = 24;
    private const int Half = 12;
    private const int Third = 8;

    public static void Create(Stack stack, DeployEnvironment environment, Alarms alarms, ServicesStack services) => _ = new Dashboard(stack, "dashboard", new DashboardProps
    {
        DashboardName = $"onlinecompiler-{environment.Name}",
        DefaultInterval = Duration.Hours(3),
        Widgets =
        [
            [new AlarmStatusWidget(new AlarmStatusWidgetProps { Title = "What is wrong (docs/operate.md says what to do)", Width = Full, Alarms = [.. alarms.All] })],
            [
                Graph("Failed answers, %", Half, alarms.ErrorRate()),
                Graph("Waiting for a turn, s", Half, Metrics.QueueWait(environment, "p50"), Metrics.QueueWait(environment, "p95")),
            ],
            [
                Graph("Runs a minute", Third, Metrics.Runs(environment)),
                Graph("Run time by language, p95, s", Third, [.. alarms.ByLanguage()]),
                Graph("Refused (429) and failed at the front (5xx)", Third, alarms.Refused(), Alarms.Front5xx(services)),
            ],
            [
                Graph("Places taken, and runs that wait", Third, Metrics.BusySlots(environment), Metrics.Waiting(environment)),
                environment.UsesTasks
                    ? Graph("Workers idle, and lost", Third, Metrics.IdleWorkers(environment), Metrics.LostWorkers(environment))
                    : Graph("Stages made too late, %", Third, alarms.PoolMisses()),
                Graph("Sandboxes that failed", Third, alarms.SandboxFailures()),
            ],
            environment.HasRedis ? [Graph("Redis memory, %", Half, alarms.RedisMemory())] : [],
        ],
    });

    private static GraphWidget Graph(string title, int width, params IMetric[] metrics) =>
        new(new GraphWidgetProps { Title = title, Width = width, Left = metrics, LeftYAxis = new YAxisProps { Min = 0 } });
}

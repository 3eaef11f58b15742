using Amazon.CDK;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;
using OnlineCompiler.Deploy.Network;
using OnlineCompiler.Deploy.Services;

namespace OnlineCompiler.Deploy.Monitoring;

/// <summary>What tells people: alarms, the dashboard, questions for the logs, and the bill.</summary>
internal sealed class MonitoringStack : Stack
{
    /// <summary>Counted from the log, for a sandbox that failed is an event, not a measurement.</summary>
    public const string SandboxFailures = "sandbox-failures";

    public MonitoringStack(Construct scope, string id, DeployEnvironment environment, NetworkStack network, ServicesStack services, StackProps props)
        : base(scope, id, props)
    {
        var topic = new Topic(this, "alarms", new TopicProps { MasterKey = network.Key, EnforceSSL = true });
        topic.AddSubscription(new EmailSubscription(environment.AlarmEmail));

        // Events 300 (a sandbox failed), 111 (the self-test did) and 102 (none can be built) of the ExecutionService.
        _ = new MetricFilter(this, "sandbox-filter", new MetricFilterProps
        {
            LogGroup = LogGroup.FromLogGroupName(this, "execution-log", ServiceTasks.LogOf(environment, ServiceModels.Execution)),
            FilterPattern = FilterPattern.Literal("{ $.EventId = 300 || $.EventId = 111 || $.EventId = 102 }"),
            MetricNamespace = environment.MetricsNamespace,
            MetricName = SandboxFailures,
            MetricValue = "1",
        });

        var alarms = new Alarms(this, environment, topic);
        alarms.Add(services);
        OnCallDashboard.Create(this, environment, alarms, services);
        SavedQueries.Add(this, environment);
        Spending.Watch(this, environment);
    }
}

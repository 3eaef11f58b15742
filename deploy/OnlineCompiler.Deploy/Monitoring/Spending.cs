using Amazon.CDK;
using Amazon.CDK.AWS.Budgets;
using Amazon.CDK.AWS.CE;
using OnlineCompiler.Deploy.Environments;

namespace OnlineCompiler.Deploy.Monitoring;

/// <summary>The two ways to hear of money before the bill: more than was planned, and more than was usual.</summary>
internal static class Spending
{
    /// <summary>What has to be out of the ordinary before someone is told, in USD.</summary>
    private const int AnomalyUsd = 20;

    public static void Watch(Stack stack, DeployEnvironment environment)
    {
        var monitor = new CfnAnomalyMonitor(stack, "cost-monitor", new CfnAnomalyMonitorProps
        {
            MonitorName = $"onlinecompiler-{environment.Name}",
            MonitorType = "DIMENSIONAL",
            MonitorDimension = "SERVICE",
        });
        _ = new CfnAnomalySubscription(stack, "cost-anomaly", new CfnAnomalySubscriptionProps
        {
            SubscriptionName = $"onlinecompiler-{environment.Name}-cost-anomaly",
            Frequency = "DAILY",
            MonitorArnList = [monitor.AttrMonitorArn],
            ThresholdExpression = $$$"""{"Dimensions":{"Key":"ANOMALY_TOTAL_IMPACT_ABSOLUTE","MatchOptions":["GREATER_THAN_OR_EQUAL"],"Values":["{{{AnomalyUsd}}}"]}}""",
            Subscribers = new object[] { new CfnAnomalySubscription.SubscriberProperty { Type = "EMAIL", Address = environment.AlarmEmail } },
        });
        _ = new CfnBudget(stack, "budget", new CfnBudgetProps
        {
            Budget = new CfnBudget.BudgetDataProperty
            {
                BudgetName = $"onlinecompiler-{environment.Name}",
                BudgetType = "COST",
                TimeUnit = "MONTHLY",
                BudgetLimit = new CfnBudget.SpendProperty { Amount = environment.MonthlyBudgetUsd, Unit = "USD" },
            },
            NotificationsWithSubscribers = new object[] { Tell(environment, "ACTUAL", 80), Tell(environment, "FORECASTED", 100) },
        });
    }

    private static CfnBudget.NotificationWithSubscribersProperty Tell(DeployEnvironment environment, string kind, int percent) => new()
    {
        Notification = new CfnBudget.NotificationProperty { NotificationType = kind, ComparisonOperator = "GREATER_THAN", Threshold = percent, ThresholdType = "PERCENTAGE" },
        Subscribers = new object[] { new CfnBudget.SubscriberProperty { SubscriptionType = "EMAIL", Address = environment.AlarmEmail } },
    };
}

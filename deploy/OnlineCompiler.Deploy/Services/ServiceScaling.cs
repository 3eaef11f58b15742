using Amazon.CDK;
using Amazon.CDK.AWS.ApplicationAutoScaling;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;
using OnlineCompiler.Deploy.Monitoring;
using AdjustmentType = Amazon.CDK.AWS.ApplicationAutoScaling.AdjustmentType;

namespace OnlineCompiler.Deploy.Services;

/// <summary>When there are more tasks of a service, and when fewer.</summary>
internal static class ServiceScaling
{
    private const int CpuPercent = 60;
    private const int RequestsPerTarget = 3_000;

    /// <summary>Of the runs that one service takes at once: above that, the next burst would wait.</summary>
    private const double BusyShare = 0.7;

    /// <summary>Seconds that a run waits for its turn, of the slowest tenth.</summary>
    private const double QueueWaitSeconds = 1;

    public static void OnCpu(BaseService service, DeployEnvironment environment, string name) =>
        Count(service, environment, name).ScaleOnCpuUtilization("cpu", new CpuUtilizationScalingProps { TargetUtilizationPercent = CpuPercent });

    public static void OnRequests(BaseService service, DeployEnvironment environment, string name, ApplicationTargetGroup target)
    {
        var count = Count(service, environment, name);
        count.ScaleOnCpuUtilization("cpu", new CpuUtilizationScalingProps { TargetUtilizationPercent = CpuPercent });
        count.ScaleOnRequestCount("requests", new RequestCountScalingProps { RequestsPerTarget = RequestsPerTarget, TargetGroup = target });
    }

    /// <summary>On what callers feel, which is the wait, before it comes to that on how many places are taken.</summary>
    public static void OnRuns(BaseService service, DeployEnvironment environment)
    {
        var count = Count(service, environment, ServiceModels.Execution);
        count.ScaleToTrackCustomMetric("busy", new TrackCustomMetricProps
        {
            Metric = Metrics.BusySlots(environment),
            TargetValue = Math.Max(1, ContainerSettings.ConcurrentRuns(environment) * BusyShare),
            ScaleInCooldown = Duration.Minutes(10),
            ScaleOutCooldown = Duration.Minutes(1),
        });
        count.ScaleOnMetric("queue-wait", new BasicStepScalingPolicyProps
        {
            Metric = Metrics.QueueWait(environment, "p90"),
            AdjustmentType = AdjustmentType.CHANGE_IN_CAPACITY,
            ScalingSteps =
            [
                // Going down is the other policy's business: a short wait says nothing about how many are too many.
                new ScalingInterval { Upper = QueueWaitSeconds, Change = 0 },
                new ScalingInterval { Lower = QueueWaitSeconds, Upper = QueueWaitSeconds * 5, Change = 1 },
                new ScalingInterval { Lower = QueueWaitSeconds * 5, Change = 3 },
            ],
            Cooldown = Duration.Minutes(2),
            EvaluationPeriods = 2,
        });
    }

    /// <summary>Of single-use workers, as many wait as come to be needed while one is replaced: those that are idle are what counts.</summary>
    public static void OnIdleWorkers(BaseService service, DeployEnvironment environment)
    {
        var size = environment.SizeOf(EnvironmentReader.WorkerSize);
        Count(service, environment, EnvironmentReader.WorkerSize).ScaleOnMetric("idle", new BasicStepScalingPolicyProps
        {
            Metric = Metrics.IdleWorkers(environment),
            AdjustmentType = AdjustmentType.PERCENT_CHANGE_IN_CAPACITY,
            MinAdjustmentMagnitude = 1,
            ScalingSteps =
            [
                new ScalingInterval { Upper = size.Min / 2.0, Change = 50 },
                new ScalingInterval { Lower = size.Min * 2, Change = -10 },
            ],
            Cooldown = Duration.Minutes(1),
            EvaluationPeriods = 1,
        });
    }

    private static ScalableTaskCount Count(BaseService service, DeployEnvironment environment, string name) =>
        service.AutoScaleTaskCount(new EnableScalingProps { MinCapacity = environment.SizeOf(name).Min, MaxCapacity = environment.SizeOf(name).Max });
}

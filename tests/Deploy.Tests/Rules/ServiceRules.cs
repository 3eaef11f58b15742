using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Rules;

/// <summary>How services are replaced, and what becomes of what runs meanwhile.</summary>
internal static class ServiceRules
{
    private const int FargateStopSeconds = 120;

    public static IEnumerable<string> Violations(Template template)
    {
        foreach (var service in template.Of("AWS::ECS::Service"))
        {
            var name = service.Text("ServiceName");
            if (service.Text("DeploymentConfiguration.DeploymentCircuitBreaker.Enable") != "true" || service.Text("DeploymentConfiguration.DeploymentCircuitBreaker.Rollback") != "true")
                yield return $"A deployment of {name} that fails is not taken back.";
            if (service.Text("DeploymentConfiguration.MinimumHealthyPercent") != "100")
                yield return $"A deployment of {name} takes some away before others are there.";
            foreach (var violation in ContainerViolations(name!, Template.ContainerOf(template.TaskOf(service), name!)))
                yield return violation;
        }

        foreach (var log in template.Of("AWS::Logs::LogGroup"))
        {
            if (log.Text("RetentionInDays") != $"{template.Context.LogRetentionDays}")
                yield return $"The log {log.Id} is not kept for as long as the environment says.";
            if (log["KmsKeyId"] is null)
                yield return $"The log {log.Id} is not encrypted with the environment's key.";
        }
    }

    private static IEnumerable<string> ContainerViolations(string name, JsonObject container)
    {
        if (container["ReadonlyRootFilesystem"]?.GetValue<bool>() != true)
            yield return $"{name} may write to its root.";
        if (container["StopTimeout"]?.GetValue<int>() != FargateStopSeconds)
            yield return $"{name} is not given the longest time to finish.";
        if (name != "worker" && container["HealthCheck"] is null)
            yield return $"{name} has no health check.";
    }
}

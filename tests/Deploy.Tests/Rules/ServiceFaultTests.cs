using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Rules;

/// <summary>Faults in how services are replaced, and in what they leave behind, are found.</summary>
public sealed class ServiceFaultTests(SynthesizedEnvironments environments)
{
    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void A_missing_circuit_breaker_is_found(string name)
    {
        var template = environments[name].Copy();
        template.Service("execution")["DeploymentConfiguration"]!.AsObject().Remove("DeploymentCircuitBreaker");

        Assert.Equal(["A deployment of execution that fails is not taken back."], RuleSet.Violations(template));
    }

    [Fact]
    public void A_circuit_breaker_that_takes_nothing_back_is_found()
    {
        var template = environments["production"].Copy();
        template.Service("gateway")["DeploymentConfiguration.DeploymentCircuitBreaker"]!["Rollback"] = false;

        Assert.Equal(["A deployment of gateway that fails is not taken back."], RuleSet.Violations(template));
    }

    [Fact]
    public void A_deployment_that_takes_some_away_before_others_are_there_is_found()
    {
        var template = environments["production"].Copy();
        template.Service("session")["DeploymentConfiguration"]!["MinimumHealthyPercent"] = 50;

        Assert.Equal(["A deployment of session takes some away before others are there."], RuleSet.Violations(template));
    }

    [Theory]
    [InlineData("ReadonlyRootFilesystem", "gateway may write to its root.")]
    [InlineData("StopTimeout", "gateway is not given the longest time to finish.")]
    [InlineData("HealthCheck", "gateway has no health check.")]
    public void What_a_container_is_not_told_is_found(string property, string violation)
    {
        var template = environments["production"].Copy();
        template.ContainerOf("gateway").Remove(property);

        Assert.Equal([violation], RuleSet.Violations(template));
    }

    [Theory]
    [InlineData("RetentionInDays", "is not kept for as long as the environment says.")]
    [InlineData("KmsKeyId", "is not encrypted with the environment's key.")]
    public void A_log_that_is_kept_for_ever_or_in_the_clear_is_found(string property, string violation)
    {
        var template = environments["production"].Copy();
        var log = template.Of("AWS::Logs::LogGroup").First();
        log.Values.Remove(property);

        Assert.Equal([$"The log {log.Id} {violation}"], RuleSet.Violations(template));
    }

    [Fact]
    public void A_page_that_is_nowhere_in_the_model_is_found() => Assert.Equal(
        ["The page is in one of the model and the templates alone."],
        ModelRules.Violations(environments["production"], [.. RuleSet.Declared.Where(resource => resource.Name != "web")]));
}

using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.OrdinaryUser;

public sealed class WithoutCgroupsTests(ServiceWithoutCgroups service) : OrdinaryUserTests(service), IClassFixture<ServiceWithoutCgroups>
{
    [Fact]
    public async Task It_runs_but_readiness_and_every_answer_say_that_it_is_weaker()
    {
        OrdinaryUserService.SkipUnlessRoot();
        var answer = await Service.RunAsync(Requests.Bash("echo hello"));
        var readiness = await ReadinessAsync();

        Assert.Equal(Isolation.WithoutCgroups, answer.Isolation);
        Assert.Contains("\"status\":\"degraded\"", readiness);
        Assert.Contains("limited for each process alone", readiness);
        Assert.Contains("Delegate=yes", readiness);
    }

    [Fact]
    public async Task Groups_that_cannot_be_dropped_are_told()
    {
        OrdinaryUserService.SkipUnlessRoot();

        Assert.Contains($"supplementary groups ({ServiceWithoutCgroups.Group})", await ReadinessAsync());
    }
}

using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.OrdinaryUser;

public sealed class DelegatedCgroupsTests : OrdinaryUserTests, IClassFixture<ServiceWithDelegatedCgroups>
{
    public DelegatedCgroupsTests(ServiceWithDelegatedCgroups service)
        : base(service) => Assert.SkipUnless(service.CgroupFolders.Any(), "There is no cgroup version 1 that root may delegate.");

    [Fact]
    public async Task Everything_is_promised_and_everything_holds()
    {
        var answer = await Service.RunAsync(Requests.Bash("echo hello"));

        Assert.Equal(Isolation.Full, answer.Isolation);
        Assert.Contains("\"status\":\"healthy\"", await ReadinessAsync());
    }

    [Fact]
    public async Task Memory_and_cpu_time_of_children_count_together()
    {
        var eating = await Service.RunAsync(Requests.Python(
            "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n        block = bytearray(16 << 20)\n        time.sleep(20)\ntime.sleep(20)",
            limits: new Limits { MemoryLimitBytes = 64 << 20, WallTimeLimitMs = 5000 }));
        var spinning = await Service.RunAsync(Requests.Bash("for i in 1 2 3 4; do (while :; do :; done) & done; wait", limits: new Limits { CpuTimeLimitMs = 400 }));

        Assert.Contains(eating.Outcome, new[] { Outcome.MemoryLimit, Outcome.WallTimeLimit });
        Assert.InRange(eating.Run.MemoryPeakBytes, 60ul << 20, 64ul << 20);
        Assert.Equal(Outcome.CpuTimeLimit, spinning.Outcome);
    }
}

using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Launching;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

public sealed class EndedRunTests
{
    private static readonly SandboxLimits _limits = new()
    {
        WallTime = TimeSpan.FromSeconds(10),
        CpuTime = TimeSpan.FromSeconds(5),
        MemoryBytes = 256 << 20,
        Processes = 64,
        OutputBytes = 1 << 20,
        WorkspaceBytes = 64 << 20,
        WorkspaceFiles = 4096,
        OpenFiles = 256,
        FileSizeBytes = 64 << 20,
        StackBytes = 64 << 20,
    };

    [Fact]
    public void A_program_that_ended_just_before_the_wall_time_limit_killed_it_keeps_its_own_end() =>
        Assert.Equal(SandboxOutcome.Succeeded, Decide(Exited(0) with { WallTimeLimitReached = 1 }));

    [Fact]
    public void The_services_own_reason_comes_first() =>
        Assert.Equal(SandboxOutcome.OutputLimit, Decide(Exited(0), memory: true, killed: new KillReason(SandboxOutcome.OutputLimit, "x")));

    [Fact]
    public void A_kill_for_want_of_memory_is_the_memory_limit() => Assert.Equal(SandboxOutcome.MemoryLimit, Decide(Signalled(9), memory: true));

    [Fact]
    public void A_foreign_kill_is_a_signal() => Assert.Equal(SandboxOutcome.Signaled, Decide(Signalled(9)));

    [Fact]
    public void A_full_workspace_explains_a_failure_but_not_a_success()
    {
        var full = new LauncherProtocol.ExitReport { ExitedByItself = 1, Status = 1, WorkspaceUsedBytes = 64 << 20 };

        Assert.Equal(SandboxOutcome.WorkspaceLimit, Decide(full));
        Assert.Equal(SandboxOutcome.Succeeded, Decide(full with { Status = 0 }));
    }

    [Fact]
    public void More_cpu_time_than_allowed_is_the_cpu_time_limit_however_it_ended() =>
        Assert.Equal(SandboxOutcome.CpuTimeLimit, Decide(Signalled(24), cpuSeconds: 6));

    private static SandboxOutcome Decide(LauncherProtocol.ExitReport exit, bool memory = false, double cpuSeconds = 0, KillReason? killed = null) =>
        new EndedRun(exit, _limits, memory, TimeSpan.FromSeconds(cpuSeconds), killed).Decide().Outcome;

    private static LauncherProtocol.ExitReport Exited(uint status) => new() { ExitedByItself = 1, Status = status };

    private static LauncherProtocol.ExitReport Signalled(uint signal) => new() { Status = signal };
}

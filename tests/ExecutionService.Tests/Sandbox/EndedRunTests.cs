using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Launching;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

public sealed class EndedRunTests
{
    private static readonly SandboxOrder _order = new()
    {
        Command = ["true"],
        Environment = new Dictionary<string, string>(),
        Files = [],
        Limits = new SandboxLimits
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
        },
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
    public void A_kill_that_the_launcher_saw_is_the_memory_limit_too() =>
        Assert.Equal(SandboxOutcome.MemoryLimit, Decide(Signalled(9) with { MemoryLimitReached = 1 }));

    [Fact]
    public void More_cpu_time_than_allowed_is_the_cpu_time_limit_however_it_ended() =>
        Assert.Equal(SandboxOutcome.CpuTimeLimit, Decide(Signalled(24), cpuSeconds: 6));

    [Fact]
    public void Without_a_group_the_launchers_report_decides_about_cpu_time()
    {
        Assert.Equal(SandboxOutcome.CpuTimeLimit, Decide(Signalled(24) with { UserTimeUs = 4_900_000, SystemTimeUs = 60_000 }));
        Assert.Equal(SandboxOutcome.CpuTimeLimit, Decide(Exited(1) with { UserTimeUs = 5_000_001 }));
        Assert.Equal(SandboxOutcome.Signaled, Decide(Signalled(24) with { UserTimeUs = 20_000 }));
    }

    [Fact]
    public void Processes_that_nobody_waited_for_count_too()
    {
        var ended = new EndedRun(Exited(0) with { UserTimeUs = 10_000, SystemTimeUs = 5_000 }, _order, false, TimeSpan.FromMilliseconds(40), null);

        Assert.Equal((40, 5), (ended.CpuTime.TotalMilliseconds, ended.SystemCpuTime.TotalMilliseconds));
    }

    [Fact]
    public void Files_that_were_left_out_are_told_whatever_the_outcome()
    {
        var (outcome, message) = new EndedRun(Exited(0) with { FilesLeftOut = 3 }, _order with { CollectLimitBytes = 1 << 20 }, false, default, null).Decide();
        Assert.Equal(SandboxOutcome.Succeeded, outcome);
        Assert.StartsWith("3 files were left out: ", message);
        Assert.EndsWith("up to 1 MiB in 4096 files.", message);

        (_, message) = new EndedRun(Exited(1) with { FilesLeftOut = 1, WorkspaceUsedFiles = 4096 }, _order, false, default, null).Decide();
        Assert.StartsWith("It filled the workspace", message);
        Assert.Contains("1 file was left out: ", message);
    }

    private static SandboxOutcome Decide(LauncherProtocol.ExitReport exit, bool memory = false, double cpuSeconds = 0, KillReason? killed = null) =>
        new EndedRun(exit, _order, memory, TimeSpan.FromSeconds(cpuSeconds), killed).Decide().Outcome;

    private static LauncherProtocol.ExitReport Exited(uint status) => new() { ExitedByItself = 1, Status = status };

    private static LauncherProtocol.ExitReport Signalled(uint signal) => new() { Status = signal };
}

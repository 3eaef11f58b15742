using System.Globalization;

namespace OnlineCompiler.ExecutionService.Sandbox.Launching;

/// <summary>Decides what to call the end of a run.</summary>
/// <param name="exit">The launcher's report.</param>
/// <param name="order">What was asked for and allowed.</param>
/// <param name="memoryLimitReached">The control group says that the kernel killed one of its processes for want of memory.</param>
/// <param name="groupCpuTime">Of all its processes, as its control group counted; zero without one.</param>
/// <param name="killed">Why the service killed it, if it did.</param>
internal sealed class EndedRun(
    LauncherProtocol.ExitReport exit, SandboxOrder order, bool memoryLimitReached, TimeSpan groupCpuTime, KillReason? killed)
{
    private const uint CpuTimeExceeded = 24;

    /// <summary>A file system counts as full when less than this of it is left: writes come in pages and larger.</summary>
    private const long NearlyFullBytes = 64 * 1024;

    private readonly SandboxLimits _limits = order.Limits;

    /// <summary>Of all its processes. The launcher sees only those that were waited for, a group sees all.</summary>
    public TimeSpan CpuTime { get; } = Longer(groupCpuTime, TimeSpan.FromMicroseconds(exit.UserTimeUs + exit.SystemTimeUs));

    /// <summary>The kernel's part of it; what nobody waited for counts as the program's own.</summary>
    public TimeSpan SystemCpuTime { get; } = TimeSpan.FromMicroseconds(exit.SystemTimeUs);

    public (SandboxOutcome Outcome, string? Message) Decide()
    {
        var (outcome, message) = DecideOutcome();
        return exit.FilesLeftOut == 0 ? (outcome, message) : (outcome, string.Join(' ', new[] { message, FilesLeftOut }.OfType<string>()));
    }

    private (SandboxOutcome Outcome, string? Message) DecideOutcome()
    {
        if (killed is { } reason)
            return (reason.Outcome, reason.Message);
        if (exit.WallTimeLimitReached != 0 && exit.ExitedByItself == 0)
            return (SandboxOutcome.WallTimeLimit, LimitMessages.WallTime(_limits));
        if (memoryLimitReached || exit.MemoryLimitReached != 0)
            return (SandboxOutcome.MemoryLimit, LimitMessages.Memory(_limits));
        if (CpuTime > _limits.CpuTime || WasEndedByTheKernelsClock)
            return (SandboxOutcome.CpuTimeLimit, LimitMessages.CpuTime(_limits));
        if (exit is { ExitedByItself: not 0, Status: 0 })
            return (SandboxOutcome.Succeeded, null);
        if (WorkspaceIsFull)
            return (SandboxOutcome.WorkspaceLimit, LimitMessages.Workspace(_limits));
        return exit.ExitedByItself != 0
            ? (SandboxOutcome.NonzeroExit, null)
            : (SandboxOutcome.Signaled, SignalNames.Explain((int)exit.Status, _limits));
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>RLIMIT_CPU counts whole ticks, so it comes early by finer clocks when the machine is shared; a program's own SIGXCPU comes much earlier.</summary>
    private bool WasEndedByTheKernelsClock =>
        exit is { ExitedByItself: 0, Status: CpuTimeExceeded } && CpuTime > _limits.CpuTime * 0.5;

    private bool WorkspaceIsFull =>
        (long)exit.WorkspaceUsedBytes > _limits.WorkspaceBytes - NearlyFullBytes || (long)exit.WorkspaceUsedFiles >= _limits.WorkspaceFiles;

    private string FilesLeftOut => string.Create(
        CultureInfo.InvariantCulture,
        $"{exit.FilesLeftOut} {(exit.FilesLeftOut == 1 ? "file was" : "files were")} left out: only plain files with printable names of at most {ServiceDefaults.WorkspacePath.MaxBytes} bytes are handed back, up to {LimitMessages.Bytes(order.CollectLimitBytes ?? _limits.WorkspaceBytes)} in {_limits.WorkspaceFiles} files.");
}

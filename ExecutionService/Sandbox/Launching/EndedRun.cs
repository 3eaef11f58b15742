namespace OnlineCompiler.ExecutionService.Sandbox.Launching;

/// <summary>Decides what to call the end of a run.</summary>
/// <param name="Exit">The launcher's report.</param>
/// <param name="Limits">What the run was allowed.</param>
/// <param name="MemoryLimitReached">The kernel killed one of its processes for want of memory.</param>
/// <param name="CpuTime">Of all its processes.</param>
/// <param name="Killed">Why the service killed it, if it did.</param>
internal sealed record EndedRun(
    LauncherProtocol.ExitReport Exit, SandboxLimits Limits, bool MemoryLimitReached, TimeSpan CpuTime, KillReason? Killed)
{
    /// <summary>A file system counts as full when less than this of it is left: writes come in pages and larger.</summary>
    private const long NearlyFullBytes = 64 * 1024;

    public (SandboxOutcome Outcome, string? Message) Decide()
    {
        if (Killed is { } reason)
            return (reason.Outcome, reason.Message);
        if (Exit.WallTimeLimitReached != 0 && Exit.ExitedByItself == 0)
            return (SandboxOutcome.WallTimeLimit, LimitMessages.WallTime(Limits));
        if (MemoryLimitReached)
            return (SandboxOutcome.MemoryLimit, LimitMessages.Memory(Limits));
        if (CpuTime > Limits.CpuTime)
            return (SandboxOutcome.CpuTimeLimit, LimitMessages.CpuTime(Limits));
        if (Exit is { ExitedByItself: not 0, Status: 0 })
            return (SandboxOutcome.Succeeded, null);
        if (WorkspaceIsFull)
            return (SandboxOutcome.WorkspaceLimit, LimitMessages.Workspace(Limits));
        return Exit.ExitedByItself != 0
            ? (SandboxOutcome.NonzeroExit, null)
            : (SandboxOutcome.Signaled, SignalNames.Explain((int)Exit.Status, Limits));
    }

    private bool WorkspaceIsFull =>
        (long)Exit.WorkspaceUsedBytes > Limits.WorkspaceBytes - NearlyFullBytes || (long)Exit.WorkspaceUsedFiles >= Limits.WorkspaceFiles;
}

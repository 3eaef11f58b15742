namespace OnlineCompiler.ExecutionService.Sandbox.Cgroups;

/// <summary>The weaker mode an operator accepted by <c>Sandbox:AllowWithoutCgroups</c>: rlimits of single processes only
/// (RLIMIT_DATA for memory, RLIMIT_CPU, RLIMIT_NPROC), and what the launcher reports in place of what a group counts.</summary>
internal sealed class NoCgroups : ICgroups
{
    public string Description => "no cgroups (accepted by Sandbox:AllowWithoutCgroups)";

    public SandboxIsolation Isolation => SandboxIsolation.WithoutCgroups;

    public IReadOnlyList<string> Weaknesses { get; } =
        ["No cgroups (accepted by Sandbox:AllowWithoutCgroups): memory, processes and CPU time are limited for each process alone, not for a program as a whole."];

    public IReadOnlyList<string> Directories => [];

    public ICgroup Create(string name, long memoryLimitBytes, int processLimit) => new Group();

    public void RemoveAll()
    {
    }

    private sealed class Group : ICgroup
    {
        public IReadOnlyList<string> Directories => [];

        public IReadOnlyList<string> ProgramDirectories => [];

        public TimeSpan ReadCpuTime() => TimeSpan.Zero;

        public long ReadMemoryPeakBytes() => 0;

        public bool ReadMemoryLimitReached() => false;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

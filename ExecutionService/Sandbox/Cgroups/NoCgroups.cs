namespace OnlineCompiler.ExecutionService.Sandbox.Cgroups;

/// <summary>
/// The weaker mode: limits of single processes only (RLIMIT_DATA for memory, RLIMIT_CPU, RLIMIT_NPROC), and what the launcher
/// reports in place of what a group counts. An operator accepted it by <c>Sandbox:AllowWithoutCgroups</c>, or the service runs
/// as an ordinary user to whom no cgroups were delegated.
/// </summary>
/// <param name="reason">Why there are none, and how to get them; a sentence.</param>
internal sealed class NoCgroups(string reason) : ICgroups
{
    public string Description => "no cgroups";

    public SandboxIsolation Isolation => SandboxIsolation.WithoutCgroups;

    public IReadOnlyList<string> Weaknesses { get; } =
        [$"Memory, processes and CPU time are limited for each process alone, not for a program as a whole. {reason}"];

    public IReadOnlyList<string> Directories => [];

    public ICgroup Create(string name) => new Group();

    public void RemoveAll()
    {
    }

    private sealed class Group : ICgroup
    {
        public IReadOnlyList<string> Directories => [];

        public IReadOnlyList<string> ProgramDirectories => [];

        public void Limit(long memoryBytes, int processes)
        {
        }

        public void Yield()
        {
        }

        public void BeginCounting()
        {
        }

        public TimeSpan ReadCpuTime() => TimeSpan.Zero;

        public long ReadMemoryBytes() => 0;

        public long ReadMemoryPeakBytes() => 0;

        public bool ReadMemoryLimitReached() => false;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

namespace OnlineCompiler.ExecutionService.Sandbox.Cgroups;

/// <summary>Makes control groups for runs, below the service's own; cgroup v1 and v2 each have an implementation.</summary>
internal interface ICgroups
{
    /// <summary>For logs and readiness, e.g. "cgroup v1".</summary>
    string Description { get; }

    /// <summary>How strongly runs are kept apart with these.</summary>
    SandboxIsolation Isolation => SandboxIsolation.Full;

    /// <summary>Promises that do not hold with these, in words for an operator.</summary>
    IReadOnlyList<string> Weaknesses => [];

    /// <summary>This service's own folders, in which groups are made.</summary>
    IReadOnlyList<string> Directories { get; }

    /// <summary>Makes a group that nothing has joined yet, and that limits nothing yet.</summary>
    /// <param name="name">Unique among the groups that live.</param>
    ICgroup Create(string name);

    /// <summary>Removes this service's groups; everything in them is dead by now.</summary>
    void RemoveAll();
}

/// <summary>The control group of one run. Disposing removes it; what is still in it is killed first.</summary>
internal interface ICgroup : IAsyncDisposable
{
    /// <summary>Directories that all of a stage joins, the launcher's own pid 1 included; empty where there are no groups.</summary>
    IReadOnlyList<string> Directories { get; }

    /// <summary>
    /// Directories that the program alone joins, as the last step before it is executed: what is counted there is its own
    /// from its first instruction, and pid 1 need not compete with it for the processor to be able to kill it.
    /// </summary>
    IReadOnlyList<string> ProgramDirectories { get; }

    /// <summary>Sets what its processes may use together, also while they live.</summary>
    /// <param name="memoryBytes">All processes and the files they write; swap is off.</param>
    /// <param name="processes">Processes and threads.</param>
    /// <exception cref="IOException">They use more memory already.</exception>
    void Limit(long memoryBytes, int processes);

    /// <summary>Gives way to every other program, until <see cref="BeginCounting"/>.</summary>
    void Yield();

    /// <summary>Counts time and memory from now on, as far as the kernel can begin anew; its program weighs as much as any.</summary>
    void BeginCounting();

    /// <summary>User and system time of every process the program ever had.</summary>
    TimeSpan ReadCpuTime();

    /// <summary>What its processes and files take now.</summary>
    long ReadMemoryBytes();

    long ReadMemoryPeakBytes();

    /// <summary>Whether the kernel killed a process of it for want of memory.</summary>
    bool ReadMemoryLimitReached();
}

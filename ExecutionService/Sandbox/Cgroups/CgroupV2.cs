using System.Globalization;

namespace OnlineCompiler.ExecutionService.Sandbox.Cgroups;

/// <summary>
/// cgroup v2: one hierarchy for all controllers. See the kernel's cgroup-v2.rst. A run's cpu.weight stays at the default,
/// so runs weigh the same against each other whatever they consist of.
/// </summary>
/// <param name="root">This service's folder, with the memory, pids and cpu controllers enabled for those below.</param>
internal sealed class CgroupV2(string root) : ICgroups
{
    public string Description => "cgroup v2";

    public IReadOnlyList<string> Directories { get; } = [root];

    public ICgroup Create(string name)
    {
        var directory = Path.Combine(Directories[0], name);
        var group = Make(directory);
        CgroupDirectory.Write(directory, "memory.oom.group", "0");
        // Absent where the kernel has no swap.
        if (File.Exists(Path.Combine(directory, "memory.swap.max")))
            CgroupDirectory.Write(directory, "memory.swap.max", "0");
        return group;
    }

    /// <summary>Makes a group without any limit, which needs no controller.</summary>
    internal static ICgroup Make(string directory)
    {
        var group = new Group(directory);
        Directory.CreateDirectory(group.ProgramDirectories[0]);
        return group;
    }

    public void RemoveAll() => CgroupDirectory.RemoveInstance(Directories[0]);

    private sealed class Group(string directory) : ICgroup
    {
        public IReadOnlyList<string> Directories { get; } = [directory];

        /// <summary>No controller is handed down to it, so that the group above may hold pid 1; CPU time is counted without.</summary>
        public IReadOnlyList<string> ProgramDirectories { get; } = [Path.Combine(directory, "program")];

        private TimeSpan _usedBefore;
        private bool _isLimited;
        private bool _yields;

        public void Limit(long memoryBytes, int processes)
        {
            // More than the limit may be in use already: what cannot be reclaimed is then killed, where version 1 refuses.
            if (_isLimited && memoryBytes < ReadMemoryBytes())
                throw new IOException($"{directory} uses more than {memoryBytes} bytes already");
            CgroupDirectory.Write(directory, "memory.max", memoryBytes.ToString(CultureInfo.InvariantCulture));
            CgroupDirectory.Write(directory, "pids.max", processes.ToString(CultureInfo.InvariantCulture));
            _isLimited = true;
        }

        public void Yield()
        {
            CgroupDirectory.Write(directory, "cpu.weight", "1");
            _yields = true;
        }

        /// <summary>The peak of memory cannot begin anew for all readers.</summary>
        public void BeginCounting()
        {
            if (_yields)
                CgroupDirectory.Write(directory, "cpu.weight", "100");
            _usedBefore = ReadAllCpuTime();
        }

        public TimeSpan ReadCpuTime() => ReadAllCpuTime() - _usedBefore;

        public long ReadMemoryBytes() => File.Exists(Path.Combine(directory, "memory.current")) ? CgroupDirectory.ReadNumber(directory, "memory.current") : 0;

        // memory.peak came with Linux 5.19.
        public long ReadMemoryPeakBytes() => File.Exists(Path.Combine(directory, "memory.peak")) ? CgroupDirectory.ReadNumber(directory, "memory.peak") : 0;

        public bool ReadMemoryLimitReached() => CgroupDirectory.ReadKeyed(directory, "memory.events", "oom_kill") > 0;

        private TimeSpan ReadAllCpuTime() => TimeSpan.FromMicroseconds(CgroupDirectory.ReadKeyed(ProgramDirectories[0], "cpu.stat", "usage_usec"));

        public async ValueTask DisposeAsync() => await CgroupDirectory.RemoveAsync(directory).ConfigureAwait(false);
    }
}

using System.Globalization;

namespace OnlineCompiler.ExecutionService.Sandbox.Cgroups;

/// <summary>
/// cgroup v1 (also in the hybrid layout): one hierarchy for each controller, though cpu and cpuacct are often mounted as
/// one. See the kernel's cgroup-v1/memory.txt. Every run's cpu.shares stay at the default, so runs weigh the same against
/// each other whatever they consist of.
/// </summary>
internal sealed class CgroupV1(CgroupV1.Hierarchies own) : ICgroups
{
    /// <summary>This service's folders, made already.</summary>
    internal sealed record Hierarchies(string Memory, string Pids, string Cpu, string Cpuacct);

    /// <summary>
    /// Of all runs together: as much, on each processor, as one of the service's threads, which stand beside them. So however
    /// much they do, a thread that has an answer to give gets half a processor at least.
    /// </summary>
    public static int FamilyShares { get; } = Math.Min(1024 * Environment.ProcessorCount, 262_144);

    public string Description => "cgroup v1";

    public IReadOnlyList<string> Directories { get; } = [.. new[] { own.Memory, own.Pids, own.Cpu, own.Cpuacct }.Distinct()];

    public ICgroup Create(string name)
    {
        var group = new Group(new Hierarchies(
            Path.Combine(own.Memory, name), Path.Combine(own.Pids, name), Path.Combine(own.Cpu, name), Path.Combine(own.Cpuacct, name)));
        group.Make();
        return group;
    }

    public void RemoveAll()
    {
        foreach (var directory in Directories)
            CgroupDirectory.RemoveInstance(directory);
    }

    private sealed class Group(Hierarchies own) : ICgroup
    {
        private const string MemoryLimit = "memory.limit_in_bytes";
        private const string MemoryAndSwapLimit = "memory.memsw.limit_in_bytes";
        private const string Shares = "cpu.shares";

        public IReadOnlyList<string> Directories { get; } = [own.Memory, own.Pids];

        public IReadOnlyList<string> ProgramDirectories { get; } = [.. new[] { own.Cpu, own.Cpuacct }.Distinct()];

        private TimeSpan _usedBefore;
        private long _memoryLimitBytes = long.MaxValue;
        private int _processLimit = int.MaxValue;
        private bool _yields;

        public void Make()
        {
            foreach (var directory in Directories.Concat(ProgramDirectories))
                Directory.CreateDirectory(directory);
            CgroupDirectory.Write(own.Memory, "memory.swappiness", "0");
        }

        public void Limit(long memoryBytes, int processes)
        {
            // Memory and swap together at the same limit means no swap; together they can never be less than memory alone.
            string[] files = memoryBytes > _memoryLimitBytes ? [MemoryAndSwapLimit, MemoryLimit] : [MemoryLimit, MemoryAndSwapLimit];
            var limit = memoryBytes.ToString(CultureInfo.InvariantCulture);
            foreach (var file in memoryBytes == _memoryLimitBytes ? [] : files)
            {
                // A kernel without swap accounting lacks the one.
                if (file == MemoryLimit || File.Exists(Path.Combine(own.Memory, file)))
                    CgroupDirectory.Write(own.Memory, file, limit);
            }
            _memoryLimitBytes = memoryBytes;
            if (processes != _processLimit)
                CgroupDirectory.Write(own.Pids, "pids.max", processes.ToString(CultureInfo.InvariantCulture));
            _processLimit = processes;
        }

        public void Yield()
        {
            CgroupDirectory.Write(own.Cpu, Shares, "2");
            _yields = true;
        }

        public void BeginCounting()
        {
            if (_yields)
                CgroupDirectory.Write(own.Cpu, Shares, "1024");
            CgroupDirectory.Write(own.Memory, "memory.max_usage_in_bytes", "0");
            _usedBefore = ReadAllCpuTime();
        }

        public TimeSpan ReadCpuTime() => ReadAllCpuTime() - _usedBefore;

        public long ReadMemoryBytes() => CgroupDirectory.ReadNumber(own.Memory, "memory.usage_in_bytes");

        public long ReadMemoryPeakBytes() => CgroupDirectory.ReadNumber(own.Memory, "memory.max_usage_in_bytes");

        public bool ReadMemoryLimitReached() => CgroupDirectory.ReadKeyed(own.Memory, "memory.oom_control", "oom_kill") > 0;

        private TimeSpan ReadAllCpuTime() => TimeSpan.FromMicroseconds(CgroupDirectory.ReadNumber(own.Cpuacct, "cpuacct.usage") / 1000.0);

        public async ValueTask DisposeAsync()
        {
            foreach (var directory in Directories.Concat(ProgramDirectories))
                await CgroupDirectory.RemoveAsync(directory).ConfigureAwait(false);
        }
    }
}

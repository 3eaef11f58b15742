using System.Globalization;

namespace OnlineCompiler.ExecutionService.Sandbox.Cgroups;

/// <summary>cgroup v1 (also in the hybrid layout): one hierarchy for each controller. See the kernel's cgroup-v1/memory.txt.</summary>
/// <param name="memory">This service's folder in the memory hierarchy, made already.</param>
/// <param name="pids">The same in the pids hierarchy.</param>
/// <param name="cpuacct">The same in the cpuacct hierarchy.</param>
internal sealed class CgroupV1(string memory, string pids, string cpuacct) : ICgroups
{
    public string Description => "cgroup v1";

    public IReadOnlyList<string> Directories { get; } = [memory, pids, cpuacct];

    public ICgroup Create(string name, long memoryLimitBytes, int processLimit)
    {
        var group = new Group(Path.Combine(Directories[0], name), Path.Combine(Directories[1], name), Path.Combine(Directories[2], name));
        group.Make(memoryLimitBytes, processLimit);
        return group;
    }

    public void RemoveAll()
    {
        foreach (var directory in Directories)
            CgroupDirectory.RemoveInstance(directory);
    }

    private sealed class Group(string memory, string pids, string cpuacct) : ICgroup
    {
        private const string MemoryAndSwapLimit = "memory.memsw.limit_in_bytes";

        public IReadOnlyList<string> Directories { get; } = [memory, pids, cpuacct];

        public void Make(long memoryLimitBytes, int processLimit)
        {
            foreach (var directory in Directories)
                Directory.CreateDirectory(directory);
            var limit = memoryLimitBytes.ToString(CultureInfo.InvariantCulture);
            CgroupDirectory.Write(memory, "memory.limit_in_bytes", limit);
            // Memory and swap together at the same limit means no swap; a kernel without swap accounting lacks the file.
            if (File.Exists(Path.Combine(memory, MemoryAndSwapLimit)))
                CgroupDirectory.Write(memory, MemoryAndSwapLimit, limit);
            CgroupDirectory.Write(memory, "memory.swappiness", "0");
            CgroupDirectory.Write(pids, "pids.max", processLimit.ToString(CultureInfo.InvariantCulture));
        }

        public TimeSpan ReadCpuTime() => TimeSpan.FromMicroseconds(CgroupDirectory.ReadNumber(cpuacct, "cpuacct.usage") / 1000.0);

        public long ReadMemoryPeakBytes() => CgroupDirectory.ReadNumber(memory, "memory.max_usage_in_bytes");

        public bool ReadMemoryLimitReached() => CgroupDirectory.ReadKeyed(memory, "memory.oom_control", "oom_kill") > 0;

        public async ValueTask DisposeAsync()
        {
            foreach (var directory in Directories)
                await CgroupDirectory.RemoveAsync(directory).ConfigureAwait(false);
        }
    }
}

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

    public ICgroup Create(string name, long memoryLimitBytes, int processLimit)
    {
        var group = new Group(new Hierarchies(
            Path.Combine(own.Memory, name), Path.Combine(own.Pids, name), Path.Combine(own.Cpu, name), Path.Combine(own.Cpuacct, name)));
        group.Make(memoryLimitBytes, processLimit);
        return group;
    }

    public void RemoveAll()
    {
        foreach (var directory in Directories)
            CgroupDirectory.RemoveInstance(directory);
    }

    private sealed class Group(Hierarchies own) : ICgroup
    {
        private const string MemoryAndSwapLimit = "memory.memsw.limit_in_bytes";

        public IReadOnlyList<string> Directories { get; } = [own.Memory, own.Pids];

        public IReadOnlyList<string> ProgramDirectories { get; } = [.. new[] { own.Cpu, own.Cpuacct }.Distinct()];

        public void Make(long memoryLimitBytes, int processLimit)
        {
            foreach (var directory in Directories.Concat(ProgramDirectories))
                Directory.CreateDirectory(directory);
            var limit = memoryLimitBytes.ToString(CultureInfo.InvariantCulture);
            CgroupDirectory.Write(own.Memory, "memory.limit_in_bytes", limit);
            // Memory and swap together at the same limit means no swap; a kernel without swap accounting lacks the file.
            if (File.Exists(Path.Combine(own.Memory, MemoryAndSwapLimit)))
                CgroupDirectory.Write(own.Memory, MemoryAndSwapLimit, limit);
            CgroupDirectory.Write(own.Memory, "memory.swappiness", "0");
            CgroupDirectory.Write(own.Pids, "pids.max", processLimit.ToString(CultureInfo.InvariantCulture));
        }

        public TimeSpan ReadCpuTime() => TimeSpan.FromMicroseconds(CgroupDirectory.ReadNumber(own.Cpuacct, "cpuacct.usage") / 1000.0);

        public long ReadMemoryPeakBytes() => CgroupDirectory.ReadNumber(own.Memory, "memory.max_usage_in_bytes");

        public bool ReadMemoryLimitReached() => CgroupDirectory.ReadKeyed(own.Memory, "memory.oom_control", "oom_kill") > 0;

        public async ValueTask DisposeAsync()
        {
            foreach (var directory in Directories.Concat(ProgramDirectories))
                await CgroupDirectory.RemoveAsync(directory).ConfigureAwait(false);
        }
    }
}

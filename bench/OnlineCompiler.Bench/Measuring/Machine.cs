namespace OnlineCompiler.Bench.Measuring;

/// <summary>Says what was measured on; figures of different machines are not to be compared.</summary>
internal static class Machine
{
    public static void Describe()
    {
        var cgroups = File.Exists("/sys/fs/cgroup/cgroup.controllers") ? "version 2" : "version 1";
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        Console.WriteLine($"{Environment.ProcessorCount} processors, Linux {kernel}, cgroups {cgroups}, .NET {Environment.Version}, load {load} before the start");
        Console.WriteLine();
    }
}

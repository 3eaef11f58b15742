using System.Globalization;

namespace OnlineCompiler.ExecutionService.Sandbox.Cgroups;

/// <summary>
/// Finds which cgroup version this machine has, makes this service's folders in it, and sweeps those of services that
/// died without cleaning up.
/// </summary>
/// <param name="processRoot">The <c>/proc</c> to read; another one in tests.</param>
internal sealed class CgroupFinder(string processRoot = "/proc")
{
    private sealed record Mount(string Type, string Root, string Point, HashSet<string> Options);

    /// <summary>Prepares cgroups for this service.</summary>
    /// <param name="instance">Names this service process; see <see cref="InstanceName"/>.</param>
    /// <exception cref="SandboxUnavailableException">They cannot be used; the message says why and what to do.</exception>
    public ICgroups Prepare(string instance)
    {
        var mounts = ReadMounts();
        var own = ReadOwnPaths();
        try
        {
            return mounts.Any(mount => mount.Type == "cgroup" && mount.Options.Contains("memory"))
                ? PrepareV1(mounts, own, instance)
                : PrepareV2(mounts, own, instance);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SandboxUnavailableException(
                $"Cgroups cannot be written ({exception.Message}). Run as root, have systemd delegate them (Delegate=yes in the service's unit), or run in a container whose cgroup tree is writable.", exception);
        }
    }

    private static CgroupV1 PrepareV1(List<Mount> mounts, Dictionary<string, string> own, string instance)
    {
        return new CgroupV1(new CgroupV1.Hierarchies(Own("memory"), Own("pids"), Own("cpu"), Own("cpuacct")));

        string Own(string controller)
        {
            var mount = mounts.FirstOrDefault(mount => mount.Type == "cgroup" && mount.Options.Contains(controller))
                ?? throw new SandboxUnavailableException($"The cgroup v1 controller \"{controller}\" is not mounted.");
            var family = Path.Combine(Below(mount, own.GetValueOrDefault(controller, "/")), CgroupDirectory.Family);
            Sweep(family);
            var directory = Directory.CreateDirectory(Path.Combine(family, instance)).FullName;
            if (File.Exists(Path.Combine(family, "cpu.shares")))
                CgroupDirectory.Write(family, "cpu.shares", CgroupV1.FamilyShares.ToString(CultureInfo.InvariantCulture));
            return directory;
        }
    }

    private static CgroupV2 PrepareV2(List<Mount> mounts, Dictionary<string, string> own, string instance)
    {
        var mount = mounts.FirstOrDefault(mount => mount.Type == "cgroup2")
            ?? throw new SandboxUnavailableException("No cgroup hierarchy is mounted: neither version 1 with the memory controller nor version 2.");
        var ours = Below(mount, own.GetValueOrDefault("", "/"));
        // Started before, our own processes may sit in the leaf already.
        if (Path.GetFileName(ours) == ServiceLeaf)
            ours = Path.GetDirectoryName(ours)!;
        var offered = CgroupDirectory.Read(ours, "cgroup.controllers").Split(' ');
        foreach (var controller in (string[])["memory", "pids", "cpu"])
        {
            if (!offered.Contains(controller))
                throw new SandboxUnavailableException($"The cgroup v2 controller \"{controller}\" is not delegated to {ours}.");
        }
        EmptyIntoLeaf(ours);
        CgroupDirectory.Write(ours, "cgroup.subtree_control", "+memory +pids +cpu");
        if (File.Exists(Path.Combine(ours, ServiceLeaf, "cpu.weight")))
            CgroupDirectory.Write(Path.Combine(ours, ServiceLeaf), "cpu.weight", ServiceWeight);
        var family = Directory.CreateDirectory(Path.Combine(ours, CgroupDirectory.Family)).FullName;
        Sweep(family);
        CgroupDirectory.Write(family, "cgroup.subtree_control", "+memory +pids +cpu");
        var root = Directory.CreateDirectory(Path.Combine(family, instance)).FullName;
        CgroupDirectory.Write(root, "cgroup.subtree_control", "+memory +pids +cpu");
        return new CgroupV2(root);
    }

    private const string ServiceLeaf = CgroupDirectory.Family + "-service";

    /// <summary>Ten times that of all runs together, whose default is 100: they never keep the service from answering.</summary>
    private const string ServiceWeight = "1000";

    /// <summary>In v2 a group that has processes cannot hand controllers down, so ours move to a leaf beside the runs.</summary>
    private static void EmptyIntoLeaf(string ours)
    {
        // The root of the whole hierarchy is exempt, and has no cgroup.type.
        if (!File.Exists(Path.Combine(ours, "cgroup.type")))
            return;
        var leaf = Directory.CreateDirectory(Path.Combine(ours, ServiceLeaf)).FullName;
        foreach (var line in File.ReadAllLines(Path.Combine(ours, "cgroup.procs")))
            CgroupDirectory.Write(leaf, "cgroup.procs", line);
    }

    private static void Sweep(string family)
    {
        if (!Directory.Exists(family))
            return;
        foreach (var directory in Directory.GetDirectories(family).Where(directory => !InstanceName.IsAlive(Path.GetFileName(directory))))
        {
            // Its zone may be dying still; what holds out longer is left to the next start.
            for (var attempt = 0; attempt < 100 && !CgroupDirectory.TryRemove(directory); attempt++)
                Thread.Sleep(TimeSpan.FromMilliseconds(10));
        }
    }

    private static string Below(Mount mount, string path)
    {
        // A container sees its own group as the root of the mount, or the host's path below the mount's root.
        var relative = path.StartsWith(mount.Root, StringComparison.Ordinal) ? path[mount.Root.Length..] : path;
        return Path.Combine(mount.Point, relative.TrimStart('/'));
    }

    /// <summary>Lines such as <c>4:memory:/a/b</c>, and <c>0::/a/b</c> for v2 (the key is then empty).</summary>
    private Dictionary<string, string> ReadOwnPaths() =>
        File.ReadLines(Path.Combine(processRoot, "self/cgroup"))
            .Select(line => line.Split(':', 3))
            .Where(parts => parts.Length == 3)
            .SelectMany(parts => parts[1].Split(',').Select(controller => (controller, path: parts[2])))
            .ToDictionary(pair => pair.controller, pair => pair.path);

    private List<Mount> ReadMounts()
    {
        var mounts = new List<Mount>();
        foreach (var line in File.ReadLines(Path.Combine(processRoot, "self/mountinfo")))
        {
            var halves = line.Split(" - ", 2);
            var first = halves[0].Split(' ');
            var second = halves[^1].Split(' ');
            if (halves.Length == 2 && first.Length > 5 && second.Length > 2 && second[0] is "cgroup" or "cgroup2")
                mounts.Add(new Mount(second[0], first[3], first[4], [.. second[2].Split(',')]));
        }
        return mounts;
    }
}

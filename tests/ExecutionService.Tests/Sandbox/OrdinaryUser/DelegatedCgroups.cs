using System.Diagnostics;
using System.Globalization;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.OrdinaryUser;

/// <summary>A folder in each hierarchy of cgroup version 1 that belongs to a user; disposing removes them.</summary>
internal sealed class DelegatedCgroups : IDisposable
{
    private DelegatedCgroups(IReadOnlyList<string> folders) => Folders = folders;

    public IReadOnlyList<string> Folders { get; }

    /// <summary>Null where the machine has no such hierarchies, or this process may not write them.</summary>
    public static DelegatedCgroups? Make(int userId)
    {
        string[] mounts = ["/sys/fs/cgroup/memory", "/sys/fs/cgroup/pids", "/sys/fs/cgroup/cpu", "/sys/fs/cgroup/cpuacct"];
        if (!Posix.IsRoot || !mounts.All(mount => File.Exists(Path.Combine(mount, "cgroup.procs"))))
            return null;
        var name = $"delegated-{Environment.ProcessId}-{userId}";
        var folders = mounts.Select(mount => Directory.CreateDirectory(Path.Combine(mount, name)).FullName).ToList();
        foreach (var folder in folders)
        {
            using var chown = Process.Start("chown", ["-R", userId.ToString(CultureInfo.InvariantCulture), folder]);
            chown.WaitForExit();
        }
        return new DelegatedCgroups(folders);
    }

    public void Dispose()
    {
        foreach (var folder in Folders)
            _ = OnlineCompiler.ExecutionService.Sandbox.Cgroups.CgroupDirectory.RemoveAsync(folder).AsTask().Wait(TimeSpan.FromSeconds(10));
    }
}

using System.Diagnostics;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;

namespace OnlineCompiler.Hostile.Tests.Witness;

/// <summary>
/// Looks at everything on the host that a program might leave, change or reach. What the kernel does a moment after a
/// program's end (its processes go, then its groups, then its keys) is waited for.
/// </summary>
internal sealed class HostWitness(NamespaceSandbox sandbox, UserIds users, string stateDirectory, Canaries canaries)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>What a program with enough power would change first.</summary>
    private static readonly string[] _kernelSettings =
    [
        "kernel/hostname", "kernel/domainname", "kernel/core_pattern", "kernel/core_uses_pid", "kernel/randomize_va_space",
        "kernel/panic", "kernel/panic_on_oops", "kernel/sysrq", "kernel/pid_max", "kernel/threads-max", "kernel/shmmax", "kernel/msgmax",
        "kernel/modprobe", "kernel/unprivileged_bpf_disabled", "kernel/perf_event_paranoid", "kernel/dmesg_restrict",
        "kernel/yama/ptrace_scope", "kernel/keys/maxkeys", "fs/file-max", "fs/nr_open", "fs/suid_dumpable", "fs/protected_symlinks",
        "fs/protected_hardlinks", "fs/inotify/max_user_watches", "fs/pipe-max-size", "vm/overcommit_memory", "vm/swappiness",
        "vm/panic_on_oom", "vm/max_map_count", "vm/mmap_min_addr", "net/ipv4/ip_forward", "user/max_user_namespaces",
    ];

    /// <summary>Folders that everyone may write to.</summary>
    private static readonly string[] _openFolders = ["/tmp", "/var/tmp", "/dev/shm", "/run", "/run/lock", "/dev/mqueue"];

    /// <summary>Where hostile programs try to plant files, whose names begin with "planted".</summary>
    private static readonly string[] _closedFolders =
        ["/", "/usr", "/usr/bin", "/usr/lib", "/usr/local/bin", "/opt", "/etc", "/etc/cron.d", "/etc/profile.d", "/root", "/home", "/dev", "/var", "/tmp", "/var/tmp", "/dev/shm", "/run"];

    public HostSnapshot Look() => new([.. Traces(), .. Settings(), .. canaries.Look()], Descriptors());

    /// <summary>Waits for the last traces of earlier runs to go.</summary>
    public async Task AwaitQuietAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (ProcessTree.OfUsers(users).Any() || sandbox.CgroupDirectories.SelectMany(Directory.GetDirectories).Any() || Keys().Any())
        {
            Assert.True(watch.Elapsed < _patience, "Traces of earlier programs do not go.");
            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>Fails, saying what is different, unless the host is soon as it was.</summary>
    public async Task ExpectUnchangedAsync(HostSnapshot before, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (before.DifferencesIn(Look()) is { Count: > 0 } differences)
        {
            if (watch.Elapsed > _patience)
                Assert.Fail($"The host noticed:\n{string.Join('\n', differences)}");
            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>What a run has on the host while it lives, and must not leave.</summary>
    private IEnumerable<(string Name, string Value)> Traces()
    {
        var zone = ProcessTree.Descendants(sandbox.ZoneProcessId).ToList();
        yield return ("processes of the zone", string.Join(", ", zone.Select(id => $"{id} {ProcessTree.Name(id)}")));
        yield return ("processes of sandbox users", string.Join(", ", ProcessTree.OfUsers(users)));
        yield return ("control groups", string.Join(' ', sandbox.CgroupDirectories.SelectMany(Directory.GetDirectories)));
        yield return ("our mounts", File.ReadAllText("/proc/self/mountinfo"));
        yield return ("the zone's mounts", string.Join('\n', zone.Select(id => $"{id}: {MountCount(id)}")));
        yield return ("files of sandbox users", string.Join(' ', _openFolders.Where(Directory.Exists).SelectMany(FilesOfUsers)));
        yield return ("state directory", string.Join(' ', Directory.EnumerateFiles(stateDirectory, "*", SearchOption.AllDirectories)
            .Select(file => new FileInfo(file)).Select(file => $"{file.FullName}={(file.LinkTarget ?? file.Length.ToString(System.Globalization.CultureInfo.InvariantCulture))}")));
        yield return ("SysV objects", string.Join(' ', ((string[])["shm", "msg", "sem"]).SelectMany(SysVObjects)));
        yield return ("keys", string.Join('\n', Keys()));
    }

    private IEnumerable<string> Keys() =>
        File.ReadLines("/proc/key-users").Where(line => users.Contains(uint.Parse(line.AsSpan(0, line.IndexOf(':')))));

    private static IEnumerable<(string Name, string Value)> Settings()
    {
        foreach (var setting in _kernelSettings)
            yield return (setting, ReadSetting($"/proc/sys/{setting}"));
        yield return ("accounts without a password", string.Join(' ', File.ReadLines("/etc/passwd").Where(line => line.Contains("::0:", StringComparison.Ordinal))));
        yield return ("planted files", string.Join(' ', _closedFolders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, "planted*"))));
        yield return ("network interfaces", string.Join(' ', File.ReadLines("/proc/net/dev").Skip(2).Select(line => line.Split(':')[0].Trim())));
        yield return ("routes", File.ReadAllText("/proc/net/route"));
        yield return ("kernel modules", string.Join(' ', File.Exists("/proc/modules") ? File.ReadLines("/proc/modules").Select(line => line.Split(' ')[0]) : []));
        yield return ("our standing with the kernel", $"oom {ReadSetting("/proc/self/oom_score_adj")}, nice {ReadNice()}, {ReadSetting("/proc/self/cgroup")}, {ReadSetting("/proc/self/limits")}");
    }

    private IEnumerable<string> FilesOfUsers(string folder)
    {
        var everything = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, AttributesToSkip = 0 };
        return Directory.EnumerateFileSystemEntries(folder, "*", everything).Where(file => FileOwner.Of(file) is { } owner && users.Contains(owner));
    }

    private IEnumerable<string> SysVObjects(string kind)
    {
        var lines = File.ReadAllLines($"/proc/sysvipc/{kind}").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var owner = Array.IndexOf(lines[0], "uid");
        return lines.Skip(1).Where(fields => users.Contains(uint.Parse(fields[owner]))).Select(fields => $"{kind} {fields[1]}");
    }

    private static int MountCount(int processId)
    {
        try
        {
            return File.ReadLines($"/proc/{processId}/mountinfo").Count();
        }
        catch (IOException)
        {
            // It has just ended.
            return 0;
        }
    }

    /// <summary>How many of each kind: "socket", "pipe", "anon_inode:[eventpoll]", a file's path.</summary>
    private static Dictionary<string, int> Descriptors() =>
        Directory.EnumerateFileSystemEntries("/proc/self/fd")
            .Select(descriptor => new FileInfo(descriptor).LinkTarget ?? "")
            // Our own looking around, and what the runtime opens when it first needs it: code, and its lines for a stack trace.
            .Where(target => target.Length > 0 && !target.StartsWith("/proc/", StringComparison.Ordinal) && Path.GetExtension(target) is not (".dll" or ".pdb"))
            .CountBy(target => target.Split(":[")[0] is "socket" or "pipe" ? target.Split(":[")[0] : target)
            .ToDictionary();

    private static string ReadSetting(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "not on this machine";
        }
    }

    /// <summary>Field 19 of /proc/pid/stat, counted behind the name.</summary>
    private static string ReadNice()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16];
    }
}

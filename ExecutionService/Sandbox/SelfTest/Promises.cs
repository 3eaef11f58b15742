namespace OnlineCompiler.ExecutionService.Sandbox.SelfTest;

/// <summary>One thing that a sandbox promises.</summary>
/// <param name="Name">Short; names it in tests.</param>
/// <param name="PromisedBy">The kinds of isolation that promise it.</param>
/// <param name="IsKept">Judges what the probes met.</param>
/// <param name="Broken">What is wrong when it is not kept, a sentence.</param>
/// <param name="Remedy">How to get it, a sentence.</param>
internal sealed record Promise(string Name, IReadOnlyList<SandboxIsolation> PromisedBy, Func<Findings, bool> IsKept, string Broken, string Remedy);

/// <summary>All that is promised and can be proved on the spot; docs/sandbox.md has the same in words.</summary>
internal static class Promises
{
    private const int OutOfSpace = 28;
    private const int TryAgain = 11;
    private const string NoCapabilities = "0000000000000000";
    private const string ForeignLauncher = "The launcher beside the service is not the one that was built with it: build and deploy both anew.";

    /// <summary>What the probe tries on every machine; on some it tries more.</summary>
    private static readonly string[] _refusedCalls =
        ["unshare_user", "clone_user", "clone3", "ptrace", "keyctl", "io_uring_setup", "userfaultfd", "name_to_handle_at", "personality", "socket_vsock"];

    private static readonly SandboxIsolation[] _everywhere = [SandboxIsolation.Full, SandboxIsolation.WithoutCgroups, SandboxIsolation.Process, SandboxIsolation.Task];
    private static readonly SandboxIsolation[] _withNamespaces = [SandboxIsolation.Full, SandboxIsolation.WithoutCgroups];
    private static readonly SandboxIsolation[] _withCgroups = [SandboxIsolation.Full];
    private static readonly SandboxIsolation[] _onThisMachine = [SandboxIsolation.Full, SandboxIsolation.WithoutCgroups, SandboxIsolation.Process];

    public static IReadOnlyList<Promise> All { get; } =
    [
        OwnNamespace("user", "user", "USER_NS"),
        OwnNamespace("pid", "process id", "PID_NS"),
        OwnNamespace("mnt", "mount", "NAMESPACES"),
        OwnNamespace("net", "network", "NET_NS"),
        OwnNamespace("ipc", "IPC", "IPC_NS"),
        OwnNamespace("uts", "host name", "UTS_NS"),
        OwnNamespace("cgroup", "cgroup", "CGROUPS"),
        new("inside-ids", _withNamespaces, found => found.Fact("uid") == "1000 1000 1000" && found.Fact("gid") == "1000 1000 1000",
            "Programs are not user and group 1000 inside.", ForeignLauncher),
        new("outside-id", _onThisMachine, found => found.OuterUserIds.Count >= 2 && (found.ServiceUserId != 0 || !found.OuterUserIds.Contains(0u)),
            "Programs run as root of the host, or cannot be seen by the service.",
            "Do not run several users' ids as one (idmapped or squashed user namespaces around the service), and mount /proc without hidepid."),
        new("capabilities", _everywhere, found => found.Group("Cap") is { Count: 5 } sets && sets.All(set => set == NoCapabilities),
            "Programs have capabilities.", ForeignLauncher),
        new("no-new-privileges", _everywhere, found => found.Fact("NoNewPrivs") == "1",
            "Programs can gain privileges by executing others.", ForeignLauncher),
        new("filter", _everywhere, found => found.Fact("Seccomp") == "2" && _refusedCalls.All(call => IsRefused(found.Fact($"refused.{call}"))) && found.Group("refused.").All(IsRefused),
            "Programs can make system calls that should be refused.",
            "Run a kernel with system call filters (CONFIG_SECCOMP and CONFIG_SECCOMP_FILTER), with libseccomp 2.5 or later."),
        new("interfaces", _withNamespaces, found => found.Fact("interfaces") == "lo",
            "Programs see network interfaces beside their own loopback.",
            "Keep the kernel from putting tunnel devices into every network namespace: sysctl -w net.core.fb_tunnels_only_for_init_net=2."),
        new("routes", _withNamespaces, found => found.Fact("routes") == "0",
            "Programs have a network route.", ForeignLauncher),
        new("read-only", _withNamespaces, found => found.Group("writable.") is { Count: >= 5 } folders && folders.All(folder => folder == "0"),
            "Programs can write outside their workspace.", ForeignLauncher),
        new("no-sys", _withNamespaces, found => found.Fact("sys") == "0",
            "Programs see /sys.", ForeignLauncher),
        new("descriptors", _everywhere, found => found.Fact("descriptors") == "0 1 2",
            "Programs inherit descriptors of the service.", ForeignLauncher),
        new("environment", _everywhere, found => found.Fact("environment") == SandboxProof.Environment,
            "Programs see environment variables that are not theirs.", ForeignLauncher),
        new("memory-limit", _withCgroups, found => found.Eat.Outcome == SandboxOutcome.MemoryLimit,
            "The memory limit does not hold.",
            "Boot with cgroup_enable=memory where the kernel leaves that controller off, and delegate it (systemd: Delegate=yes)."),
        new("process-limit", _withNamespaces, found => found.Number("forks") < SandboxProof.ProcessLimit && found.Number("forks.error") == TryAgain,
            "The limit on processes does not hold.",
            "Run a kernel with the pids controller (CONFIG_CGROUP_PIDS), and delegate it (systemd: Delegate=yes)."),
        new("cpu-time", _withCgroups, found => Counts(found, found.Look.UserCpuTime + found.Look.SystemCpuTime) && Counts(found, found.CountedCpuTime),
            "CPU time is not counted, so it cannot be limited.",
            "Run a kernel with the cpuacct controller (version 1) or cpu controller (version 2), and delegate it (systemd: Delegate=yes)."),
        new("workspace-limit", _withNamespaces, found => found.Number("workspace") <= SandboxProof.WorkspaceLimitBytes && found.Number("workspace.error") == OutOfSpace,
            "The limit on what programs write does not hold.",
            "Run a kernel whose tmpfs has limits (CONFIG_TMPFS)."),
        new("death", _onThisMachine, found => found.Fact("daemon") == "0" && found.LeftBehind == 0,
            "Processes that a program leaves behind survive it.",
            "Run a kernel with process id namespaces (CONFIG_PID_NS)."),
    ];

    private static Promise OwnNamespace(string kind, string words, string kernelOption) => new(
        $"own-{kind}-namespace",
        _withNamespaces,
        found => found.Fact($"namespace.{kind}") is { Length: > 0 } theirs && theirs != found.OwnNamespaces.GetValueOrDefault(kind),
        $"Programs share the service's {words} namespace.",
        $"Run a kernel with CONFIG_{kernelOption}, and keep sysctl user.max_{kind}_namespaces above 0.");

    /// <summary>EPERM, ENOSYS, or killed by the filter.</summary>
    private static bool IsRefused(string answer) => answer is "1" or "38" or "signal 31";

    /// <summary>Clocks differ in how they cut time into ticks; half of it is counting, nothing is not.</summary>
    private static bool Counts(Findings found, TimeSpan counted) =>
        found.Number("cpu_us") is < 60_000_000 and var spent && counted >= TimeSpan.FromMicroseconds(spent / 2);
}

using System.Text.RegularExpressions;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Tests.Languages;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>System calls that the filter refuses, made by a program that means it.</summary>
public sealed partial class FilterTests(ServiceFixture service, SystemCallProbe probe) : IClassFixture<SystemCallProbe>
{
    private const string Refused = "-1 EPERM";
    private const string NotThere = "-1 ENOSYS";
    private const string NoProtocol = "-1 EPROTONOSUPPORT";
    private const string Killed = "signal 31";
    private const string Allowed = "ok 0";

    /// <summary>Calls that are refused whatever they are asked; the list of filter.c.</summary>
    internal static readonly string[] RefusedNames =
    [
        "mount", "umount2", "pivot_root", "chroot", "fsopen", "fsconfig", "fsmount", "fspick", "move_mount", "open_tree", "mount_setattr",
        "swapon", "swapoff", "quotactl", "quotactl_fd", "open_by_handle_at", "name_to_handle_at", "unshare", "setns",
        "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp", "pidfd_getfd", "process_mrelease",
        "keyctl", "add_key", "request_key", "bpf", "perf_event_open", "io_uring_setup", "io_uring_enter", "io_uring_register",
        "userfaultfd", "fanotify_init", "fanotify_mark", "vmsplice", "memfd_secret", "seccomp",
        "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "acct", "settimeofday", "clock_settime",
        "clock_adjtime", "adjtimex", "sethostname", "setdomainname", "iopl", "ioperm", "modify_ldt", "syslog", "vhangup", "lookup_dcookie",
        "move_pages", "migrate_pages", "sync", "syncfs", "uselib", "ustat", "sysfs", "_sysctl", "nfsservctl", "create_module",
        "get_kernel_syms", "query_module", "remap_file_pages",
    ];

    /// <summary>Calls that are refused, or not, for what they are asked.</summary>
    internal static readonly (string Key, string Call, string Expected)[] Probes =
    [
        .. Each("clone", ["CLONE_NEWNS", "CLONE_NEWUTS", "CLONE_NEWIPC", "CLONE_NEWUSER", "CLONE_NEWPID", "CLONE_NEWNET", "CLONE_NEWCGROUP", "CLONE_NEWUSER | CLONE_NEWNS"], "syscall(SYS_clone, ({0}) | SIGCHLD, 0, 0, 0, 0)", Refused),
        ("clone3", "syscall(SYS_clone3, 0, 0)", NotThere),
        // Among them set_mempolicy_home_node, cachestat, statmount, listmount, mseal and open_tree_attr.
        .. Each("unreviewed call", ["450", "451", "457", "458", "462", "467", "500", "1000", "0x3fffffff"], "syscall({0}, 0, 0, 0, 0)", NotThere),
        .. Each("ioctl", ["TIOCSTI", "TIOCLINUX", "TIOCSETD", "Rubbish | TIOCSTI"], "syscall(SYS_ioctl, 0, {0}, \"x\")", Refused),
        .. Each("prctl", ["PR_SET_SECCOMP", "PR_SET_MM", "PR_SET_PTRACER", "PR_SET_SYSCALL_USER_DISPATCH", "PR_SCHED_CORE", "PR_SET_IO_FLUSHER", "67"], "prctl({0}, 1, 0, 0, 0)", Refused),
        .. Each("personality", ["8", "0x20000", "0x40000", "0x100000", "0x200000", "0x400000", "0x1000000", "0x2000000", "0x8000000", "0x80000000"], "syscall(SYS_personality, {0})", Refused),
        .. Each("personality", ["0xffffffff", "0"], "syscall(SYS_personality, {0})", Allowed),
        .. Each("socket family", [.. Enumerable.Range(0, 50).Where(family => family is not (1 or 2 or 10 or 16)).Select(family => $"{family}")], "socket({0}, SOCK_DGRAM, 0)", Refused),
        .. Each("protocol", ["AF_INET, SOCK_STREAM, 132", "AF_INET, SOCK_STREAM, 262", "AF_INET, SOCK_DGRAM, 33", "AF_INET6, SOCK_DGRAM, 136", "AF_INET, SOCK_STREAM, 256", "AF_NETLINK, SOCK_RAW, 12", "AF_NETLINK, SOCK_RAW, 9", "AF_NETLINK, SOCK_RAW, 16"], "socket({0})", NoProtocol),
        .. Each("socket", ["AF_UNIX, SOCK_STREAM, 0", "AF_INET, SOCK_STREAM, 0", "AF_INET, SOCK_DGRAM, IPPROTO_UDP", "AF_INET6, SOCK_STREAM, IPPROTO_TCP", "AF_NETLINK, SOCK_RAW, 0"], "socket({0})", Allowed),
        ("socket pair of another family", "socketpair(30, SOCK_STREAM, 0, (int[2]){ 0, 0 })", Refused),
        .. Each("setsockopt", ["SOL_SOCKET, SO_ATTACH_FILTER", "SOL_SOCKET, SO_ATTACH_BPF", "SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF", "SOL_SOCKET, SO_ATTACH_REUSEPORT_EBPF", "IPPROTO_TCP, TCP_ULP"], "option({0})", Refused),
        ("mergeable pages", "madvise(mmap(0, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 4096, MADV_MERGEABLE)", Refused),
        ("core limit by setrlimit", "syscall(SYS_setrlimit, RLIMIT_CORE, &(struct rlimit){ 0, 0 })", Refused),
        ("core limit by prlimit", "setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 })", Refused),
        ("core limit asked", "getrlimit(RLIMIT_CORE, &limit)", Allowed),
        // The kernel looks at the lower halves of these alone.
        ("prctl: rubbish above", "syscall(SYS_prctl, Rubbish | PR_SET_MM, 1, 0, 0, 0)", Refused),
        ("setsockopt: rubbish above", "syscall(SYS_setsockopt, 0, Rubbish | SOL_SOCKET, Rubbish | SO_ATTACH_FILTER, 0, 0)", Refused),
        ("madvise: rubbish above", "syscall(SYS_madvise, 0, 4096, Rubbish | MADV_MERGEABLE)", Refused),
        ("prlimit: rubbish above", "syscall(SYS_prlimit64, 0, Rubbish | RLIMIT_CORE, &limit, 0)", Refused),
        ("setpriority: rubbish above", "syscall(SYS_setpriority, Rubbish | PRIO_PROCESS, Rubbish | 1, 19)", Refused),
        ("clone: rubbish above", "syscall(SYS_clone, Rubbish | CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0)", Refused),
        ("socket: rubbish above", "syscall(SYS_socket, Rubbish | 40, SOCK_STREAM, 0)", Refused),
        ("protocol: rubbish above", "syscall(SYS_socket, AF_INET, SOCK_STREAM, Rubbish | 132)", NoProtocol),
        ("personality: rubbish above", "syscall(SYS_personality, Rubbish | 0x40000)", Refused),
        ("pid 1's limits", "prlimit(1, RLIMIT_NOFILE, &(struct rlimit){ 0, 0 }, 0)", Refused),
        ("pid 1's priority", "setpriority(PRIO_PROCESS, 1, 19)", Refused),
        .. Each("pid 1's scheduling", ["sched_setscheduler, 1, SCHED_OTHER, &none", "sched_setparam, 1, &none", "sched_setattr, 1, attributes, 0", "sched_setaffinity, 1, sizeof all, &all"], "syscall(SYS_{0})", Refused),
        .. Each("one's own scheduling", ["sched_setscheduler, 0, SCHED_OTHER, &none", "sched_setparam, 0, &none", "sched_setattr, 0, attributes, 0", "sched_setaffinity, 0, sizeof all, &all"], "syscall(SYS_{0})", Allowed),
        // Disk access of the idle class: of pid 1, of every process of the user, and of one's own.
        ("pid 1's disk access", "syscall(SYS_ioprio_set, 1, 1, 3 << 13)", Refused),
        ("every process's disk access", "syscall(SYS_ioprio_set, 3, 0, 3 << 13)", Refused),
        ("one's own disk access", "syscall(SYS_ioprio_set, 1, 0, 3 << 13)", Allowed),
        ("every process's priority", "setpriority(PRIO_USER, 0, 19)", Refused),
        .. Each("i386", ["1", "5", "11", "20", "120"], "i386({0})", Killed),
        .. Each("x32", ["0", "1", "39", "56", "59", "520"], "syscall(0x40000000 | {0}, 0, 0, 0, 0, 0)", Killed),
        ("System V shared memory", "shmget(IPC_PRIVATE, 4096, 0600)", Allowed),
        ("System V semaphores", "semget(IPC_PRIVATE, 1, 0600)", Allowed),
        ("System V messages", "msgget(IPC_PRIVATE, 0600)", Allowed),
    ];

    public static TheoryData<string> RefusedCalls => [.. RefusedNames];

    public static TheoryData<string, string> AskedCalls
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (key, _, expected) in Probes)
                rows.Add(key, expected);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(RefusedCalls))]
    public void A_refused_call_fails_and_its_program_goes_on(string call)
    {
        Assert.SkipWhen(probe[call] == "absent", "This architecture has no such call.");

        Assert.Equal(Refused, probe[call]);
    }

    [Theory]
    [MemberData(nameof(AskedCalls))]
    public void A_call_is_refused_for_what_it_asks(string call, string expected) => Assert.Equal(expected, probe[call]);

    [Fact]
    public void Every_call_that_the_filter_lists_is_tested()
    {
        var source = File.ReadAllText(Path.Combine(PackFolders.Root, "..", "Sandbox", "Launcher", "filter.c"));
        var list = source[source.IndexOf("static const int refused[]", StringComparison.Ordinal)..];
        var names = CallName().Matches(list[..list.IndexOf("};", StringComparison.Ordinal)]).Select(match => match.Groups[1].Value);

        Assert.Equal(names.Order(StringComparer.Ordinal), RefusedNames.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_filter_holds_for_children_and_after_execution()
    {
        var answer = await service.Client.ExecuteAsync(
            Requests.Bash("unshare -r true; echo $?; bash -c 'unshare -n true; echo $?'; grep Seccomp: /proc/self/status"),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("1\n1\nSeccomp:\t2\n", answer.Run.Stdout.ToStringUtf8());
        Assert.Contains("Operation not permitted", answer.Run.Stderr.ToStringUtf8());
    }

    private static IEnumerable<(string Key, string Call, string Expected)> Each(string what, string[] asked, string call, string expected) =>
        asked.Select(value => ($"{what}: {value}", string.Format(System.Globalization.CultureInfo.InvariantCulture, call, value), expected));

    [GeneratedRegex(@"SCMP_SYS\((\w+)\)")]
    private static partial Regex CallName();
}

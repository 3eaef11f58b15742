using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Escape;

/// <summary>Programs that want other namespaces than their own: the zone's, the host's, or new ones of which they are lord.</summary>
public sealed class NamespaceTests(WatchedHost host)
{
    private const string Flags =
        "static const int flags[] = { CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP };";

    [Fact]
    public async Task No_new_namespace_of_any_kind_is_made()
    {
        var answer = await host.RunAsync(Programs.C("for (int i = 0; i < 7; i++) TRY(unshare(flags[i]));", before: Flags));

        answer.ShouldPrint(string.Concat(Enumerable.Repeat("EPERM\n", 7)));
    }

    [Fact]
    public async Task No_child_is_born_into_a_new_namespace()
    {
        var answer = await host.RunAsync(Programs.C("for (int i = 0; i < 7; i++) TRY(syscall(SYS_clone, flags[i] | SIGCHLD, 0, 0, 0, 0));", before: Flags));

        answer.ShouldPrint(string.Concat(Enumerable.Repeat("EPERM\n", 7)));
    }

    [Fact]
    public async Task The_newer_clone_does_not_get_around_that()
    {
        var answer = await host.RunAsync(Programs.C(
            "for (int i = 0; i < 7; i++) { unsigned long arguments[8] = { (unsigned)flags[i], 0, 0, 0, SIGCHLD }; TRY(syscall(SYS_clone3, arguments, sizeof arguments)); }", before: Flags));

        answer.ShouldPrint(string.Concat(Enumerable.Repeat("ENOSYS\n", 7)));
    }

    [Fact]
    public async Task The_namespaces_of_pid_1_cannot_be_opened_or_entered()
    {
        var answer = await host.RunAsync(Programs.C("""
            static const char *const kinds[] = { "user", "mnt", "pid", "net", "ipc", "uts", "cgroup" };
            for (int i = 0; i < 7; i++) {
                char path[40];
                sprintf(path, "/proc/1/ns/%s", kinds[i]);
                TRY(open(path, O_RDONLY));
            }
            TRY(setns((int)syscall(SYS_pidfd_open, 1, 0), CLONE_NEWNS | CLONE_NEWPID));
            TRY(setns(open("/proc/self/ns/net", O_RDONLY), CLONE_NEWNET));
            """));

        answer.ShouldPrint(string.Concat(Enumerable.Repeat("EACCES\n", 7)) + "EPERM\nEPERM\n");
    }

    [Fact]
    public async Task A_namespaces_parent_and_owner_cannot_be_asked_for()
    {
        // NS_GET_PARENT and NS_GET_USERNS would give a descriptor of the zone's namespaces.
        var answer = await host.RunAsync(Programs.C("""
            int pid = open("/proc/self/ns/pid", O_RDONLY), user = open("/proc/self/ns/user", O_RDONLY);
            TRY(ioctl(pid, 0xb702));
            TRY(ioctl(pid, 0xb701));
            TRY(ioctl(user, 0xb702));
            TRY(ioctl(user, 0xb701));
            """));

        answer.ShouldPrint("EPERM\nEPERM\nEPERM\nEPERM\n");
    }

    [Fact]
    public async Task The_root_directory_and_descriptors_of_pid_1_stay_closed()
    {
        var answer = await host.RunAsync(Requests.Bash("for what in root cwd exe fd fdinfo environ maps mem stack map_files; do ls -lL /proc/1/$what > /dev/null 2>&1 && head -c 1 /proc/1/$what/. > /dev/null 2>&1 && echo $what; cat /proc/1/$what > /dev/null 2>&1 && echo read $what; done; ls /proc/1/root/ 2>&1 | grep -c denied"));

        answer.ShouldPrint("1\n");
    }

    [Fact]
    public async Task The_path_through_ones_own_root_leads_nowhere_else()
    {
        var answer = await host.RunAsync(Requests.Python($"""
            import os
            for path in ['/proc/self/root/../../../../..', '/proc/self/cwd/../../../..', '/proc/thread-self/root', '/dev/fd/../root']:
                print(sorted(os.listdir(path)) == sorted(os.listdir('/')), os.path.exists(path + '{host.Canaries.FilePath}'))
            """));

        answer.ShouldPrint(string.Concat(Enumerable.Repeat("True False\n", 4)));
    }

    [Fact]
    public async Task A_descriptor_of_the_root_opened_early_climbs_no_higher()
    {
        var answer = await host.RunAsync(Programs.C("""
            int root = open("/", O_RDONLY | O_DIRECTORY);
            for (int i = 0; i < 50; i++) root = openat(root, "..", O_RDONLY | O_DIRECTORY);
            TRY(faccessat(root, "workspace/main", F_OK, 0));
            TRY(faccessat(root, "../../sys/kernel", F_OK, 0));
            TRY(faccessat(root, "../zone/launcher.sock", F_OK, 0));
            """));

        answer.ShouldPrint("DONE\nENOENT\nENOENT\n");
    }

    [Fact]
    public async Task Id_maps_cannot_be_rewritten()
    {
        var answer = await host.RunAsync(Requests.Bash("""
            cat /proc/self/setgroups
            for map in uid_map gid_map; do echo '0 0 4294967295' > /proc/self/$map && echo changed $map; done
            echo allow > /proc/self/setgroups && echo allowed
            newuidmap $$ 0 0 1 2> /dev/null && echo mapped
            awk '{ print $1, $3 }' /proc/self/uid_map
            """));

        answer.ShouldPrint("deny\n1000 1\n");
        Assert.Contains("Operation not permitted", answer.Errors());
    }

    [Fact]
    public async Task The_name_of_the_machine_cannot_be_changed()
    {
        var answer = await host.RunAsync(Programs.C("""
            char name[64];
            TRY(sethostname("taken", 5));
            TRY(setdomainname("taken", 5));
            TRY(open("/proc/sys/kernel/hostname", O_WRONLY));
            gethostname(name, sizeof name);
            puts(name);
            """));

        answer.ShouldPrint("EPERM\nEPERM\nEACCES\nsandbox\n");
    }

    [Fact]
    public async Task Node_finds_no_way_into_other_namespaces_through_nsenter()
    {
        var answer = await host.RunAsync(Programs.JavaScript("""
            const { spawnSync } = require('child_process');
            for (const target of [['-t', '1', '-a'], ['-t', '1', '-m'], ['--net=/proc/1/ns/net'], ['--pid=/proc/self/ns/pid']]) {
              const tried = spawnSync('nsenter', [...target, 'cat', '/etc/shadow']);
              console.log(tried.status, tried.stdout.length, /denied|not permitted/.test(tried.stderr));
            }
            """));

        answer.ShouldPrint(string.Concat(Enumerable.Repeat("1 0 true\n", 4)));
    }
}

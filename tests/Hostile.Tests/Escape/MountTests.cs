using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Escape;

/// <summary>Programs that want other file systems than the ones they were given.</summary>
public sealed class MountTests(WatchedHost host)
{
    [Fact]
    public async Task A_file_system_cannot_be_mounted_over_the_toolchains()
    {
        var answer = await host.RunAsync(Programs.C("""TRY(mount("x", "/usr", "tmpfs", 0, "size=1m")); TRY(access("/usr/bin/gcc", F_OK));"""));

        answer.ShouldPrint("EPERM\nDONE\n");
    }

    [Fact]
    public async Task Another_password_file_cannot_be_bound_over_the_sandboxs()
    {
        var answer = await host.RunAsync(Programs.C("""
            int own = open("passwd", O_CREAT | O_WRONLY, 0644);
            TRY(write(own, "root::0:0::/:/bin/sh\n", 21));
            TRY(mount("passwd", "/etc/passwd", NULL, MS_BIND, NULL));
            """));

        answer.ShouldPrint("DONE\nEPERM\n");
    }

    [Fact]
    public async Task The_new_mount_calls_are_refused_like_the_old_one()
    {
        var answer = await host.RunAsync(Programs.C("""
            TRY(syscall(SYS_fsopen, "tmpfs", 0));
            TRY(syscall(SYS_open_tree, AT_FDCWD, "/", 1));
            TRY(syscall(SYS_move_mount, AT_FDCWD, "/workspace", AT_FDCWD, "/usr", 0));
            TRY(syscall(SYS_fspick, AT_FDCWD, "/", 0));
            TRY(syscall(SYS_mount_setattr, AT_FDCWD, "/", 0, "", 32));
            """));

        answer.ShouldPrint("EPERM\nEPERM\nEPERM\nEPERM\nEPERM\n");
    }

    [Fact]
    public async Task The_root_cannot_be_made_writable_again()
    {
        var answer = await host.RunAsync(Programs.C("""
            TRY(mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND, NULL));
            TRY(mount(NULL, "/usr", NULL, MS_REMOUNT | MS_BIND, NULL));
            TRY(open("/usr/bin/planted", O_CREAT | O_WRONLY, 0755));
            TRY(open("/planted", O_CREAT | O_WRONLY, 0755));
            """));

        answer.ShouldPrint("EPERM\nEPERM\nEROFS\nEROFS\n");
    }

    [Fact]
    public async Task Another_root_cannot_be_taken_to_climb_out_of_this_one()
    {
        var answer = await host.RunAsync(Programs.C("""
            mkdir("deep", 0755);
            TRY(chroot("deep"));
            TRY(syscall(SYS_pivot_root, ".", "deep"));
            for (int i = 0; i < 100; i++) chdir("..");
            char here[100];
            puts(getcwd(here, sizeof here));
            TRY(access("sys", F_OK));
            """));

        answer.ShouldPrint("EPERM\nEPERM\n/\nENOENT\n");
    }

    [Fact]
    public async Task What_is_masked_cannot_be_uncovered()
    {
        var answer = await host.RunAsync(Programs.C("""
            char text[64];
            TRY(umount2("/proc/kallsyms", MNT_DETACH));
            TRY(umount2("/proc", MNT_DETACH));
            printf("%zd\n", read(open("/proc/kallsyms", O_RDONLY), text, sizeof text));
            """));

        answer.ShouldPrint("EPERM\nEPERM\n0\n");
    }

    [Fact]
    public async Task A_file_handle_opens_nothing_past_the_mounts()
    {
        var answer = await host.RunAsync(Programs.C("""
            /* Inode 2 is the root of most file systems: the handle that once let programs walk out of containers. */
            struct { struct file_handle head; unsigned char root[8]; } handle = { { .handle_bytes = 8, .handle_type = 1 }, { 2 } };
            int mount_id;
            TRY(name_to_handle_at(AT_FDCWD, "/usr", &handle.head, &mount_id, 0));
            TRY(open_by_handle_at(open("/usr", O_RDONLY), &handle.head, O_RDONLY));
            TRY(open_by_handle_at(open("/etc/passwd", O_RDONLY), &handle.head, O_RDONLY));
            """));

        answer.ShouldPrint("EPERM\nEPERM\nEPERM\n");
    }

    [Fact]
    public async Task Mount_as_root_of_a_new_user_namespace_is_refused()
    {
        var answer = await host.RunAsync(Requests.Bash("unshare --user --map-root-user --mount mount -t tmpfs x /usr; echo $?; ls /usr/bin/bash"));

        answer.ShouldPrint("1\n/usr/bin/bash\n");
        Assert.Contains("unshare failed: Operation not permitted", answer.Errors());
    }

    [Fact]
    public async Task The_setuid_mount_and_umount_have_no_power()
    {
        var answer = await host.RunAsync(Requests.Bash("mount -t tmpfs x /usr && echo mounted; umount /proc && echo unmounted; mount --bind /workspace /etc && echo bound; true"));

        answer.ShouldPrint("");
        Assert.Contains("must be superuser", answer.Errors());
    }

    [Fact]
    public async Task Python_mounts_nothing_through_the_c_library()
    {
        var answer = await host.RunAsync(Requests.Python("""
            import ctypes, errno, os
            c = ctypes.CDLL(None, use_errno=True)
            for source, target, kind in [(b'proc', b'/tmp', b'proc'), (b'sys', b'/tmp', b'sysfs'), (b'cg', b'/tmp', b'cgroup'), (b'cg', b'/tmp', b'cgroup2'),
                                         (b'debug', b'/tmp', b'debugfs'), (b'o', b'/tmp', b'overlay'), (b'/dev/vda', b'/tmp', b'ext4')]:
                print(c.mount(source, target, kind, 0, None), errno.errorcode[ctypes.get_errno()])
            print(os.listdir('/tmp'))
            """));

        answer.ShouldPrint(string.Concat(Enumerable.Repeat("-1 EPERM\n", 7)) + "[]\n");
    }

    [Fact]
    public async Task Swap_and_quotas_of_the_machine_are_out_of_reach()
    {
        var answer = await host.RunAsync(Programs.C("""
            int fd = open("swap", O_CREAT | O_RDWR, 0600);
            TRY(ftruncate(fd, 1 << 20));
            TRY(syscall(SYS_swapon, "swap", 0));
            TRY(syscall(SYS_swapoff, "/swapfile"));
            TRY(syscall(SYS_quotactl, 0x800002 << 8, "/dev/vda", 0, NULL));
            TRY(syscall(SYS_acct, "swap"));
            """));

        answer.ShouldPrint("DONE\nEPERM\nEPERM\nEPERM\nEPERM\n");
    }
}

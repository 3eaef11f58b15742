using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Escape;

/// <summary>Programs that want files which are not theirs: the host's, the kernel's, the toolchains'.</summary>
public sealed class FileTests(WatchedHost host)
{
    [Fact]
    public async Task A_file_of_the_host_that_is_open_to_everyone_is_not_there()
    {
        var answer = await host.RunAsync(Requests.Python($"""
            import os
            for act in (lambda path: open(path).read(), lambda path: open(path, 'r+').write('eaten'), os.unlink, lambda path: os.chmod(path, 0),
                        lambda path: os.rename(path, '/tmp/taken'), lambda path: os.link(path, '/tmp/linked')):
                try:
                    act('{host.Canaries.FilePath}')
                    print('reached')
                except FileNotFoundError:
                    print('not there')
            """));

        answer.ShouldPrint(string.Concat(Enumerable.Repeat("not there\n", 6)));
    }

    [Fact]
    public async Task A_file_made_at_the_same_path_is_another_file()
    {
        var path = host.Canaries.FilePath;

        var answer = await host.RunAsync(Requests.Bash($"mkdir -p $(dirname {path}) && echo eaten > {path} && cat {path}"));

        answer.ShouldPrint("eaten\n");
    }

    [Theory]
    [InlineData("kernel/core_pattern", "|/workspace/main")]
    [InlineData("kernel/core_uses_pid", "1")]
    [InlineData("kernel/randomize_va_space", "0")]
    [InlineData("kernel/panic", "1")]
    [InlineData("vm/overcommit_memory", "1")]
    [InlineData("vm/drop_caches", "3")]
    [InlineData("fs/file-max", "1")]
    [InlineData("fs/suid_dumpable", "2")]
    [InlineData("net/ipv4/ip_forward", "1")]
    public async Task A_setting_of_the_kernel_cannot_be_written(string setting, string value)
    {
        var answer = await host.RunAsync(Requests.Bash($"chmod 666 /proc/sys/{setting}; echo '{value}' > /proc/sys/{setting} && echo written"));

        Assert.Equal((Outcome.NonzeroExit, ""), (answer.Outcome, answer.Output()));
        Assert.Matches("(Permission denied|Operation not permitted|Read-only file system)\n$", answer.Errors());
    }

    [Fact]
    public async Task Other_switches_in_proc_stay_off()
    {
        var answer = await host.RunAsync(Requests.Python("""
            import os
            for name in ('sysrq-trigger', 'self/loginuid', 'irq/default_smp_affinity', 'acpi/wakeup', 'scsi/scsi', 'self/attr/current', 'timer_list', 'self/sched'):
                try:
                    os.write(os.open('/proc/' + name, os.O_WRONLY), b'1')
                    print(name, 'written')
                except OSError as error:
                    pass
            print('done')
            """));

        // A masked file is the null device: writing to it changes nothing. Its own scheduling statistics it may reset.
        Assert.Empty(answer.Output().Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(["done", "sysrq-trigger written", "timer_list written", "self/sched written"]));
        Assert.Equal(Outcome.Succeeded, answer.Outcome);
    }

    [Fact]
    public async Task There_are_no_control_group_files_to_raise_limits_with()
    {
        var answer = await host.RunAsync(Requests.Bash("find / -xdev \\( -name release_agent -o -name 'cgroup.procs' -o -name 'memory.limit*' -o -name notify_on_release \\) 2>/dev/null; ls /sys/fs/cgroup /sys 2>&1 | grep -c 'No such file'; awk '$3 ~ /cgroup/' /proc/mounts | wc -l; cut -d: -f3 /proc/self/cgroup | sort -u"));

        Assert.Equal("2\n0\n/\n", answer.Output());
    }

    [Fact]
    public async Task Devices_cannot_be_made()
    {
        var answer = await host.RunAsync(Programs.C("""
            TRY(mknod("memory", S_IFCHR | 0666, 1 << 8 | 1));
            TRY(mknod("disk", S_IFBLK | 0666, 254 << 8));
            TRY(mknod("/dev/shm/disk", S_IFBLK | 0666, 8 << 8));
            TRY(mknod("console", S_IFCHR | 0666, 5 << 8 | 1));
            TRY(mknod("pipe", S_IFIFO | 0666, 0));
            """));

        answer.ShouldPrint("EPERM\nEPERM\nEPERM\nEPERM\nDONE\n");
    }

    [Fact]
    public async Task There_are_no_devices_but_the_harmless_ones()
    {
        var answer = await host.RunAsync(Requests.Bash("ls -A /dev | sort | tr '\\n' ' '; ls -A /dev/pts; for d in mem kmem port kmsg kvm fuse loop-control vda sda nvme0n1 net/tun snapshot console vhost-net uinput; do [ -e /dev/$d ] && echo there: $d; done; true"));

        answer.ShouldPrint("fd full null ptmx pts random shm stderr stdin stdout tty urandom zero ptmx\n");
    }

    [Fact]
    public async Task Seeding_the_hosts_randomness_is_not_for_programs()
    {
        // RNDADDTOENTCNT, RNDCLEARPOOL, RNDADDENTROPY.
        var answer = await host.RunAsync(Programs.C("""
            int fd = open("/dev/urandom", O_RDWR);
            int count = 4096, entropy[3] = { 8, 4, 0 };
            TRY(ioctl(fd, 0x40045201, &count));
            TRY(ioctl(fd, 0x5206));
            TRY(ioctl(fd, 0x40085203, entropy));
            """));

        answer.ShouldPrint("EPERM\nEPERM\nEPERM\n");
    }

    [Fact]
    public async Task The_toolchains_cannot_be_changed_in_any_way()
    {
        var answer = await host.RunAsync(Programs.C("""
            const char *gcc = "/usr/bin/gcc";
            TRY(open("/usr/bin/bash", O_WRONLY));
            TRY(truncate("/usr/bin/bash", 0));
            TRY(unlink("/usr/bin/bash"));
            TRY(rename("/usr/bin/bash", "/usr/bin/planted"));
            TRY(chmod(gcc, 04755));
            TRY(chown(gcc, 1000, 1000));
            TRY(utimensat(AT_FDCWD, gcc, NULL, 0));
            TRY(syscall(SYS_setxattr, gcc, "user.planted", "x", 1, 0));
            TRY(link(gcc, "/workspace/linked"));
            TRY(symlink("/tmp/x", "/usr/bin/planted"));
            TRY(mkdir("/opt/planted", 0755));
            """));

        Assert.Equal(Outcome.Succeeded, answer.Outcome);
        var lines = answer.Output().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(11, lines.Length);
        Assert.All(lines, line => Assert.Matches("EROFS|EPERM|EXDEV|EACCES|ETXTBSY", line));
    }

    [Fact]
    public async Task A_read_only_file_reopened_through_proc_stays_read_only()
    {
        var answer = await host.RunAsync(Programs.C("""
            char path[64];
            sprintf(path, "/proc/self/fd/%d", open("/usr/bin/python3", O_RDONLY));
            TRY(open(path, O_RDWR));
            sprintf(path, "/proc/self/fd/%d", open("/etc/passwd", O_RDONLY | O_PATH));
            TRY(open(path, O_WRONLY | O_TRUNC));
            TRY(mmap(NULL, 4096, PROT_WRITE, MAP_SHARED, open("/etc/passwd", O_RDONLY), 0) == MAP_FAILED ? -1 : 0);
            """));

        answer.ShouldPrint("EACCES\nEROFS\nEACCES\n");
    }

    [Fact]
    public async Task Special_attributes_and_capabilities_of_files_are_not_given()
    {
        // FS_IOC_SETFLAGS with the immutable flag; a capability of a file; an attribute for the trusted.
        var answer = await host.RunAsync(Programs.C("""
            int fd = open("own", O_CREAT | O_RDWR, 0755), immutable = 0x10;
            unsigned char capability[20] = { 1, 0, 0, 2, 255, 255, 255, 255 };
            TRY(ioctl(fd, 0x40086602, &immutable));
            TRY(syscall(SYS_setxattr, "own", "security.capability", capability, 20, 0));
            TRY(syscall(SYS_setxattr, "own", "trusted.planted", "x", 1, 0));
            TRY(chown("own", 0, 0));
            """));

        answer.ShouldPrint("EPERM\nEPERM\nEPERM\nEINVAL\n");
    }

    [Fact]
    public async Task Nothing_that_names_the_host_or_its_accounts_can_be_read()
    {
        var answer = await host.RunAsync(Requests.Bash("cat /etc/shadow /etc/gshadow /etc/machine-id /etc/fstab /etc/ssh/* /root/.* /home/*/* /proc/1/environ /var/log/* /var/lib/*/* /etc/sudoers 2>/dev/null | wc -c; grep -c . /proc/mounts > /dev/null && grep -cE 'overlay|ext4|/tmp/hostile-state' /proc/self/mountinfo; cat /proc/sys/kernel/hostname"));

        Assert.Equal("0", answer.Output().Split('\n')[0]);
        Assert.DoesNotContain("hostile-state", answer.Output());
        Assert.EndsWith("sandbox\n", answer.Output());
    }

    [Fact]
    public async Task Java_walks_the_whole_tree_and_finds_nothing_to_write_but_its_own()
    {
        var answer = await host.RunAsync(Programs.Java("""
            var writable = new TreeSet<String>();
            for (var top : new File("/").listFiles())
                if (!top.getName().equals("proc"))
                    Files.walkFileTree(top.toPath(), Set.of(), 3, new SimpleFileVisitor<Path>() {
                        public FileVisitResult preVisitDirectory(Path folder, java.nio.file.attribute.BasicFileAttributes a) {
                            try { Files.delete(Files.createFile(folder.resolve("planted"))); writable.add(folder.toString()); } catch (Exception e) { }
                            return FileVisitResult.CONTINUE;
                        }
                        public FileVisitResult visitFileFailed(Path file, IOException e) { return FileVisitResult.CONTINUE; }
                    });
            System.out.println(writable);
            """));

        answer.ShouldPrint("[/dev/shm, /tmp, /workspace]\n");
    }
}

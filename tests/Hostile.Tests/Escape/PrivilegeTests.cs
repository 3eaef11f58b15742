using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Escape;

/// <summary>Programs that want to be someone else, or more than they are.</summary>
public sealed class PrivilegeTests(WatchedHost host)
{
    [Fact]
    public async Task No_call_makes_it_root_or_anyone_else()
    {
        var answer = await host.RunAsync(Programs.C("""
            gid_t root = 0;
            TRY(setuid(0));
            TRY(setgid(0));
            TRY(setresuid(0, 0, 0));
            TRY(setresuid(65534, 65534, 65534));
            TRY(syscall(SYS_setgroups, 1, &root));
            setfsuid(0);
            printf("%d %d %d\n", setfsuid(-1), getuid(), geteuid());
            """));

        answer.ShouldPrint("EINVAL\nEINVAL\nEINVAL\nEINVAL\nEPERM\n1000 1000 1000\n");
    }

    [Fact]
    public async Task Capabilities_cannot_be_raised_in_any_set()
    {
        var answer = await host.RunAsync(Programs.C("""
            struct { uint32_t version; int pid; } header = { 0x20080522, 0 };
            uint32_t all[6] = { ~0u, ~0u, ~0u, ~0u, ~0u, ~0u };
            TRY(syscall(SYS_capset, &header, all));
            TRY(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 21, 0, 0));
            TRY(prctl(PR_SET_SECUREBITS, 0));
            TRY(prctl(PR_SET_KEEPCAPS, 1));
            TRY(prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0));
            """));

        answer.ShouldPrint("EPERM\nEPERM\nEPERM\nEPERM\nEINVAL\n");
    }

    [Theory]
    [InlineData("su -c id")]
    [InlineData("su root -c id < /dev/null")]
    [InlineData("newgrp root < /dev/null")]
    [InlineData("passwd -d root")]
    [InlineData("chsh -s /workspace/main.sh root")]
    [InlineData("sudo -n id")]
    [InlineData("setpriv --reuid 0 id")]
    public async Task A_program_that_gives_power_elsewhere_gives_none_here(string command)
    {
        var answer = await host.RunAsync(Requests.Bash($"{command} 2> error && echo had power; id -u; [ -s error ] && echo refused"));

        answer.ShouldPrint("1000\nrefused\n");
    }

    [Fact]
    public async Task A_setuid_copy_of_a_shell_runs_as_its_caller()
    {
        var answer = await host.RunAsync(Requests.Bash("cp /bin/bash shell && chmod 6755 shell && stat -c %a shell; ./shell -p -c 'id -u; id -g; grep CapEff /proc/self/status | cut -f2'"));

        answer.ShouldPrint("6755\n1000\n1000\n0000000000000000\n");
    }

    [Fact]
    public async Task Setuid_programs_of_the_toolchains_run_as_their_caller()
    {
        var answer = await host.RunAsync(Requests.Python("""
            import os, subprocess
            found = [os.path.join(d, f) for d in ('/usr/bin', '/usr/sbin', '/usr/lib/openssh', '/usr/lib/dbus-1.0') if os.path.isdir(d)
                     for f in os.listdir(d) if os.access(os.path.join(d, f), os.X_OK) and os.stat(os.path.join(d, f)).st_mode & 0o6000]
            uids = set()
            for program in found:
                child = subprocess.Popen([program], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                try:
                    uids |= {line for line in open(f'/proc/{child.pid}/status') if line.startswith('Uid') or line.startswith('CapEff')}
                except OSError:
                    pass
                child.kill()
                child.wait()
            print(len(found) > 0, sorted(line.split()[1] for line in uids))
            """));

        answer.ShouldPrint("True ['0000000000000000', '1000']\n");
    }

    [Fact]
    public async Task The_loaders_preload_file_cannot_be_written_and_its_variable_gives_no_power()
    {
        var answer = await host.RunAsync(Requests.Bash("""
            printf '#include <unistd.h>\n__attribute__((constructor)) static void start(void) { char t[] = "loaded as 1000\\n"; t[10] = "01"[geteuid() == 1000]; write(1, t, sizeof t - 1); }' > own.c
            gcc -shared -fPIC -o own.so own.c
            echo /workspace/own.so > /etc/ld.so.preload && echo written
            LD_PRELOAD=/workspace/own.so /bin/true
            LD_PRELOAD=/workspace/own.so su --version > /dev/null
            """));

        // The loader takes it even for su, whose setuid bit means nothing here.
        Assert.Matches("^(loaded as 1000\n){1,2}$", answer.Output());
        Assert.Contains("ld.so.preload: Read-only file system", answer.Errors());
    }

    [Fact]
    public async Task A_filter_of_its_own_is_refused_and_takes_nothing_of_ours_away()
    {
        // SECCOMP_SET_MODE_FILTER with "allow everything"; then what was refused is tried again.
        var answer = await host.RunAsync(Programs.C("""
            struct { uint16_t code; uint8_t jt, jf; uint32_t k; } allow = { 6, 0, 0, 0x7fff0000 };
            struct { uint16_t length; void *filter; } program = { 1, &allow };
            TRY(syscall(SYS_seccomp, 1, 0, &program));
            TRY(unshare(CLONE_NEWUSER));
            TRY(mount("x", "/tmp", "tmpfs", 0, NULL));
            TRY(prctl(PR_SET_SECCOMP, 0));
            """));

        answer.ShouldPrint("EPERM\nEPERM\nEPERM\nEPERM\n");
    }

    [Fact]
    public async Task A_process_with_another_memory_layout_is_refused()
    {
        var answer = await host.RunAsync(Programs.C("""
            TRY(syscall(SYS_personality, 0x0040000));
            TRY(syscall(SYS_personality, 0x0400000));
            TRY(syscall(SYS_personality, 0x0100000 | 0x8));
            TRY(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED ? -1 : 0);
            """));

        Assert.Matches("^EPERM\nEPERM\nEPERM\n(EPERM|EACCES)\n$", answer.Output());
    }
}

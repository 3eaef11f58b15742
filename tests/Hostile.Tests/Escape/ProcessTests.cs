using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Escape;

/// <summary>Programs that reach for processes that are not theirs, pid 1 of their sandbox above all.</summary>
public sealed class ProcessTests(WatchedHost host)
{
    [Fact]
    public async Task Killing_everyone_kills_only_ones_own()
    {
        var answer = await host.RunAsync(Requests.Python("""
            import os, signal, subprocess, time
            child = subprocess.Popen(['sleep', '60'])
            os.kill(-1, signal.SIGKILL)
            print(child.wait(), 'still here')
            """));

        answer.ShouldPrint("-9 still here\n");
    }

    [Fact]
    public async Task The_hosts_processes_have_no_number_here()
    {
        var answer = await host.RunAsync(Requests.Python($"""
            import errno, os, signal
            for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM):
                try:
                    os.kill({host.Canaries.ProcessId}, number)
                    print('sent')
                except OSError as error:
                    print(errno.errorcode[error.errno])
            """));

        answer.ShouldPrint("ESRCH\nESRCH\nESRCH\n");
    }

    [Fact]
    public async Task Signalling_every_possible_process_hits_nobody_else()
    {
        var answer = await host.RunAsync(Requests.Python("""
            import os, signal
            hit = []
            for process in range(1, 100_000):
                if process != os.getpid():
                    try:
                        os.kill(process, signal.SIGKILL)
                        hit.append(process)
                    except ProcessLookupError:
                        pass
            print(hit)
            """));

        // Pid 1 takes no signal from inside, not even this one.
        answer.ShouldPrint("[1]\n");
    }

    [Fact]
    public async Task No_kind_of_signal_stops_or_ends_pid_1()
    {
        var answer = await host.RunAsync(Programs.C("""
            for (int number = 1; number < 65; number++) { kill(1, number); syscall(SYS_tgkill, 1, 1, number); }
            int handle = (int)syscall(SYS_pidfd_open, 1, 0);
            syscall(SYS_pidfd_send_signal, handle, SIGKILL, NULL, 0);
            siginfo_t forged = { .si_code = -1 };
            syscall(SYS_rt_sigqueueinfo, 1, SIGKILL, &forged);
            puts("sent");
            """));

        answer.ShouldPrint("sent\n");
    }

    [Fact]
    public async Task Pid_1_cannot_be_traced_or_its_memory_read_or_written()
    {
        var answer = await host.RunAsync(Programs.C("""
            char stolen[16];
            struct iovec mine = { stolen, sizeof stolen }, theirs = { (void *)0x400000, sizeof stolen };
            TRY(syscall(SYS_ptrace, 16, 1, 0, 0));
            TRY(syscall(SYS_ptrace, 0x4206, 1, 0, 0));
            TRY(syscall(SYS_process_vm_readv, 1, &mine, 1, &theirs, 1, 0));
            TRY(syscall(SYS_process_vm_writev, 1, &mine, 1, &theirs, 1, 0));
            TRY(open("/proc/1/mem", O_RDWR));
            TRY(open("/proc/1/environ", O_RDONLY));
            TRY(syscall(SYS_kcmp, 1, getpid(), 0, 0, 0));
            TRY(syscall(SYS_pidfd_getfd, syscall(SYS_pidfd_open, 1, 0), 0, 0));
            """));

        answer.ShouldPrint("EPERM\nEPERM\nEPERM\nEPERM\nEACCES\nEACCES\nEPERM\nEPERM\n");
    }

    [Fact]
    public async Task The_limits_and_the_processor_cannot_be_taken_away_from_pid_1()
    {
        // With no descriptors left it could neither obey nor report.
        var answer = await host.RunAsync(Programs.C("""
            struct rlimit none = { 0, 0 };
            TRY(prlimit(1, RLIMIT_NOFILE, &none, NULL));
            TRY(prlimit(1, RLIMIT_CPU, &none, NULL));
            TRY(prlimit(1, RLIMIT_AS, &none, NULL));
            TRY(sched_setscheduler(1, SCHED_IDLE, &(struct sched_param){ 0 }));
            TRY(setpriority(PRIO_PROCESS, 1, 19));
            sleep(30);
            """, Programs.Wall(300)));

        answer.ShouldReach(Outcome.WallTimeLimit, "wall-time limit of 0.3 s");
        Assert.Equal("EPERM\nEPERM\nEPERM\nEPERM\nEPERM\n", answer.Output());
    }

    [Fact]
    public async Task The_launchers_program_cannot_be_overwritten_through_proc()
    {
        var answer = await host.RunAsync(Programs.C("""
            TRY(open("/proc/1/exe", O_RDONLY));
            TRY(open("/proc/1/exe", O_WRONLY | O_TRUNC));
            TRY(open("/proc/self/exe", O_WRONLY));
            TRY(execl("/proc/1/exe", "launcher", "/tmp/socket", NULL));
            """));

        answer.ShouldPrint("EACCES\nEACCES\nETXTBSY\nEACCES\n");
    }

    [Fact]
    public async Task Even_ones_own_child_cannot_be_traced()
    {
        var answer = await host.RunAsync(Programs.C("""
            pid_t child = fork();
            if (child == 0) { TRY(syscall(SYS_ptrace, 0, 0, 0, 0)); _exit(0); }
            waitpid(child, NULL, 0);
            """));

        answer.ShouldPrint("EPERM\n");
    }

    [Theory]
    [InlineData("-20 for its niceness", "setpriority(PRIO_PROCESS, 0, -20)", "EACCES")]
    [InlineData("the real-time class", "sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){ 99 })", "EPERM")]
    [InlineData("the round-robin class", "sched_setscheduler(0, SCHED_RR, &(struct sched_param){ 1 })", "EPERM")]
    [InlineData("a deadline", "syscall(SYS_sched_setattr, 0, (uint64_t[]){ 48 | 6ull << 32, 0, 0, 5000000, 10000000, 10000000 }, 0)", "EPERM")]
    [InlineData("real-time disk access", "syscall(SYS_ioprio_set, 1, 0, 1 << 13)", "EPERM")]
    public async Task More_of_the_processor_than_others_is_not_given(string what, string call, string error)
    {
        var answer = await host.RunAsync(Programs.C($"TRY({call});"));

        Assert.True(answer.Output() == error + "\n", $"It asked for {what}: {answer}");
    }

    [Fact]
    public async Task It_cannot_put_itself_behind_others_when_memory_runs_out()
    {
        var answer = await host.RunAsync(Requests.Bash("""
            cat /proc/self/oom_score_adj
            for score in -1000 -900 -1; do echo $score > /proc/self/oom_score_adj || echo refused; done
            echo -17 > /proc/self/oom_adj || echo refused
            echo -1000 > /proc/1/oom_score_adj || echo refused
            echo 0 > /proc/self/oom_score_adj
            cat /proc/self/oom_score_adj
            """));

        // Where the service may set the lowest score its programs can choose (CAP_SYS_RESOURCE), that is the one they start with.
        answer.ShouldPrint($"500\nrefused\nrefused\nrefused\nrefused\nrefused\n{(MaySetLowestScore() ? 500 : 0)}\n");
    }

    [Theory]
    [InlineData("bash", "main.sh", "ulimit -n 100000 && echo raised; ulimit -f unlimited && echo raised; ulimit -c unlimited && echo raised; ulimit -l unlimited && echo raised; ulimit -n")]
    [InlineData("python", "main.py", "import resource as r\nfor what in (r.RLIMIT_NOFILE, r.RLIMIT_FSIZE, r.RLIMIT_CORE, r.RLIMIT_MEMLOCK):\n    try:\n        r.setrlimit(what, (1 << 40, 1 << 40))\n        print('raised')\n    except ValueError: pass\nprint(r.getrlimit(r.RLIMIT_NOFILE)[1])")]
    public async Task Limits_of_a_process_are_never_raised(string language, string path, string source)
    {
        var answer = await host.RunAsync(Requests.Program(language, source, path: path));

        answer.ShouldPrint("256\n");
    }

    [Fact]
    public async Task A_crash_leaves_no_core_file_anywhere()
    {
        var request = Programs.C("struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY }; TRY(setrlimit(RLIMIT_CORE, &all)); prctl(PR_SET_DUMPABLE, 1); abort();");
        request.Collect.Add("**");

        var answer = await host.RunAsync(request);

        Assert.Equal(("EPERM\n", "SIGABRT"), (answer.Output(), answer.Run.Signal));
        Assert.Equal(["main", "main.c"], answer.Artifacts.Select(artifact => artifact.Path).Order());
    }

    private static bool MaySetLowestScore()
    {
        const int SysResource = 24;
        var effective = File.ReadLines("/proc/self/status").First(line => line.StartsWith("CapEff:", StringComparison.Ordinal))[7..].Trim();
        return (Convert.ToUInt64(effective, 16) >> SysResource & 1) == 1;
    }
}

using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Resources;

/// <summary>Programs that do not mean to end, and what their time is counted as.</summary>
public sealed class TimeTests(WatchedHost host)
{
    private static readonly Limits _wall = new() { WallTimeLimitMs = 300 };

    [Theory]
    [InlineData("python", "main.py", "import signal, time\nfor n in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}: signal.signal(n, signal.SIG_IGN)\nprint('deaf', flush=True)\nwhile True: time.sleep(60)")]
    [InlineData("bash", "main.sh", "trap '' $(seq 1 31); echo deaf; while :; do sleep 60; done")]
    [InlineData("c", "main.c", "#include <signal.h>\n#include <stdio.h>\n#include <unistd.h>\nint main(void) { for (int i = 1; i < 65; i++) signal(i, SIG_IGN); sigset_t all; sigfillset(&all); sigprocmask(SIG_BLOCK, &all, 0); puts(\"deaf\"); fflush(stdout); while (1) pause(); }")]
    public async Task Ignoring_every_signal_does_not_help(string language, string path, string source)
    {
        var answer = await host.RunAsync(Requests.Program(language, source, limits: _wall, path: path));

        answer.ShouldReach(Outcome.WallTimeLimit, "wall-time limit of 0.3 s");
        Assert.Equal(("deaf\n", "SIGKILL"), (answer.Output(), answer.Run.Signal));
    }

    [Fact]
    public async Task Node_that_waits_for_ever_and_hears_no_signal_is_stopped()
    {
        var answer = await host.RunAsync(Programs.JavaScript("for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGXCPU']) process.on(name, () => {}); console.log('deaf'); setInterval(() => {}, 1000);", Programs.Wall(1_500)));

        answer.ShouldReach(Outcome.WallTimeLimit, "wall-time limit of 1.5 s");
        Assert.Equal("deaf\n", answer.Output());
    }

    [Fact]
    public async Task Java_whose_shutdown_never_ends_is_stopped()
    {
        var answer = await host.RunAsync(Programs.Java("""
            Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) try { Thread.sleep(1000); } catch (InterruptedException e) { } }));
            System.out.println("leaving");
            System.exit(0);
            """, Programs.Wall(3_000)));

        answer.ShouldReach(Outcome.WallTimeLimit, "wall-time limit of 3 s");
        Assert.Equal("leaving\n", answer.Output());
    }

    [Theory]
    [InlineData("itself", "kill -STOP $$")]
    [InlineData("its process group", "kill -STOP 0")]
    [InlineData("everyone", "kill -STOP -1; kill -STOP $$")]
    public async Task A_program_that_stops_does_not_outlive_its_limit(string whom, string command)
    {
        var answer = await host.RunAsync(Requests.Bash($"sleep 60 & {command}; echo continued", limits: _wall));

        Assert.True(answer.Outcome == Outcome.WallTimeLimit && answer.Output() == "", $"It stopped {whom}: {answer}");
    }

    [Fact]
    public async Task Death_comes_soon_after_the_limit()
    {
        // 40 processes, some stopped, some deaf, some busy. Generous: the machine may be busy, too.
        var answer = await host.RunAsync(Requests.Bash("for i in $(seq 12); do (trap '' TERM; sleep 60) & (kill -STOP $BASHPID) & setsid sleep 60 & done; while :; do :; done", limits: _wall));

        answer.ShouldReach(Outcome.WallTimeLimit, "wall-time limit of 0.3 s");
        Assert.InRange(answer.Run.WallTimeMs, 300, 2_000);
    }

    [Theory]
    [InlineData("children", "for i in 1 2 3 4; do (while :; do :; done) & done; wait")]
    [InlineData("grandchildren", "for i in 1 2 3; do ( (while :; do :; done) & (while :; do :; done) & wait) & done; wait")]
    [InlineData("orphans that left its group", "for i in 1 2 3; do setsid bash -c 'while :; do :; done' & done; disown -a; sleep 30")]
    [InlineData("many short children", "while :; do (for j in 1 2 3 4 5 6 7 8 9; do :; done); done")]
    public async Task Processor_time_is_counted_wherever_it_hides(string where, string script)
    {
        var answer = await host.RunAsync(Requests.Bash(script, limits: new Limits { CpuTimeLimitMs = 300, WallTimeLimitMs = 20_000 }));

        Assert.True(answer.Outcome == Outcome.CpuTimeLimit, $"In {where}: {answer}");
        answer.ShouldReach(Outcome.CpuTimeLimit, "CPU-time limit of 0.3 s");
        Assert.InRange(answer.Run.UserCpuTimeMs + answer.Run.SystemCpuTimeMs, 250, 5_000);
    }

    [Fact]
    public async Task Threads_of_java_share_one_cpu_time_limit()
    {
        var answer = await host.RunAsync(Programs.Java("for (int i = 0; i < 4; i++) new Thread(() -> { for (long n = 0; ; n++) if (n == -1) System.out.println(n); }).start();", new Limits { CpuTimeLimitMs = 1_500, WallTimeLimitMs = 20_000 }));

        answer.ShouldReach(Outcome.CpuTimeLimit, "CPU-time limit of 1.5 s");
    }

    [Fact]
    public async Task A_busy_loop_of_node_is_stopped_by_the_cpu_time_limit()
    {
        var answer = await host.RunAsync(Programs.JavaScript("while (true) Math.sqrt(Math.random());", new Limits { CpuTimeLimitMs = 500, WallTimeLimitMs = 20_000 }));

        answer.ShouldReach(Outcome.CpuTimeLimit, "CPU-time limit of 0.5 s");
    }

    [Fact]
    public async Task Catching_the_kernels_own_warning_about_time_does_not_help()
    {
        var answer = await host.RunAsync(Programs.C("signal(SIGXCPU, SIG_IGN); signal(SIGALRM, SIG_IGN); struct rlimit more = { RLIM_INFINITY, RLIM_INFINITY }; TRY(setrlimit(RLIMIT_CPU, &more)); while (1) { }", new Limits { CpuTimeLimitMs = 300, WallTimeLimitMs = 20_000 }));

        answer.ShouldReach(Outcome.CpuTimeLimit, "CPU-time limit of 0.3 s");
        Assert.Equal("EPERM\n", answer.Output());
    }

    [Fact]
    public async Task A_flood_of_timers_and_signals_is_stopped()
    {
        var answer = await host.RunAsync(Programs.C(
            """
            signal(SIGALRM, hear);
            setitimer(ITIMER_REAL, &(struct itimerval){ { 0, 1 }, { 0, 1 } }, NULL);
            for (int i = 0; i < 100000; i++) { timer_t timer; struct sigevent none = { .sigev_notify = SIGEV_NONE }; if (timer_create(CLOCK_MONOTONIC, &none, &timer) != 0) break; timer_settime(timer, 0, &(struct itimerspec){ { 0, 1000 }, { 0, 1000 } }, NULL); }
            if (fork() == 0) while (1) kill(getppid(), SIGUSR2);
            signal(SIGUSR2, hear);
            while (1) sigqueue(getpid(), SIGALRM, (union sigval){ 0 });
            """,
            new Limits { CpuTimeLimitMs = 400, WallTimeLimitMs = 4_000 }, before: "void hear(int number) { (void)number; }"));

        answer.ShouldEndIn(Outcome.CpuTimeLimit, Outcome.Signaled, Outcome.WallTimeLimit);
    }

    [Fact]
    public async Task Time_spent_in_the_kernel_counts()
    {
        var answer = await host.RunAsync(Programs.C("static char block[1 << 20]; int from = open(\"/dev/urandom\", O_RDONLY); while (1) read(from, block, sizeof block);", new Limits { CpuTimeLimitMs = 300, WallTimeLimitMs = 20_000 }));

        answer.ShouldReach(Outcome.CpuTimeLimit, "CPU-time limit of 0.3 s");
        Assert.True(answer.Run.SystemCpuTimeMs > answer.Run.UserCpuTimeMs, $"{answer}");
    }

    [Fact]
    public async Task Waiting_for_input_that_never_comes_meets_its_end_instead()
    {
        var answer = await host.RunAsync(Requests.Python("import sys\nprint(len(sys.stdin.read()), sys.stdin.read() == '')", "x".PadRight(100_000, 'y'), new Limits { WallTimeLimitMs = 5_000 }));

        answer.ShouldPrint("100000 True\n");
    }

    [Fact]
    public async Task Writing_into_its_own_input_keeps_only_itself_waiting()
    {
        var answer = await host.RunAsync(Requests.Bash("exec 7> /proc/self/fd/0; echo again >&7; cat", limits: _wall));

        answer.ShouldReach(Outcome.WallTimeLimit, "wall-time limit of 0.3 s");
        Assert.Equal("again\n", answer.Output());
    }

    [Fact]
    public async Task The_peak_of_memory_is_that_of_all_processes_together()
    {
        var answer = await host.RunAsync(Requests.Python("""
            import os, time
            block = bytearray(os.urandom(1)) * (10 << 20)
            for _ in range(4):
                if os.fork() == 0:
                    own = bytearray(b'x') * (10 << 20)
                    time.sleep(0.5)
                    os._exit(0)
            for _ in range(4):
                os.wait()
            print('done')
            """));

        answer.ShouldPrint("done\n");
        Assert.InRange(answer.Run.MemoryPeakBytes, 50ul << 20, 120ul << 20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(137)]
    [InlineData(255)]
    public async Task A_status_is_told_as_it_is_and_never_taken_for_a_signal(int status)
    {
        var answer = await host.RunAsync(Requests.Bash($"exit {status}"));

        Assert.Equal((status == 0 ? Outcome.Succeeded : Outcome.NonzeroExit, status, ""), (answer.Outcome, answer.Run.ExitCode, answer.Run.Signal));
    }

    [Theory]
    [InlineData("SIGKILL")]
    [InlineData("SIGSEGV")]
    [InlineData("SIGXCPU")]
    [InlineData("SIGSYS")]
    [InlineData("SIGTERM")]
    public async Task A_signal_of_its_own_is_told_as_that_and_never_taken_for_a_limit(string signal)
    {
        var answer = await host.RunAsync(Requests.Bash($"kill -{signal[3..]} $$; sleep 5"));

        Assert.Equal((Outcome.Signaled, signal, false), (answer.Outcome, answer.Run.Signal, answer.Run.HasExitCode));
        Assert.DoesNotContain("limit of 10 s", answer.Run.Message);
    }
}

using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Resources;

/// <summary>Programs that want more processes and threads than they were given.</summary>
public sealed class ProcessTests(WatchedHost host)
{
    private static Limits Few(uint processes, uint wallTimeMs = 800) => new() { ProcessLimit = processes, WallTimeLimitMs = wallTimeMs };

    [Fact]
    public async Task A_fork_bomb_in_c_reaches_the_limit_and_dies_of_time()
    {
        var answer = await host.RunAsync(Programs.C("while (1) if (fork() < 0) { static int told; if (!told++ && getpid() == 2) { puts(strerrorname_np(errno)); fflush(stdout); } }", Few(30)));

        answer.ShouldEndIn(Outcome.WallTimeLimit, Outcome.CpuTimeLimit);
        Assert.Equal("EAGAIN\n", answer.Output());
    }

    [Fact]
    public async Task A_fork_bomb_in_bash_reaches_the_limit_and_dies()
    {
        var answer = await host.RunAsync(Requests.Bash("bomb() { bomb | bomb & }; bomb; sleep 30", limits: Few(30)));

        Assert.NotEqual(Outcome.Succeeded, answer.Outcome);
        Assert.Contains("Resource temporarily unavailable", answer.Errors());
    }

    [Fact]
    public async Task A_fork_bomb_in_python_is_told_how_far_it_may_go()
    {
        var answer = await host.RunAsync(Requests.Python("""
            import os, time
            made = 1
            while True:
                try:
                    if os.fork() == 0:
                        time.sleep(60)
                except BlockingIOError as error:
                    print(made, error.strerror)
                    break
                made += 1
            """, limits: Few(25, 5_000)));

        answer.ShouldPrint("25 Resource temporarily unavailable\n");
    }

    [Fact]
    public async Task A_spawn_bomb_in_node_is_told_so()
    {
        var answer = await host.RunAsync(Programs.JavaScript("""
            const { spawn } = require('child_process');
            let refused = 0, made = 0;
            for (let i = 0; i < 60; i++) {
              try {
                const child = spawn('sleep', ['60'], { stdio: 'ignore' });
                if (child.pid) made++;
                child.on('error', error => { if (error.code === 'EAGAIN') refused++; });
              } catch (error) { if (error.code === 'EAGAIN') refused++; }
            }
            setTimeout(() => { console.log(made > 5 && made < 40, refused > 0, made + refused); process.exit(0); }, 100);
            """, Few(40, 8_000)));

        answer.ShouldPrint("true true 60\n");
    }

    // Java watches each child with a thread of its own, so either the child or its thread may be the one too many.
    [Fact]
    public async Task A_process_bomb_in_java_is_told_so()
    {
        var answer = await host.RunAsync(Programs.Java("""
            int made = 0;
            try { while (made < 200) { new ProcessBuilder("sleep", "60").start(); made++; } System.out.println("never refused"); }
            catch (IOException | OutOfMemoryError e) { System.out.println(made > 0 && made < 80); System.out.println(e.getMessage().contains("error=11") || e.getMessage().contains("unable to create native thread")); }
            System.exit(0);
            """, Few(80, 20_000)));

        answer.ShouldPrint("true\ntrue\n");
    }

    [Fact]
    public async Task A_thread_bomb_in_c_is_told_how_far_it_may_go()
    {
        var answer = await host.RunAsync(Programs.C(
            "pthread_t thread; int made = 1, error; while ((error = pthread_create(&thread, NULL, waiting, NULL)) == 0) made++; printf(\"%d %s\\n\", made, strerrorname_np(error)); fflush(stdout); _exit(0);",
            Few(20, 5_000), before: "#include <pthread.h>\nvoid *waiting(void *nothing) { pause(); return nothing; }"));

        answer.ShouldPrint("20 EAGAIN\n");
    }

    [Fact]
    public async Task A_thread_bomb_in_cpp_gets_an_exception()
    {
        var answer = await host.RunAsync(Programs.Cpp(
            """
            #include <cstdio>
            #include <cstdlib>
            #include <system_error>
            #include <thread>
            #include <unistd.h>
            int main() {
                int made = 1;
                try { while (true) { std::thread(pause).detach(); made++; } }
                catch (const std::system_error &error) { std::printf("%d %d\n", made, error.code() == std::errc::resource_unavailable_try_again); }
                std::fflush(stdout);
                _exit(0);
            }
            """, Few(20, 5_000)));

        answer.ShouldPrint("20 1\n");
    }

    [Fact]
    public async Task A_thread_bomb_in_python_gets_an_exception()
    {
        var answer = await host.RunAsync(Requests.Python("""
            import os, threading, time
            try:
                while True:
                    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
            except RuntimeError as error:
                print(error, threading.active_count(), flush=True)
                os._exit(0)
            """, limits: Few(20, 5_000)));

        Assert.Matches("^can't start new thread 2[01]\n$", answer.Output());
    }

    [Fact]
    public async Task A_thread_bomb_in_java_gets_an_error()
    {
        var answer = await host.RunAsync(Programs.Java("""
            int made = 0;
            try { while (true) { var thread = new Thread(() -> { try { Thread.sleep(60_000); } catch (InterruptedException e) { } }); thread.setDaemon(true); thread.start(); made++; } }
            catch (OutOfMemoryError e) { System.out.println(made > 0 && made < 60); System.out.println(e.getMessage().contains("unable to create native thread")); Runtime.getRuntime().halt(0); }
            """, Few(60, 20_000)));

        Assert.EndsWith("true\ntrue\n", answer.Output());
    }

    [Fact]
    public async Task A_bomb_of_workers_in_node_ends_without_harm()
    {
        var answer = await host.RunAsync(Programs.JavaScript("""
            const { Worker } = require('worker_threads');
            for (let i = 0; i < 100; i++) new Worker('setInterval(() => {}, 1000)', { eval: true }).on('error', () => {});
            """, Few(30, 2_000)));

        answer.ShouldEndIn(Outcome.WallTimeLimit, Outcome.Signaled, Outcome.NonzeroExit, Outcome.MemoryLimit);
    }

    [Fact]
    public async Task Zombies_count_until_they_are_reaped()
    {
        var answer = await host.RunAsync(Programs.C("int made = 1; while (1) { pid_t child = fork(); if (child == 0) _exit(0); if (child < 0) break; made++; } printf(\"%d %s\\n\", made, strerrorname_np(errno));", Few(20, 5_000)));

        answer.ShouldPrint("20 EAGAIN\n");
    }

    [Fact]
    public async Task Orphans_are_reaped_so_that_they_do_not_count_for_ever()
    {
        // Each grandchild outlives its parent and dies as pid 1's child.
        var answer = await host.RunAsync(Programs.C("for (int i = 0; i < 200; i++) { pid_t child; while ((child = fork()) < 0) usleep(100); if (child == 0) { fork(); _exit(0); } waitpid(child, NULL, 0); } puts(\"two hundred\");", Few(10, 10_000)));

        answer.ShouldPrint("two hundred\n");
    }

    [Fact]
    public async Task A_daemon_that_forks_twice_ends_with_its_program()
    {
        var answer = await host.RunAsync(Requests.Python("""
            import os, signal, time
            if os.fork() == 0:
                os.setsid()
                signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
                if os.fork() == 0:
                    os.setpgid(0, 0)
                    while True:
                        if os.fork() == 0:
                            time.sleep(0.01)
                            os._exit(0)
                        os.wait()
                os._exit(0)
            os.wait()
            print('left')
            """));

        answer.ShouldPrint("left\n");
    }

    [Fact]
    public async Task A_bomb_that_outruns_its_killer_is_killed_all_the_same()
    {
        // Each process replaces itself as fast as it can; only killing all at once ends it.
        var answer = await host.RunAsync(Programs.C("signal(SIGCHLD, SIG_IGN); for (int i = 0; i < 8; i++) fork(); while (1) if (fork() > 0) _exit(0);", Few(64)));

        answer.ShouldEndIn(Outcome.WallTimeLimit, Outcome.Succeeded, Outcome.CpuTimeLimit);
    }

    [Fact]
    public async Task A_vfork_whose_child_never_leaves_is_stopped()
    {
        var answer = await host.RunAsync(Programs.C("if (vfork() == 0) while (1) pause();", Few(10, 300)));

        answer.ShouldReach(Outcome.WallTimeLimit, "wall-time limit of 0.3 s");
    }
}

using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Tests;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>
/// One C program that makes every call the tests ask about, each in a child of its own, and says how it went: its result
/// and errno, or the signal that ended it. Compiled and run once.
/// </summary>
public sealed class SystemCallProbe(ServiceFixture service) : IAsyncLifetime
{
    private const string Begin = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <fcntl.h>
        #include <linux/filter.h>
        #include <linux/mman.h>
        #include <netinet/in.h>
        #include <netinet/tcp.h>
        #include <sched.h>
        #include <signal.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/ioctl.h>
        #include <sys/ipc.h>
        #include <sys/mman.h>
        #include <sys/msg.h>
        #include <sys/personality.h>
        #include <sys/prctl.h>
        #include <sys/resource.h>
        #include <sys/sem.h>
        #include <sys/shm.h>
        #include <sys/socket.h>
        #include <sys/syscall.h>
        #include <sys/wait.h>
        #include <unistd.h>

        #define Rubbish 0x5a5a5a5a00000000

        static long i386(long call)
        {
            long result;
            __asm__ volatile ("int $0x80" : "=a"(result) : "a"(call), "b"(0), "c"(0), "d"(0) : "memory");
            return result;
        }

        static int option(int level, int name)
        {
            struct sock_filter pass = { BPF_RET | BPF_K, 0, 0, 0xffffffff };
            struct sock_fprog program = { 1, &pass };
            return setsockopt(socket(AF_INET, SOCK_STREAM, 0), level, name, &program, sizeof program);
        }

        #define ROW(key, call) { \
            int status; \
            fflush(stdout); \
            if (fork() == 0) { errno = 0; long result = (long)(call); printf("%s\t%s %s\n", key, result < 0 ? "-1" : "ok", strerrorname_np(errno)); fflush(stdout); _exit(0); } \
            wait(&status); \
            if (WIFSIGNALED(status)) printf("%s\tsignal %d\n", key, WTERMSIG(status)); }

        int main(void)
        {
            struct rlimit limit;
            struct sched_param none = { 0 };
            /* See sched_setattr(2): its size, SCHED_OTHER, no flags, and the niceness that everybody may have. */
            unsigned attributes[12] = { sizeof attributes, 0, 0, 0, 19 };
            cpu_set_t all;
            memset(&all, 0xff, sizeof all);

        """;

    private readonly Dictionary<string, string> _results = [];

    /// <summary>E.g. "-1 EPERM", "ok 0" or "signal 31"; "absent" for a call that this machine's headers do not name.</summary>
    public string this[string key] => _results.GetValueOrDefault(key, "nothing");

    public async ValueTask InitializeAsync()
    {
        var rows = FilterTests.RefusedNames
            .Select(name => $"#ifdef SYS_{name}\nROW(\"{name}\", syscall(SYS_{name}, 0, 0, 0, 0, 0, 0))\n#else\nputs(\"{name}\\tabsent\");\n#endif")
            .Concat(FilterTests.Probes.Select(probe => $"ROW(\"{probe.Key}\", {probe.Call})"));
        var limits = new Limits { CompileWallTimeLimitMs = 60_000, WallTimeLimitMs = 60_000 };
        var answer = await service.Client.ExecuteAsync(Requests.Program("c", $"{Begin}{string.Join('\n', rows)}\nreturn 0;\n}}\n", limits: limits, path: "main.c"));
        Assert.True(answer.Outcome == Outcome.Succeeded, answer.ToString());
        foreach (var line in answer.Run.Stdout.ToStringUtf8().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            _results.Add(line.Split('\t')[0], line.Split('\t')[1]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

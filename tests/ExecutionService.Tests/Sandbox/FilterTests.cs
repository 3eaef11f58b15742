using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>System calls that the filter refuses, made by programs that mean it.</summary>
public sealed class FilterTests(ServiceFixture service)
{
    [Theory]
    [InlineData("mount", "mount(\"x\", \"/tmp\", \"tmpfs\", 0, 0)")]
    [InlineData("umount2", "umount2(\"/proc\", 2)")]
    [InlineData("chroot", "chroot(\"/tmp\")")]
    [InlineData("unshare a user namespace", "unshare(CLONE_NEWUSER)")]
    [InlineData("clone into a user namespace", "(int)syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0)")]
    [InlineData("setns", "setns(open(\"/proc/self/ns/net\", O_RDONLY), 0)")]
    [InlineData("ptrace", "(int)ptrace(PTRACE_ATTACH, getppid(), 0, 0)")]
    [InlineData("keyctl", "(int)syscall(SYS_keyctl, 0, -3, 1)")]
    [InlineData("bpf", "(int)syscall(SYS_bpf, 0, 0, 0)")]
    [InlineData("perf_event_open", "(int)syscall(SYS_perf_event_open, 0, 0, -1, -1, 0)")]
    [InlineData("io_uring_setup", "(int)syscall(SYS_io_uring_setup, 1, 0)")]
    [InlineData("userfaultfd", "(int)syscall(SYS_userfaultfd, 0)")]
    [InlineData("a vsock socket", "socket(40, SOCK_STREAM, 0)")]
    [InlineData("a packet socket", "socket(17, SOCK_RAW, 0)")]
    [InlineData("typing into its terminal", "ioctl(0, TIOCSTI, \"x\")")]
    [InlineData("another personality", "personality(0x0040000)")]
    [InlineData("sethostname", "sethostname(\"x\", 1)")]
    [InlineData("open_by_handle_at", "(int)syscall(SYS_open_by_handle_at, 0, 0, 0)")]
    public async Task A_refused_call_fails_and_its_program_goes_on(string what, string call)
    {
        var answer = await RunCAsync($"errno = 0; int r = {call}; printf(\"%d %d\\n\", r, errno == EPERM);");

        Assert.True(answer.Run?.Stdout.ToStringUtf8() == "-1 1\n", $"{what}: {answer}");
        Assert.Equal(Outcome.Succeeded, answer.Outcome);
    }

    [Fact]
    public async Task Clone3_says_it_is_not_there_so_that_libraries_fall_back()
    {
        var answer = await RunCAsync("errno = 0; long r = syscall(SYS_clone3, 0, 0); printf(\"%ld %d\\n\", r, errno == ENOSYS);");

        Assert.Equal("-1 1\n", answer.Run.Stdout.ToStringUtf8());
    }

    [Theory]
    [InlineData("i386", "int r; __asm__ volatile (\"int $0x80\" : \"=a\"(r) : \"a\"(20)); printf(\"%d\\n\", r);")]
    [InlineData("x32", "printf(\"%ld\\n\", syscall(0x40000000 | SYS_getpid));")]
    public async Task A_call_through_another_architectures_entry_kills_the_program(string architecture, string body)
    {
        var answer = await RunCAsync(body);

        Assert.True(answer.Run?.Signal == "SIGSYS", $"{architecture}: {answer}");
        Assert.Equal("", answer.Run.Stdout.ToStringUtf8());
    }

    [Fact]
    public async Task Asking_for_the_personality_and_making_ordinary_sockets_is_allowed()
    {
        var answer = await RunCAsync("printf(\"%d %d %d\\n\", personality(0xffffffff), socket(AF_INET, SOCK_STREAM, 0) > 0, socket(AF_UNIX, SOCK_STREAM, 0) > 0);");

        Assert.Equal("0 1 1\n", answer.Run.Stdout.ToStringUtf8());
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

    private async Task<ExecuteResponse> RunCAsync(string body)
    {
        const string Headers = """
            #define _GNU_SOURCE
            #include <errno.h>
            #include <fcntl.h>
            #include <sched.h>
            #include <signal.h>
            #include <stdio.h>
            #include <sys/ioctl.h>
            #include <sys/mount.h>
            #include <sys/personality.h>
            #include <sys/ptrace.h>
            #include <sys/socket.h>
            #include <sys/syscall.h>
            #include <unistd.h>

            """;
        return await service.Client.ExecuteAsync(
            Requests.Program("c", $"{Headers}int main(void) {{ {body} return 0; }}", path: "main.c"), cancellationToken: TestContext.Current.CancellationToken);
    }
}

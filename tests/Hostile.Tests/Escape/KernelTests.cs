using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Escape;

/// <summary>Programs that talk to parts of the kernel which reach beyond a process.</summary>
public sealed class KernelTests(WatchedHost host)
{
    [Theory]
    [InlineData("loads a BPF program", "uint64_t code[] = { 0xb7, 0x95 }; union { struct { uint32_t type, count; uint64_t code, license; } p; char room[128]; } a = { { 1, 2, (uintptr_t)code, (uintptr_t)\"GPL\" } }; TRY(syscall(SYS_bpf, 5, &a, sizeof a));")]
    [InlineData("makes a BPF map", "uint32_t map[16] = { 1, 4, 4, 1 }; TRY(syscall(SYS_bpf, 0, map, sizeof map));")]
    [InlineData("counts the machine's events", "uint32_t event[32] = { 1, sizeof event, 0 }; TRY(syscall(SYS_perf_event_open, event, -1, 0, -1, 0));")]
    [InlineData("sets up a ring of system calls", "uint32_t ring[30] = { 0 }; TRY(syscall(SYS_io_uring_setup, 8, ring));")]
    [InlineData("handles page faults itself", "TRY(syscall(SYS_userfaultfd, O_CLOEXEC | 1));")]
    [InlineData("adds a key", "TRY(syscall(SYS_add_key, \"user\", \"planted\", \"secret\", 6, -4));")]
    [InlineData("asks for a key with a helper", "TRY(syscall(SYS_request_key, \"user\", \"planted\", \"/workspace/main\", -4));")]
    [InlineData("reads its session keyring", "char text[64]; TRY(syscall(SYS_keyctl, 11, -3, text, sizeof text));")]
    [InlineData("loads a module", "TRY(syscall(SYS_finit_module, open(\"main\", O_RDONLY), \"\", 0));")]
    [InlineData("loads another kernel", "TRY(syscall(SYS_kexec_load, 0, 0, 0, 0));")]
    [InlineData("removes a module", "TRY(syscall(SYS_delete_module, \"loop\", O_NONBLOCK));")]
    [InlineData("restarts the machine", "TRY(syscall(SYS_reboot, 0xfee1dead, 672274793, 0x1234567, 0));")]
    [InlineData("sets the time of day", "TRY(settimeofday(&(struct timeval){ 1, 0 }, NULL));")]
    [InlineData("sets the clock", "TRY(clock_settime(CLOCK_REALTIME, &(struct timespec){ 1, 0 }));")]
    [InlineData("slews the clock", "long change[64] = { 1, 1000 }; TRY(syscall(SYS_adjtimex, change));")]
    [InlineData("takes raw ports", "TRY(syscall(SYS_iopl, 3));")]
    [InlineData("reads the kernel's log", "char text[64]; TRY(syscall(SYS_syslog, 3, text, sizeof text));")]
    [InlineData("changes its segment table", "uint32_t entry[4] = { 0, 0, 0xfffff, 0x51 }; TRY(syscall(SYS_modify_ldt, 1, entry, sizeof entry));")]
    [InlineData("watches every file of a mount", "TRY(syscall(SYS_fanotify_init, 0, O_RDONLY));")]
    [InlineData("hides memory from the kernel", "TRY(syscall(SYS_memfd_secret, 0));")]
    [InlineData("hangs its terminal up", "TRY(syscall(SYS_vhangup));")]
    [InlineData("lends its pages to a pipe", "int ends[2]; TRY(pipe(ends)); struct iovec page = { \"x\", 1 }; TRY(syscall(SYS_vmsplice, ends[1], &page, 1, 8));")]
    public async Task A_call_that_reaches_beyond_a_process_is_refused_to_one_that(string does, string code)
    {
        var answer = await host.RunAsync(Programs.C(code));

        Assert.True(answer.Outcome == Outcome.Succeeded && answer.Output().Replace("DONE\n", "") == "EPERM\n", $"One that {does}: {answer}");
    }

    [Theory]
    [InlineData("the 32-bit entry", "__asm__ volatile (\"int $0x80\" : : \"a\"(21), \"b\"(0), \"c\"(0), \"d\"(0));")]
    [InlineData("the x32 entry", "syscall(0x40000000 | SYS_unshare, CLONE_NEWUSER);")]
    public async Task Another_entry_to_the_kernel_kills(string entry, string code)
    {
        var answer = await host.RunAsync(Programs.C($"puts(\"before\"); fflush(stdout); {code} puts(\"after\");"));

        Assert.True(answer is { Outcome: Outcome.Signaled, Run.Signal: "SIGSYS" } && answer.Output() == "before\n", $"Through {entry}: {answer}");
    }

    [Fact]
    public async Task Every_number_of_a_system_call_can_be_tried_without_harm()
    {
        // In children, for some calls end or stop whoever makes them; with arguments that mean nothing.
        var answer = await host.RunAsync(Programs.C(
            """
            for (int number = 0; number < 512; number++) {
                pid_t child = fork();
                if (child == 0) {
                    alarm(1);
                    syscall(number, -1, -1, -1, -1, -1, -1);
                    _exit(0);
                }
                usleep(1000);
                kill(child, SIGKILL);
                waitpid(child, NULL, 0);
            }
            puts("tried all");
            """,
            new Limits { WallTimeLimitMs = 20_000 }));

        answer.ShouldPrint("tried all\n");
    }

    [Fact]
    public async Task Typing_into_a_terminal_of_its_own_is_refused()
    {
        var answer = await host.RunAsync(Programs.C("""
            int controller = posix_openpt(O_RDWR | O_NOCTTY);
            TRY(grantpt(controller) | unlockpt(controller));
            int terminal = open(ptsname(controller), O_RDWR);
            TRY(ioctl(terminal, TIOCSTI, "x"));
            TRY(ioctl(terminal, 0x541c, "\3"));
            TRY(ioctl(terminal, TIOCCONS, 0));
            """));

        answer.ShouldPrint("DONE\nEPERM\nEPERM\nEPERM\n");
    }
}

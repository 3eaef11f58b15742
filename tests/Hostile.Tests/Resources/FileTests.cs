using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Resources;

/// <summary>Programs that want more files, descriptors and other things of the kernel's than they were given.</summary>
public sealed class FileTests(WatchedHost host)
{
    private static readonly Limits _small = new() { WorkspaceLimitBytes = 4 << 20, WallTimeLimitMs = 10_000 };

    [Fact]
    public async Task More_files_than_allowed_are_not_made()
    {
        var answer = await host.RunAsync(Requests.Python("""
            made = 0
            try:
                while True:
                    open(f'f{made}', 'w').close()
                    made += 1
            except OSError as error:
                print(made, error.strerror, flush=True)
                raise
            """));

        answer.ShouldReach(Outcome.WorkspaceLimit, "whose limit is 64 MiB in 409");
        Assert.Matches("^409[0-9] No space left on device\n$", answer.Output());
    }

    [Theory]
    [InlineData("hard links", "os.link('main.py', f'l{i}')")]
    [InlineData("symbolic links", "os.symlink('/nowhere' * 20, f'l{i}')")]
    [InlineData("folders", "os.mkdir(f'd{i}')")]
    [InlineData("pipes", "os.mkfifo(f'p{i}')")]
    [InlineData("sockets", "socket.socket(socket.AF_UNIX).bind(f's{i}')")]
    public async Task Entries_of_every_kind_count(string kind, string make)
    {
        var answer = await host.RunAsync(Requests.Python($"""
            import os, socket
            try:
                for i in range(100_000):
                    {make}
                print('never refused')
            except OSError as error:
                print(3000 < i < 5000, error.strerror)
            """));

        Assert.True(answer.Output() == "True No space left on device\n", $"Of {kind}: {answer}");
    }

    [Fact]
    public async Task A_tree_deeper_than_any_path_is_removed_with_its_sandbox()
    {
        var request = Requests.Python("""
            import os
            try:
                for i in range(100_000):
                    os.mkdir('d' * 200)
                    os.chdir('d' * 200)
            except OSError as error:
                print(i > 3000, error.strerror)
            """);
        request.Collect.Add("**");

        var answer = await host.RunAsync(request);

        answer.ShouldPrint("True No space left on device\n");
        Assert.Equal("main.py", Assert.Single(answer.Artifacts).Path);
    }

    [Fact]
    public async Task A_file_of_more_bytes_than_one_may_have_is_refused_sparse_or_not()
    {
        var answer = await host.RunAsync(Programs.C("""
            signal(SIGXFSZ, SIG_IGN);
            int fd = open("huge", O_CREAT | O_RDWR, 0600);
            TRY(ftruncate(fd, 1ll << 40));
            TRY(pwrite(fd, "x", 1, 1ll << 40));
            TRY(syscall(SYS_fallocate, fd, 0, 0, 1ll << 40));
            TRY(ftruncate(fd, 64 << 20));
            """));

        answer.ShouldPrint("EFBIG\nEFBIG\nEFBIG\nDONE\n");
    }

    [Fact]
    public async Task Room_that_was_reserved_counts_before_it_is_written()
    {
        var answer = await host.RunAsync(Programs.C("""
            int fd = open("reserved", O_CREAT | O_RDWR, 0600);
            TRY(syscall(SYS_fallocate, fd, 0, 0, 32ll << 20));
            TRY(syscall(SYS_fallocate, fd, 0, 0, 2ll << 20));
            """, _small));

        answer.ShouldPrint("ENOSPC\nDONE\n");
    }

    [Fact]
    public async Task Removed_files_that_are_still_open_count()
    {
        var answer = await host.RunAsync(Requests.Python("""
            import os
            kept = []
            try:
                while True:
                    kept.append(open('file', 'wb', buffering=0))
                    os.unlink('file')
                    kept[-1].write(bytes(1 << 20))
                    if kept[-1].tell() < 1 << 20: raise OSError(28, 'cut short')
            except OSError as error:
                print(len(kept), error.errno)
            """, limits: _small));

        Assert.Matches("^[45] 28\n$", answer.Output());
    }

    [Fact]
    public async Task A_folder_that_nobody_may_enter_is_removed_all_the_same()
    {
        var request = Requests.Bash("mkdir -p closed/deep && echo x > closed/deep/file && chmod 0 closed/deep/file closed/deep closed && ls closed");
        request.Collect.Add("**");

        var answer = await host.RunAsync(request);

        Assert.Equal(Outcome.NonzeroExit, answer.Outcome);
        Assert.Contains("Permission denied", answer.Errors());
        Assert.Equal("main.sh", Assert.Single(answer.Artifacts).Path);
    }

    [Theory]
    [InlineData("files", "open(\"/dev/null\", O_RDONLY)")]
    [InlineData("sockets", "socket(AF_INET, SOCK_STREAM, 0)")]
    [InlineData("event counters", "eventfd(0, 0)")]
    [InlineData("timers", "timerfd_create(CLOCK_MONOTONIC, 0)")]
    [InlineData("polls", "epoll_create1(0)")]
    [InlineData("memory files", "memfd_create(\"x\", 0)")]
    [InlineData("process handles", "(int)syscall(SYS_pidfd_open, getpid(), 0)")]
    [InlineData("terminals", "posix_openpt(O_RDWR | O_NOCTTY)")]
    public async Task Descriptors_of_every_kind_run_out(string kind, string make)
    {
        var answer = await host.RunAsync(Programs.C($"int made = 0; while ({make} >= 0) made++; printf(\"%d %s\\n\", made, strerrorname_np(errno));", before: "#include <sys/epoll.h>\n#include <sys/eventfd.h>\n#include <sys/timerfd.h>"));

        var expected = kind == "terminals" ? "^6[0-9] ENOSPC\n$" : "^253 EMFILE\n$";
        Assert.True(System.Text.RegularExpressions.Regex.IsMatch(answer.Output(), expected), $"Of {kind}: {answer}");
    }

    [Fact]
    public async Task Watches_of_files_run_out_for_their_maker_alone()
    {
        var answer = await host.RunAsync(Programs.C(
            """
            int made = 0;
            while (inotify_init1(0) >= 0 && made < 1000) made++;
            printf("%d %s\n", made <= 253, strerrorname_np(errno));
            """,
            before: "#include <sys/inotify.h>"));

        answer.ShouldPrint("1 EMFILE\n");
    }

    [Fact]
    public async Task Descriptors_in_flight_are_counted_for_their_sender()
    {
        // Sent over a socket, closed here, never received: the kernel holds them until it refuses.
        var answer = await host.RunAsync(Programs.C("""
            int ends[2], fd = open("/dev/null", O_RDONLY), sent = 0;
            socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends);
            union { struct cmsghdr align; char room[CMSG_SPACE(sizeof(int))]; } ancillary = { 0 };
            struct iovec data = { "x", 1 };
            struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = ancillary.room, .msg_controllen = sizeof ancillary.room };
            *CMSG_FIRSTHDR(&message) = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
            memcpy(CMSG_DATA(CMSG_FIRSTHDR(&message)), &fd, sizeof fd);
            while (sendmsg(ends[0], &message, 0) == 1) sent++;
            printf("%d %s\n", sent > 0 && sent <= 1000, strerrorname_np(errno));
            """));

        Assert.Matches("^1 (ETOOMANYREFS|EAGAIN)\n$", answer.Output());
    }

    [Fact]
    public async Task Attributes_of_files_do_not_get_around_the_limits()
    {
        var answer = await host.RunAsync(Programs.C(
            """
            static char value[60000];
            char name[64];
            long stored = 0;
            for (int file = 0; file < 2000; file++) {
                sprintf(name, "f%d", file);
                close(open(name, O_CREAT | O_WRONLY, 0600));
                for (int i = 0; i < 64; i++) {
                    char attribute[32];
                    sprintf(attribute, "user.a%d", i);
                    if (syscall(SYS_setxattr, name, attribute, value, sizeof value, 0) == 0) stored += sizeof value;
                }
            }
            printf("%d\n", stored < 64 << 20);
            """,
            new Limits { MemoryLimitBytes = 48 << 20, WallTimeLimitMs = 10_000 }));

        Assert.True(answer.Outcome == Outcome.MemoryLimit || answer.Output() == "1\n", $"{answer}");
        Assert.InRange(answer.Run.MemoryPeakBytes, 1ul, 48ul << 20);
    }

    [Fact]
    public async Task Locks_and_leases_end_with_their_holder()
    {
        var answer = await host.RunAsync(Programs.C("""
            struct flock whole = { .l_type = F_RDLCK };
            TRY(fcntl(open("/etc/passwd", O_RDONLY), F_SETLK, &whole));
            TRY(fcntl(open("/usr/bin/python3", O_RDONLY), F_SETLEASE, F_RDLCK));
            TRY(fcntl(open("/usr/lib/os-release", O_RDONLY), F_NOTIFY, 0x8000003f));
            """));

        // Leases are for a file's owner.
        Assert.Matches("^DONE\n(EACCES|EAGAIN)\nENOTDIR\n$", answer.Output());
    }
}

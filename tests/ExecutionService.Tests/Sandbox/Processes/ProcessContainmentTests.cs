using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;

/// <summary>What a program can do and see where there are no namespaces.</summary>
public sealed class ProcessContainmentTests(ProcessFixture process)
{
    [Fact]
    public async Task A_program_runs_and_its_answer_is_marked()
    {
        var answer = await process.RunAsync(Requests.Python("print(input()[::-1])", "abc"));

        Assert.Equal("cba\n", answer.Run.Stdout.ToStringUtf8());
        Assert.Equal(Outcome.Succeeded, answer.Outcome);
        Assert.Equal(Isolation.Process, answer.Isolation);
    }

    [Fact]
    public async Task It_is_a_user_of_its_own_without_groups_capabilities_or_new_privileges()
    {
        var lines = await process.LinesAsync("id -u; id -G; grep -h '^Cap' /proc/$$/status | sort -u -k2 | cut -f2; grep -E 'NoNewPrivs|Seccomp:' /proc/$$/status");

        var user = int.Parse(lines[0]);
        Assert.InRange(user, process.FirstUserId, process.FirstUserId + ProcessFixture.Users - 1);
        Assert.Equal([$"{user}", $"{user}", "0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2"], lines);
    }

    [Fact]
    public async Task Home_and_temporary_folder_are_its_own_and_gone_afterwards()
    {
        var lines = await process.LinesAsync("pwd; echo $HOME; echo $TMPDIR; echo x > $HOME/a; echo x > $TMPDIR/b; mkdir -p ~/deep/er; mktemp >/dev/null; stat -c %a . $TMPDIR; ls -A; env | cut -d= -f1 | sort | tr '\\n' ' '");

        Assert.Equal(lines[0], lines[1]);
        Assert.StartsWith(process.Sandbox.RunsDirectory, lines[0]);
        Assert.Equal(["700", "700", "a", "deep", "main.sh"], lines[3..8]);
        Assert.Equal("HOME LANG LOGNAME PATH PWD SHLVL TERM TMPDIR USER _ ", lines[8]);
        Assert.False(Directory.Exists(lines[0]));
        Assert.False(Directory.Exists(lines[2]));
    }

    [Theory]
    [InlineData("environ")]
    [InlineData("cmdline")]
    [InlineData("maps")]
    [InlineData("mem")]
    public async Task It_cannot_read_the_services_process(string file)
    {
        var path = $"/proc/{Environment.ProcessId}/{file}";
        Assert.True(File.Exists(path));

        var answer = await process.RunAsync(Requests.Bash($"head -c 10 {path} | wc -c; ls /proc | wc -l"));

        Assert.Equal("0\n0\n", answer.Run.Stdout.ToStringUtf8());
        Assert.Contains("Permission denied", answer.Run.Stderr.ToStringUtf8());
    }

    [Fact]
    public async Task It_cannot_read_files_of_others_even_those_that_every_user_may_read()
    {
        var directory = Directory.CreateTempSubdirectory("neighbour-");
        File.SetUnixFileMode(directory.FullName, (UnixFileMode)0b111_111_111);
        var file = Path.Combine(directory.FullName, "secret");
        await File.WriteAllTextAsync(file, "secret", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(file, (UnixFileMode)0b110_110_110);

        var answer = await process.RunAsync(Requests.Bash($"cat {file}; cat /etc/passwd /etc/shadow /etc/hostname; ls /tmp /root /home /; echo planted > {directory}/planted; echo more >> {file}; rm -f {file}; mv main.sh {directory}/moved; true"));

        Assert.Equal("", answer.Run.Stdout.ToStringUtf8());
        Assert.Equal(["secret"], directory.GetFiles().Select(found => found.Name));
        Assert.Equal("secret", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task It_cannot_signal_the_service_its_launcher_its_keeper_or_a_neighbour()
    {
        using var neighbour = Process.Start("sleep", "60");
        var answer = await process.RunAsync(Requests.Bash($"for p in {Environment.ProcessId} {process.Sandbox.LauncherProcessId} $PPID {neighbour.Id} 1; do kill -9 $p && echo killed $p; kill -0 $p && echo reached $p; done; echo done"));

        Assert.Equal("done\n", answer.Run.Stdout.ToStringUtf8());
        Assert.Equal(10, answer.Run.Stderr.ToStringUtf8().Split("Operation not permitted").Length - 1);
        Assert.False(neighbour.HasExited);
        neighbour.Kill();
    }

    [Fact]
    public async Task Killing_everything_it_may_kills_itself_alone()
    {
        using var neighbour = Process.Start("sleep", "60");
        var answer = await process.RunAsync(Requests.Python("import os\nos.kill(-1, 9)\nprint('I live')"));

        // kill(-1) leaves its caller out.
        Assert.Equal("", answer.Run.Stdout.ToStringUtf8().Replace("I live\n", ""));
        Assert.False(neighbour.HasExited);
        neighbour.Kill();
        Assert.Equal(Outcome.Succeeded, (await process.RunAsync(Requests.Bash("echo next"))).Outcome);
    }

    [Fact]
    public async Task There_are_no_sockets_but_pairs()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var answer = await process.RunAsync(Requests.Python($$"""
            import socket
            for family, kind in [(socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET, socket.SOCK_DGRAM), (socket.AF_INET6, socket.SOCK_STREAM),
                                 (socket.AF_UNIX, socket.SOCK_STREAM), (socket.AF_UNIX, socket.SOCK_DGRAM), (socket.AF_NETLINK, socket.SOCK_RAW)]:
                try:
                    made = socket.socket(family, kind)
                    made.connect(('127.0.0.1', {{port}}))
                    print('reached')
                except OSError as error:
                    print(error.errno)
            try:
                socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
            except OSError as error:
                print(error.errno)
            one, other = socket.socketpair()
            one.send(b'pair')
            print(other.recv(10))
            """));

        Assert.Equal(string.Concat(Enumerable.Repeat("1\n", 7)) + "b'pair'\n", answer.Run.Stdout.ToStringUtf8());
        Assert.False(listener.Pending());
        listener.Stop();
    }

    [Theory]
    [InlineData("shared memory", "shmget(0x4711, 4096, IPC_CREAT | 0666)")]
    [InlineData("semaphores", "semget(0x4711, 1, IPC_CREAT | 0666)")]
    [InlineData("a message queue", "msgget(0x4711, IPC_CREAT | 0666)")]
    [InlineData("a POSIX message queue", "(int)syscall(SYS_mq_open, \"left\", O_CREAT | O_RDWR, 0666, 0)")]
    [InlineData("memory that no limit counts", "memfd_create(\"x\", 0)")]
    [InlineData("a watch on others' files", "inotify_add_watch(inotify_init(), \"/usr\", IN_ALL_EVENTS)")]
    [InlineData("a user namespace", "unshare(CLONE_NEWUSER)")]
    [InlineData("a trace", "(int)ptrace(PTRACE_ATTACH, getppid(), 0, 0)")]
    [InlineData("typing into its terminal", "ioctl(0, TIOCSTI, \"x\")")]
    public async Task What_would_reach_or_outlive_others_is_refused(string what, string call)
    {
        var answer = await process.RunAsync(Requests.Program("c", $$"""
            #define _GNU_SOURCE
            #include <errno.h>
            #include <fcntl.h>
            #include <sched.h>
            #include <stdio.h>
            #include <sys/inotify.h>
            #include <sys/ioctl.h>
            #include <sys/ipc.h>
            #include <sys/mman.h>
            #include <sys/msg.h>
            #include <sys/ptrace.h>
            #include <sys/sem.h>
            #include <sys/shm.h>
            #include <sys/syscall.h>
            #include <unistd.h>
            int main(void) { errno = 0; int r = {{call}}; printf("%d %d\n", r, errno == EPERM); return 0; }
            """, path: "main.c"));

        Assert.True(answer.Run?.Stdout.ToStringUtf8() == "-1 1\n", $"{what}: {answer}");
        Assert.DoesNotContain("0x00004711", await File.ReadAllTextAsync("/proc/sysvipc/shm", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_neighbours_cannot_see_each_others_workspace()
    {
        using var call = process.Service.Client.ExecuteStream(Requests.Bash("echo secret > secret; chmod 777 . secret; pwd; sleep 20"), cancellationToken: TestContext.Current.CancellationToken);
        var workspace = "";
        while (workspace.Length == 0 && await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            workspace = call.ResponseStream.Current.Output?.Data.ToStringUtf8().Trim() ?? "";
        Assert.Equal("secret\n", await File.ReadAllTextAsync(Path.Combine(workspace, "secret"), TestContext.Current.CancellationToken));

        var answer = await process.RunAsync(Requests.Bash($"cat {workspace}/secret; ls {workspace} {workspace}/.. {workspace}/../..; echo x > {workspace}/planted; cat /proc/*/cmdline | tr '\\0' ' ' | grep -c secret"));

        Assert.Equal("0\n", answer.Run.Stdout.ToStringUtf8());
        Assert.Equal(["main.sh", "secret"], Directory.GetFiles(workspace).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_link_to_what_it_may_not_read_is_not_handed_back()
    {
        var secret = Path.GetTempFileName();
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var request = Requests.Bash($"ln -s {secret} soft.txt; ln {secret} hard.txt; ln -s /etc/shadow shadow.txt; mkfifo pipe.txt; echo fine > fine.txt");
        request.Collect.Add("*.txt");

        var answer = await process.RunAsync(request);

        Assert.Equal(["fine.txt"], answer.Artifacts.Select(artifact => artifact.Path));
        File.Delete(secret);
    }

    [Fact]
    public async Task A_terminal_is_its_own()
    {
        using var call = process.Service.Client.Attach(cancellationToken: TestContext.Current.CancellationToken);
        var start = Requests.Bash("tty; stty size; read line; echo got $line; echo direct > /dev/tty");
        start.Terminal = new TerminalSize { Columns = 90, Rows = 30 };
        await call.RequestStream.WriteAsync(new AttachRequest { Start = start }, TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(new AttachRequest { Stdin = Google.Protobuf.ByteString.CopyFromUtf8("typed\n") }, TestContext.Current.CancellationToken);
        var said = "";
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            said += call.ResponseStream.Current.Output?.Data.ToStringUtf8();

        Assert.Contains("/dev/pts/", said);
        Assert.Contains("30 90", said);
        Assert.Contains("got typed", said);
        Assert.Contains("direct", said);
    }
}

using System.Net;
using System.Net.Sockets;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>What a program meets inside, and what it does not.</summary>
public sealed class ContainmentTests(ServiceFixture service)
{
    private static readonly string[] _namespaces = ["user", "pid", "mnt", "net", "ipc", "uts", "cgroup"];

    [Fact]
    public async Task It_is_an_unprivileged_user_without_any_capability()
    {
        var lines = await LinesAsync("id -un; id -u; id -g; grep -h '^Cap' /proc/self/status | sort -u -k2 | cut -f2; grep NoNewPrivs /proc/self/status");

        Assert.Equal(["runner", "1000", "1000", "0000000000000000", "NoNewPrivs:\t1"], lines);
    }

    [Fact]
    public async Task It_sees_only_its_own_processes()
    {
        var lines = await LinesAsync("for p in /proc/[0-9]*; do cat $p/comm; done");

        // Pid 1 is the launcher's, pid 2 the program.
        Assert.Equal(["launcher", "bash"], lines);
    }

    [Fact]
    public async Task Every_namespace_is_its_own()
    {
        var lines = await LinesAsync($"for n in {string.Join(' ', _namespaces)}; do readlink /proc/self/ns/$n; done");

        var ours = _namespaces.Select(name => new FileInfo($"/proc/self/ns/{name}").LinkTarget);
        Assert.Equal(_namespaces.Length, lines.Length);
        Assert.Empty(lines.Intersect(ours));
    }

    [Fact]
    public async Task The_network_is_a_loopback_of_its_own_without_routes()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var answer = await RunAsync(Requests.Python($"""
            import os, socket
            print(sorted(os.listdir('/proc/sys/net/ipv4/conf')))
            print(open('/proc/net/route').read().count('\n'))
            try:
                socket.create_connection(('127.0.0.1', {port}), 2)
                print('reached the host')
            except OSError as error:
                print(error.strerror)
            server = socket.create_server(('127.0.0.1', 0))
            socket.create_connection(server.getsockname())
            print('own loopback works')
            """));

        Assert.Equal("['all', 'default', 'lo']\n1\nConnection refused\nown loopback works\n", answer.Run.Stdout.ToStringUtf8());
        Assert.False(listener.Pending());
        listener.Stop();
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("/usr/bin/planted")]
    [InlineData("/opt/packs/planted")]
    [InlineData("/planted")]
    [InlineData("/dev/planted")]
    [InlineData("/run/planted")]
    public async Task Everything_but_its_workspace_is_read_only(string path)
    {
        var answer = await RunAsync(Requests.Bash($"echo x > {path}"));

        Assert.Equal(Outcome.NonzeroExit, answer.Outcome);
        Assert.Matches("Read-only file system|Permission denied", answer.Run.Stderr.ToStringUtf8());
    }

    [Fact]
    public async Task Nothing_of_the_host_is_there()
    {
        var lines = await LinesAsync("ls / | tr '\\n' ' '; echo; ls -A /run /workspace /tmp | tr '\\n' ' '; echo; ls /sys /root /home /zone /boot 2>&1 | grep -c 'No such file'; hostname; env | sort | cut -d= -f1 | tr '\\n' ' '");

        Assert.Equal("bin dev etc lib lib64 node_modules opt proc run sbin tmp usr var workspace ", lines[0]);
        Assert.Equal("/run: /tmp: /workspace: main.sh ", string.Join(' ', lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)) + " ");
        Assert.Equal("5", lines[2]);
        Assert.Equal("sandbox", lines[3]);
        Assert.Equal("HOME LANG LOGNAME PATH PWD SHLVL TERM TMPDIR USER _ ", lines[4]);
    }

    [Fact]
    public async Task What_proc_tells_about_the_host_is_masked()
    {
        var lines = await LinesAsync("for f in cmdline kallsyms partitions diskstats modules interrupts keys timer_list swaps; do cat /proc/$f 2>/dev/null | wc -c; done | sort -u; ls -A /proc/fs /proc/irq /proc/bus /proc/driver 2>/dev/null | grep -v '^/proc' | grep -c .; head -c 4 /proc/kcore 2>/dev/null | wc -c");

        Assert.Equal(["0", "0", "0"], lines);
    }

    [Fact]
    public async Task What_runtimes_ask_proc_for_is_there()
    {
        var lines = await LinesAsync("nproc; grep -c ^processor /proc/cpuinfo; grep -c MemTotal /proc/meminfo; test -r /proc/self/maps && echo maps; cat /proc/sys/kernel/pid_max | wc -l");

        Assert.Equal([$"{Environment.ProcessorCount}", $"{Environment.ProcessorCount}", "1", "maps", "1"], lines);
    }

    [Fact]
    public async Task The_accounts_are_generated_and_not_the_hosts()
    {
        var lines = await LinesAsync("cut -d: -f1 /etc/passwd; ls /etc/shadow /etc/ssh /etc/hostname 2>&1 | grep -c 'No such file'; cat /etc/hostname");

        Assert.Equal(["root", "runner", "nobody", "2", "sandbox"], lines);
    }

    [Fact]
    public async Task No_descriptor_of_ours_is_inherited()
    {
        var answer = await RunAsync(Requests.Python("import os\nprint(sorted(int(fd) for fd in os.listdir('/proc/self/fd'))[:-1])"));

        Assert.Equal("[0, 1, 2]\n", answer.Run.Stdout.ToStringUtf8());
    }

    [Fact]
    public async Task Streams_can_be_opened_by_name()
    {
        var answer = await RunAsync(Requests.Bash("cat /dev/stdin > /dev/stdout; echo e > /dev/stderr", "typed"));

        Assert.Equal("typed", answer.Run.Stdout.ToStringUtf8());
        Assert.Equal("e\n", answer.Run.Stderr.ToStringUtf8());
    }

    [Fact]
    public async Task A_process_that_stays_behind_dies_with_its_program()
    {
        var answer = await RunAsync(Requests.Bash("setsid bash -c 'while :; do sleep 0.1; done' >/dev/null 2>&1 < /dev/null & echo started", limits: new Limits { WallTimeLimitMs = 5000 }));

        Assert.Equal(Outcome.Succeeded, answer.Outcome);
        Assert.True(answer.Run.WallTimeMs < 3000, $"It took {answer.Run.WallTimeMs} ms.");
    }

    [Fact]
    public async Task A_run_finds_nothing_of_the_run_before()
    {
        var before = await RunAsync(Requests.Bash("echo secret | tee /tmp/left /dev/shm/left ~/left && cat /tmp/left /dev/shm/left ~/left | grep -c secret"));
        Assert.Equal("secret\n3\n", before.Run.Stdout.ToStringUtf8());

        var answer = await RunAsync(Requests.Bash("cat /tmp/left /dev/shm/left ~/left; ipcs -m 2>/dev/null | grep -c runner"));

        Assert.DoesNotContain("secret", answer.Run.Stdout.ToStringUtf8());
    }

    [Fact]
    public async Task Pid_1_cannot_be_killed_stopped_or_read()
    {
        var lines = await LinesAsync("kill -9 1; kill -STOP 1; sleep 0.1; cat /proc/1/environ 2>&1 | grep -ac 'Permission denied'; cat /proc/1/mem 2>&1 | grep -ac 'Permission denied'; echo alive");

        Assert.Equal(["1", "1", "alive"], lines);
    }

    [Fact]
    public async Task No_mount_honours_set_user_id_and_only_the_few_devices_are_devices()
    {
        var mounts = (await LinesAsync("cut -d' ' -f5,6 /proc/self/mountinfo")).Select(line => line.Split(' ')).ToList();

        Assert.All(mounts, mount => Assert.Contains("nosuid", mount[1]));
        // /dev/null also covers what of /proc is not shown.
        Assert.All(mounts.Where(mount => !mount[0].StartsWith("/dev/", StringComparison.Ordinal) && !mount[0].StartsWith("/proc/", StringComparison.Ordinal)), mount => Assert.Contains("nodev", mount[1]));
        Assert.Contains("noexec", mounts.Last(mount => mount[0] == "/proc")[1]);
    }

    [Fact]
    public async Task Nothing_of_the_kernels_settings_can_be_changed()
    {
        // ns_last_pid, of its own pid namespace, has a mode for all but asks for a capability.
        var lines = await LinesAsync("find /proc/sys -type f -writable ! -name ns_last_pid 2>/dev/null | wc -l; (echo 7 > /proc/sys/kernel/ns_last_pid) 2>/dev/null || echo refused; find /proc/sys -type f 2>/dev/null | wc -l");

        Assert.Equal(["0", "refused"], lines[..2]);
        Assert.True(int.Parse(lines[2], System.Globalization.CultureInfo.InvariantCulture) > 100);
    }

    [Fact]
    public async Task It_stays_first_in_line_when_memory_runs_out()
    {
        var lines = await LinesAsync("cat /proc/self/oom_score_adj; for value in -1 -500 -1000; do (echo $value > /proc/self/oom_score_adj) 2>/dev/null || echo refused; done; (echo -900 > /proc/1/oom_score_adj) 2>/dev/null || echo refused");

        Assert.Equal(["500", "refused", "refused", "refused", "refused"], lines);
    }

    [Fact]
    public async Task It_starts_with_no_signal_ignored_and_no_priority_of_ours()
    {
        var lines = await LinesAsync("grep -E '^Sig(Ign|Blk)' /proc/self/status | cut -f2; nice; cat /proc/self/timerslack_ns; ps -o sid= -p $$ | tr -d ' '");

        Assert.Equal(["0000000000000000", "0000000000000000", "0", "50000", "2"], lines);
    }

    [Fact]
    public async Task Limits_that_no_request_names_are_none_at_all()
    {
        var answer = await RunAsync(Requests.Python("""
            import resource as r
            print([r.getrlimit(limit) for limit in (r.RLIMIT_NICE, r.RLIMIT_RTPRIO, r.RLIMIT_MEMLOCK, r.RLIMIT_MSGQUEUE, r.RLIMIT_CORE)])
            """));

        // Core dumps: see privileges.c for why it is one byte.
        Assert.Equal("[(0, 0), (0, 0), (0, 0), (0, 0), (1, 1)]\n", answer.Run.Stdout.ToStringUtf8());
    }

    [Fact]
    public void Even_the_launcher_holds_only_the_capabilities_it_needs()
    {
        Assert.SkipUnless(Posix.IsRoot, "An ordinary user's launcher has them in its user namespace alone.");
        // CHOWN, KILL, SETGID, SETUID, NET_ADMIN, SYS_CHROOT, SYS_ADMIN, and SYS_RESOURCE where there is one to have.
        const ulong Needed = 1ul | 1ul << 5 | 1ul << 6 | 1ul << 7 | 1ul << 12 | 1ul << 18 | 1ul << 21 | 1ul << 24;
        var process = service.Service<NamespaceSandbox>().ZoneProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        // bubblewrap, its pid 1, the launcher.
        for (var i = 0; i < 2; i++)
            process = File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ')[0];

        Assert.Equal("launcher", File.ReadAllText($"/proc/{process}/comm").Trim());
        Assert.Equal(0ul, Posix.ReadEffectiveCapabilities(process) & ~Needed);
    }

    private async Task<string[]> LinesAsync(string script)
    {
        var answer = await RunAsync(Requests.Bash(script));
        return answer.Run.Stdout.ToStringUtf8().TrimEnd('\n').Split('\n');
    }

    private async Task<ExecuteResponse> RunAsync(ExecuteRequest request) =>
        await service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);
}

using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;

/// <summary>Limits and endings where there are no namespaces; each is also looked at from the host.</summary>
public sealed class ProcessLimitTests(ProcessFixture process)
{
    [Fact]
    public async Task A_fork_bomb_is_stopped_by_the_process_limit()
    {
        var answer = await process.RunAsync(Requests.Python(
            """
            import os, time
            made = 0
            try:
                for _ in range(1000):
                    if os.fork() == 0:
                        time.sleep(20)
                        os._exit(0)
                    made += 1
            except OSError as error:
                print(made, error.strerror)
            """,
            limits: new Limits { ProcessLimit = 20 }));

        Assert.Equal("19 Resource temporarily unavailable\n", answer.Run.Stdout.ToStringUtf8());
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task A_classic_fork_bomb_ends_at_the_wall_time_limit_and_leaves_nothing()
    {
        var answer = await process.RunAsync(Requests.Bash("bomb() { bomb | bomb & }; bomb; sleep 30", limits: new Limits { WallTimeLimitMs = 1000, ProcessLimit = 50 }));

        Assert.Contains(answer.Outcome, new[] { Outcome.WallTimeLimit, Outcome.CpuTimeLimit, Outcome.NonzeroExit });
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData("a daemon", "setsid bash -c 'trap \"\" TERM HUP; while :; do sleep 0.1; done' > /dev/null 2>&1 < /dev/null & echo started")]
    [InlineData("a stopped process", "sleep 60 & kill -STOP $!; echo started")]
    [InlineData("a double fork", "(sleep 60 > /dev/null 2>&1 &) ; (setsid sleep 60 > /dev/null 2>&1 &); echo started")]
    public async Task What_a_program_leaves_running_dies_with_it(string what, string script)
    {
        var answer = await process.RunAsync(Requests.Bash(script, limits: new Limits { WallTimeLimitMs = 10_000 }));

        Assert.True(answer.Outcome == Outcome.Succeeded, what);
        Assert.Equal("started\n", answer.Run.Stdout.ToStringUtf8());
        Assert.True(answer.Run.WallTimeMs < 8000, $"{what}: it took {answer.Run.WallTimeMs} ms.");
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Processes_that_kill_whatever_they_can_cannot_keep_themselves_alive()
    {
        var answer = await process.RunAsync(Requests.Python(
            """
            import os, signal
            for number in range(1, 32):
                try: signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError): pass
            for _ in range(8): os.fork()
            while True:
                try: os.kill(-1, 9)
                except OSError: pass
                try: os.fork()
                except OSError: pass
            """,
            limits: new Limits { WallTimeLimitMs = 1500, ProcessLimit = 60 }));

        Assert.NotEqual(Outcome.Succeeded, answer.Outcome);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task A_program_that_fills_its_workspace_is_stopped()
    {
        var answer = await process.RunAsync(Requests.Bash("for i in $(seq 1000); do head -c 1M /dev/zero > big$i; sleep 0.02; done; sleep 20", limits: new Limits { WorkspaceLimitBytes = 4 << 20 }));

        Assert.Equal(Outcome.WorkspaceLimit, answer.Outcome);
        Assert.Contains("workspace, whose limit is 4 MiB", answer.Run.Message);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Folders_too_deep_to_be_measured_are_a_full_workspace_whatever_lies_beside_them()
    {
        var answer = await process.RunAsync(Requests.Bash(
            "echo beside > $TMPDIR/file; for i in $(seq 150); do mkdir deep && cd deep || exit 3; done; sleep 20"));

        Assert.Equal(Outcome.WorkspaceLimit, answer.Outcome);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Trees_that_are_deep_closed_and_oddly_named_are_removed_too()
    {
        var answer = await process.RunAsync(Requests.Python(
            """
            import os
            for top in ['.', os.environ['TMPDIR']]:
                os.chdir(top)
                for i in range(400):
                    name = ['a' * 200, 'x\n y', '-rf', 'left-0'][i % 4]
                    os.mkdir(name)
                    open('left-1', 'w').close()
                    os.symlink('/etc', 'link')
                    os.chdir(name)
                os.mkfifo('pipe')
                os.chdir(os.environ['HOME'])
            for at in [os.environ['HOME'] + '/' + 'a' * 200, os.environ['TMPDIR'] + '/' + 'a' * 200]:
                os.chmod(at, 0)
            print('made')
            """, limits: new Limits { WorkspaceLimitBytes = 64 << 20 }));

        Assert.True(answer.Run.Stdout.ToStringUtf8() == "made\n" || answer.Outcome == Outcome.WorkspaceLimit, answer.ToString());
        await AssertNothingIsLeftAsync();
        Assert.True(Directory.Exists("/etc/alternatives"));
    }

    [Fact]
    public async Task Files_cannot_be_left_anywhere_else()
    {
        var name = $"left-{Guid.NewGuid():N}";
        var answer = await process.RunAsync(Requests.Bash($"for d in /tmp /var/tmp /dev/shm /run/lock /dev /usr /opt {Environment.CurrentDirectory}; do echo x 2>/dev/null > $d/{name} && echo left in $d; done; echo tried"));

        Assert.Equal("tried\n", answer.Run.Stdout.ToStringUtf8());
        Assert.All((string[])["/tmp", "/var/tmp", "/dev/shm", "/run/lock"], directory => Assert.False(File.Exists(Path.Combine(directory, name))));
    }

    [Fact]
    public async Task A_launcher_that_is_killed_takes_its_programs_along_and_is_started_again()
    {
        await using var own = new ProcessFixture(new Dictionary<string, string>());
        using var call = own.Service.Client.ExecuteStream(Requests.Bash("setsid sleep 300 & echo started; sleep 300"), cancellationToken: TestContext.Current.CancellationToken);
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken) && call.ResponseStream.Current.Output is null)
        {
        }
        Assert.NotEmpty(ProcessTraces.ProcessesOf(own.FirstUserId));

        System.Diagnostics.Process.GetProcessById(own.Sandbox.LauncherProcessId).Kill();

        await ProcessTraces.WaitAsync(() => ProcessTraces.ProcessesOf(own.FirstUserId).Count == 0);
        await ProcessTraces.WaitAsync(() => Directory.GetDirectories(own.Sandbox.RunsDirectory).Length == 0);
        Assert.Equal("next\n", (await own.RunAsync(Requests.Bash("echo next"))).Run.Stdout.ToStringUtf8());
    }

    [Fact]
    public async Task A_keeper_that_is_killed_takes_its_program_along_and_leaves_nothing()
    {
        await using var own = new ProcessFixture(new Dictionary<string, string>());
        using var call = own.Service.Client.ExecuteStream(Requests.Bash("trap '' TERM HUP; echo x > file; setsid sleep 300 & echo started; sleep 300"), cancellationToken: TestContext.Current.CancellationToken);
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken) && call.ResponseStream.Current.Output is null)
        {
        }
        var program = ProcessTraces.ProcessesOf(own.FirstUserId);
        var keeper = program.Select(ProcessTraces.ParentOf).Single(parent => !program.Contains(parent));
        Assert.NotEqual(own.Sandbox.LauncherProcessId, keeper);
        Assert.NotEmpty(Directory.GetDirectories(own.Sandbox.RunsDirectory));

        System.Diagnostics.Process.GetProcessById(keeper).Kill();

        ExecuteResponse? ended = null;
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            ended = call.ResponseStream.Current.Result ?? ended;
        Assert.Equal("SIGKILL", ended?.Run.Signal);
        Assert.True(ended!.Run.WallTimeMs < 8000, ended.ToString());
        await ProcessTraces.WaitAsync(() => ProcessTraces.ProcessesOf(own.FirstUserId).Count == 0);
        await ProcessTraces.WaitAsync(() => Directory.GetDirectories(own.Sandbox.RunsDirectory).Length == 0);
        Assert.Equal("next\n", (await own.RunAsync(Requests.Bash("echo next"))).Run.Stdout.ToStringUtf8());
    }

    [Fact]
    public async Task Many_runs_later_nothing_has_accumulated()
    {
        await Parallel.ForAsync(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
            await process.RunAsync(i % 3 == 0 ? Requests.Bash("setsid sleep 60 & mkdir -p a/b; echo x > a/b/c; exit 3") : Requests.Bash("echo fine")));

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Two_services_never_share_user_ids()
    {
        await using var second = new ServiceFixture(new Dictionary<string, string>
        {
            ["Sandbox:Backend"] = "process",
            ["Sandbox:FirstUserId"] = $"{process.FirstUserId + 5}",
            ["Sandbox:MaxSandboxes"] = "4",
        });

        Assert.Equal(Outcome.Succeeded, (await process.RunAsync(Requests.Bash("true"))).Outcome);
        Assert.Contains("in use by another service", string.Join(' ', second.Sandbox.Readiness.Problems));
    }

    [Fact]
    public async Task A_process_of_somebody_else_under_such_an_id_is_never_killed_but_told()
    {
        var user = ProcessFixture.FreeUserIds();
        using var somebody = System.Diagnostics.Process.Start("setpriv", ["--reuid", $"{user}", "--clear-groups", "sleep", "60"]);
        await ProcessTraces.WaitAsync(() => ProcessTraces.ProcessesOf(user).Count == 1);
        await using var service = new ServiceFixture(new Dictionary<string, string>
        {
            ["Sandbox:Backend"] = "process",
            ["Sandbox:FirstUserId"] = $"{user}",
            ["Sandbox:MaxSandboxes"] = "4",
        });

        Assert.Contains($"process {somebody.Id} has {user}", string.Join(' ', service.Sandbox.Readiness.Problems));
        Assert.False(somebody.HasExited);
        somebody.Kill();
    }

    /// <summary>Other tests run meanwhile, so what is there now must go, not everything.</summary>
    private async Task AssertNothingIsLeftAsync()
    {
        var processes = ProcessTraces.ProcessesOf(process.FirstUserId);
        var folders = Directory.GetDirectories(process.Sandbox.RunsDirectory);
        await ProcessTraces.WaitAsync(() => !ProcessTraces.ProcessesOf(process.FirstUserId).Intersect(processes).Any());
        await ProcessTraces.WaitAsync(() => !Directory.GetDirectories(process.Sandbox.RunsDirectory).Intersect(folders).Any());
    }
}

using System.Globalization;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;
using OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>Stages made ahead, in a service of its own with its real sandbox.</summary>
public sealed class PreparedStagesTests : IAsyncDisposable
{
    private static readonly ExecuteRequest _node = Requests.Program("javascript", "console.log('hello')", path: "main.js");

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("prepared-state-");
    private readonly int _firstUserId = ProcessFixture.FreeUserIds();
    private ServiceFixture? _service;

    [Fact]
    public async Task A_burst_beyond_what_waits_is_served_without_an_error()
    {
        const int Callers = 24;
        var service = Start(("Execution:MaxConcurrent", "4"), ("Sandbox:Prepared:MaxPerMould", "2"));
        var pool = await WarmUpAsync(service, Requests.Bash("true"));

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i =>
            service.Client.ExecuteAsync(Requests.Bash($"echo {i}"), cancellationToken: TestContext.Current.CancellationToken).ResponseAsync));

        Assert.Equal(Enumerable.Range(0, Callers).Select(i => $"{i}\n"), answers.Select(answer => answer.Run.Stdout.ToStringUtf8()));
        Assert.InRange(pool.Counts.Sum(count => count.Taken), 1, Callers - 1);
    }

    [Fact]
    public async Task Whoever_finds_none_is_served_by_a_cold_start()
    {
        var service = Start();
        var pool = await WarmUpAsync(service, _node);
        await pool.RestAsync();
        var before = pool.Counts.Sum(count => count.Taken);

        var answer = await RunAsync(service, _node);

        Assert.Equal(("hello\n", Outcome.Succeeded), (answer.Run.Stdout.ToStringUtf8(), answer.Outcome));
        Assert.Equal(before, pool.Counts.Sum(count => count.Taken));
    }

    [Fact]
    public async Task Each_serves_one_program_and_leaves_nothing_to_the_next()
    {
        var service = Start(("Sandbox:Prepared:MaxPerMould", "1"));
        var pool = await WarmUpAsync(service, Requests.Bash("true"));
        var seen = new HashSet<string>();
        var before = pool.Counts.Sum(count => count.Taken);
        for (var turn = 0; turn < 5; turn++)
        {
            await AwaitFullAsync(pool);
            await UntilAsync(() => Stages(service).Count == 1);
            Assert.True(seen.Add(Assert.Single(Stages(service))), "A stage has waited twice.");

            var answer = await RunAsync(service, Requests.Bash("ls -A ~ /tmp /dev/shm; ps -e 2>/dev/null | wc -l > /tmp/left; touch ~/left /dev/shm/left; sleep 60 & echo $!"));

            Assert.StartsWith("/dev/shm:\n\n/tmp:\n\n/workspace:\nmain.sh\n", answer.Run.Stdout.ToStringUtf8());
        }
        Assert.Equal(before + 5, pool.Counts.Sum(count => count.Taken));
        await pool.RestAsync();
        await UntilAsync(() => Stages(service).Count == 0);
    }

    [Fact]
    public async Task One_that_is_killed_while_it_waits_is_replaced_and_nobody_meets_it()
    {
        var service = Start();
        var pool = await WarmUpAsync(service, _node);
        var killed = Stages(service);
        Assert.NotEmpty(killed);

        foreach (var stage in killed)
            _ = Posix.Kill(int.Parse(stage, CultureInfo.InvariantCulture), Posix.SigKill);
        await UntilAsync(() => !Stages(service).Intersect(killed).Any());

        Assert.Equal("hello\n", (await RunAsync(service, _node)).Run.Stdout.ToStringUtf8());
        await UntilAsync(() => pool.Counts.All(count => count.Ready == count.Target), pool);
    }

    [Fact]
    public async Task Stages_that_died_with_their_launcher_are_nobodys_and_new_ones_wait_in_the_next()
    {
        var service = Start();
        var pool = await WarmUpAsync(service, _node);
        var sandbox = service.Service<NamespaceSandbox>();
        var zone = sandbox.ZoneProcessId;
        var waiting = AliveProcesses();
        Assert.NotEmpty(waiting);

        _ = Posix.Kill(int.Parse(Below(service, depth: 2).Single(), CultureInfo.InvariantCulture), Posix.SigKill);
        await UntilAsync(() => !AliveProcesses().Intersect(waiting).Any());

        Assert.Equal("hello\n", (await RunAsync(service, _node)).Run.Stdout.ToStringUtf8());
        Assert.NotEqual(zone, sandbox.ZoneProcessId);
        await UntilAsync(() => pool.Counts.All(count => count.Ready == count.Target), pool);
    }

    [Fact]
    public async Task A_run_gets_the_last_place_although_a_stage_waits_in_it()
    {
        const int Places = 4;
        var service = Start(("Sandbox:MaxSandboxes", $"{Places}"));
        var pool = await WarmUpAsync(service, Requests.Bash("true"));
        Assert.Equal(1, pool.Counts.Sum(count => count.Ready));

        // Of another mould than the one that waits.
        var programs = new List<ISandboxRun>();
        for (var i = 0; i < Places; i++)
        {
            var run = await service.Sandbox.StartAsync(Order("read", new TerminalDimensions(80, 24)), TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            programs.Add(run);
        }

        foreach (var run in programs)
            await run.DisposeAsync();
        await UntilAsync(() => pool.Counts.Sum(count => count.Ready) == 1);
    }

    [Fact]
    public async Task What_a_host_uses_to_boot_is_not_the_programs()
    {
        const string Host = """
            import os, time
            block = bytearray(96 << 20)
            del block
            while time.process_time() < 1: pass
            while os.read(3, 65536): pass
            """;
        var service = Start();
        var order = Order("true", terminal: null) with
        {
            Host = new PreparedHost("busy", ["python3", "-c", Host], new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" }),
        };
        service.Sandbox.Expect(order);
        var pool = service.Service<NamespaceSandbox>().Prepared!;
        await UntilAsync(() => pool.Counts.Any(count => count is { Mould.Name: "busy", Ready: > 0 }));

        await using var run = await service.Sandbox.StartAsync(order, TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.Zero, run.ReadCpuTime());
        SandboxReport? report = null;
        await foreach (var happened in run.ReadEventsAsync(TestContext.Current.CancellationToken))
        {
            if (happened is SandboxExited exited)
                report = exited.Report;
        }

        Assert.Equal(1, pool.Counts.Single(count => count.Mould.Name == "busy").Taken);
        Assert.Equal(SandboxOutcome.Succeeded, report!.Outcome);
        Assert.InRange(report.UserCpuTime + report.SystemCpuTime, TimeSpan.Zero, TimeSpan.FromSeconds(0.8));
        if (!service.Service<NamespaceSandbox>().CgroupDirectories.Any(directory => File.Exists(Path.Combine(directory, "memory.events"))))
            Assert.InRange(report.MemoryPeakBytes, 1, 90L << 20);
    }

    [Fact]
    public async Task Nothing_of_those_that_wait_outlives_the_service()
    {
        var service = Start();
        await WarmUpAsync(service, _node);
        await WarmUpAsync(service, Requests.Bash("true"));
        var groups = service.Service<NamespaceSandbox>().CgroupDirectories;
        Assert.True(AliveProcesses().Count >= 4, "Two stages should wait, a program and its pid 1 in each.");
        Assert.NotEmpty(_state.GetDirectories("onlinecompiler-*"));
        Assert.Contains(groups, group => Directory.GetDirectories(group).Length > 0);

        await service.DisposeAsync();
        _service = null;

        Assert.Empty(AliveProcesses());
        Assert.DoesNotContain(groups, Directory.Exists);
        Assert.Empty(_state.GetDirectories("onlinecompiler-*"));
    }

    public async ValueTask DisposeAsync()
    {
        await (_service?.DisposeAsync() ?? ValueTask.CompletedTask);
        _state.Delete(recursive: true);
    }

    private ServiceFixture Start(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string>
        {
            ["Sandbox:FirstUserId"] = $"{_firstUserId}",
            ["Sandbox:MaxSandboxes"] = $"{ProcessFixture.Users}",
            ["Sandbox:StateDirectory"] = _state.FullName,
        };
        foreach (var (key, value) in settings)
            all[key] = value;
        return _service = new ServiceFixture(all);
    }

    /// <summary>Demand makes the pool: until the next request of this kind will find a stage.</summary>
    private static async Task<PreparedPool> WarmUpAsync(ServiceFixture service, ExecuteRequest request)
    {
        await RunAsync(service, request);
        var pool = service.Service<NamespaceSandbox>().Prepared!;
        await AwaitFullAsync(pool);
        return pool;
    }

    private static Task AwaitFullAsync(PreparedPool pool) => UntilAsync(() => pool.IsFull && pool.Counts.Any(count => count.Ready > 0));

    private static async Task<ExecuteResponse> RunAsync(ServiceFixture service, ExecuteRequest request) =>
        await service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);

    private static SandboxOrder Order(string script, TerminalDimensions? terminal) => TestZone.Order with { Command = ["bash", "-c", script], Terminal = terminal, Collect = [] };

    /// <summary>Process ids of the stages of a zone: bubblewrap, its pid 1, the launcher, and its children.</summary>
    private static IReadOnlyList<string> Stages(ServiceFixture service) => Below(service, depth: 3);

    private static IReadOnlyList<string> Below(ServiceFixture service, int depth)
    {
        IReadOnlyList<string> processes = [service.Service<NamespaceSandbox>().ZoneProcessId.ToString(CultureInfo.InvariantCulture)];
        for (; depth > 0; depth--)
            processes = [.. processes.SelectMany(ChildrenOf)];
        return processes;
    }

    private static string[] ChildrenOf(string processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/task/{processId}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            // It has just ended.
            return [];
        }
    }

    /// <summary>Of this service's sandboxes, by their user ids.</summary>
    private List<string> AliveProcesses()
    {
        var alive = new List<string>();
        foreach (var directory in Directory.GetDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                var id = int.Parse(File.ReadLines(Path.Combine(directory, "status")).First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1], CultureInfo.InvariantCulture);
                if (id >= _firstUserId && id < _firstUserId + ProcessFixture.Users)
                    alive.Add(Path.GetFileName(directory));
            }
            catch (Exception exception) when (exception is IOException or InvalidOperationException)
            {
                // It has just ended.
            }
        }
        return alive;
    }

    private static async Task UntilAsync(Func<bool> condition, PreparedPool? pool = null)
    {
        for (var attempt = 0; attempt < 1500 && !condition(); attempt++)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.True(condition(), string.Join(", ", pool?.Counts.Select(count => $"{count.Mould.Name}: {count.Ready} of {count.Target} wait") ?? ["It did not happen within 30 s."]));
    }
}

using System.Diagnostics;
using System.Globalization;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>
/// Everything in a sandbox dies together, whatever it is doing. Within default limits the promise is 100 ms from the decision, and
/// the median keeps it. What operators may allow beyond takes the kernel longer, so the bound for that is generous, and the figures
/// are printed; <c>bench death</c> measures until the last instruction.
/// </summary>
public sealed class DeathTests(DeathTests.ServiceOfItsOwn own) : IClassFixture<DeathTests.ServiceOfItsOwn>
{
    private const int FirstUserId = 300_000;
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _promise = TimeSpan.FromMilliseconds(100);

    private readonly ServiceFixture _service = own.Service;

    public static TheoryData<string, string> Programs => new()
    {
        { "sleeping", "ready(); time.sleep(60)" },
        { "ignoring every signal", "for s in set(range(1, 65)) - {9, 19, 32, 33}: signal.signal(s, signal.SIG_IGN)\nready(); time.sleep(60)" },
        { "stopped", "[os.kill(p, signal.SIGSTOP) for p in [fork(lambda: time.sleep(60)) for _ in range(20)]]\nready(); os.kill(os.getpid(), signal.SIGSTOP)" },
        { "daemonised", "def leave():\n  os.setsid(); fork(lambda: (os.setsid(), ready(), time.sleep(60)))\nfork(leave); time.sleep(60)" },
        { "waiting for a child as vfork does", "ready(); ctypes.CDLL(None).syscall(56, 0x4000 | 17, 0, 0, 0, 0); time.sleep(60)" },
        { "five hundred busy processes", "r, w = os.pipe()\ndef spin():\n  os.close(w); os.read(r, 1)\n  while True: pass\nfor _ in range(490): fork(spin)\nready(); os.close(w); time.sleep(60)" },
        { "a bomb of forks", "ready()\nwhile True:\n  try: os.fork()\n  except OSError: pass" },
        { "two gibibytes of dirty memory", "m = mmap.mmap(-1, 1900 << 20)\nfor page in range(0, len(m), 4096): m[page] = 1\nready(); time.sleep(60)" },
        { "a hundred thousand files", "for i in range(100000): open(f'/tmp/{i}', 'w').close()\nready(); time.sleep(60)" },
    };

    /// <summary>
    /// Those that default limits allow, and the large ones cut down to them. Not much memory: how long the kernel takes to free that
    /// depends on who else is at work, and <c>bench death</c> wants the machine to itself.
    /// </summary>
    public static TheoryData<string, string> ProgramsWithinDefaults => new()
    {
        { "sleeping", Program("sleeping") },
        { "ignoring every signal", Program("ignoring every signal") },
        { "stopped", Program("stopped") },
        { "daemonised", Program("daemonised") },
        { "waiting for a child as vfork does", Program("waiting for a child as vfork does") },
        { "a bomb of forks", Program("a bomb of forks") },
        { "sixty busy processes", Program("five hundred busy processes").Replace("490", "60", StringComparison.Ordinal) },
        { "four thousand files", Program("a hundred thousand files").Replace("100000", "4000", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(ProgramsWithinDefaults))]
    public async Task Within_default_limits_nothing_is_alive_after_100_ms(string state, string program)
    {
        const int Deaths = 5;
        var order = Order(program);
        order = order with { Limits = order.Limits with { MemoryBytes = 256 << 20, Processes = 64, WorkspaceBytes = 64 << 20, WorkspaceFiles = 4096 } };
        var times = new List<TimeSpan>();
        for (var death = 0; death < Deaths; death++)
            times.Add(await KillAsync(order));

        var median = times.Order().ElementAt(Deaths / 2);

        Assert.True(median <= _promise, $"{state}: it took {string.Join(", ", times.Select(time => time.TotalMilliseconds))} ms.");
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Nothing_is_alive_when_the_answer_arrives(string state, string program) => Report(state, await KillAsync(Order(program)));

    /// <summary>From the decision, when the program is ready, until the answer; then nothing of it may be alive.</summary>
    private async Task<TimeSpan> KillAsync(SandboxOrder order)
    {
        await using var run = await _service.Sandbox.StartAsync(order, TestContext.Current.CancellationToken);
        var decided = 0L;
        await foreach (var happened in run.ReadEventsAsync(TestContext.Current.CancellationToken))
        {
            if (happened is SandboxOutput)
            {
                decided = Stopwatch.GetTimestamp();
                run.Kill(SandboxOutcome.Cancelled, "enough");
            }
            else if (happened is SandboxExited exited)
            {
                var took = Stopwatch.GetElapsedTime(decided);
                Assert.Empty(AliveProcesses());
                Assert.Empty(GroupMembers());
                Assert.Equal(SandboxOutcome.Cancelled, exited.Report.Outcome);
                Assert.NotEqual(0, decided);
                return took;
            }
        }
        throw new Xunit.Sdk.XunitException("The run ended without a report.");
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Nothing_is_alive_soon_after_the_caller_left(string state, string program)
    {
        var run = await _service.Sandbox.StartAsync(Order(program), TestContext.Current.CancellationToken);
        await WaitForOutputAsync(run);

        var decided = Stopwatch.GetTimestamp();
        var leaving = run.DisposeAsync();
        await WaitForNothingAliveAsync();
        Report($"{state}, caller gone", Stopwatch.GetElapsedTime(decided));
        await leaving;
    }

    [Theory]
    [InlineData("the launcher", 2)]
    [InlineData("the zone's first process", 1)]
    public async Task Nothing_outlives_a_part_of_the_zone_that_was_killed(string part, int depth)
    {
        await using var run = await _service.Sandbox.StartAsync(Order("ready(); time.sleep(60)"), TestContext.Current.CancellationToken);
        var events = run.ReadEventsAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        while (await events.MoveNextAsync() && events.Current is not SandboxOutput)
        {
        }
        var zone = _service.Service<NamespaceSandbox>().ZoneProcessId;
        for (var i = 0; i < depth; i++)
            zone = ChildOf(zone);
        var decided = Stopwatch.GetTimestamp();
        _ = Posix.Kill(zone, Posix.SigKill);

        await WaitForNothingAliveAsync();
        Report($"{part} killed", Stopwatch.GetElapsedTime(decided));
        await Assert.ThrowsAsync<SandboxLostException>(async () => await events.MoveNextAsync());
        await events.DisposeAsync();
    }

    private static string Program(string state) => Programs.Select(row => row.Data).Single(row => row.Item1 == state).Item2;

    private static async Task WaitForOutputAsync(ISandboxRun run)
    {
        await foreach (var happened in run.ReadEventsAsync(TestContext.Current.CancellationToken))
        {
            if (happened is SandboxOutput)
                return;
        }
        Assert.Fail("The program ended before it was ready.");
    }

    private async Task WaitForNothingAliveAsync()
    {
        var decided = Stopwatch.GetTimestamp();
        while (AliveProcesses().Count + GroupMembers().Count > 0 && Stopwatch.GetElapsedTime(decided) < _bound)
            await Task.Delay(2, TestContext.Current.CancellationToken);
        Assert.Empty(AliveProcesses());
    }

    private static void Report(string state, TimeSpan took)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{state}: nothing alive after {took.TotalMilliseconds:0.0} ms"));
        Assert.True(took < _bound, $"{state}: it took {took.TotalMilliseconds} ms.");
    }

    /// <summary>Processes of this service's sandboxes on the host, by their user ids; the dead that wait to be reaped are dead.</summary>
    private static List<string> AliveProcesses()
    {
        var alive = new List<string>();
        foreach (var directory in Directory.GetDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                var status = File.ReadAllLines(Path.Combine(directory, "status"));
                var id = int.Parse(status.First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1], CultureInfo.InvariantCulture);
                var state = status.First(line => line.StartsWith("State:", StringComparison.Ordinal)).Split('\t')[1];
                if (id is >= FirstUserId and < FirstUserId + 1024 && state[0] is not ('Z' or 'X'))
                    alive.Add($"{Path.GetFileName(directory)} {status[0]} {state}");
            }
            catch (Exception exception) when (exception is IOException or InvalidOperationException)
            {
                // It has just ended.
            }
        }
        return alive;
    }

    private List<string> GroupMembers() =>
        [.. _service.Service<NamespaceSandbox>().CgroupDirectories
            .SelectMany(directory => Directory.GetDirectories(directory))
            .SelectMany(group => Read(Path.Combine(group, "cgroup.procs")))];

    private static string[] Read(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (IOException)
        {
            // The group has just been removed.
            return [];
        }
    }

    private static int ChildOf(int processId) =>
        int.Parse(File.ReadAllText($"/proc/{processId}/task/{processId}/children").Split(' ')[0], CultureInfo.InvariantCulture);

    private static SandboxOrder Order(string program) => new()
    {
        Command = ["python3", "main.py"],
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
        Files =
        [
            new WorkspaceFile("main.py", System.Text.Encoding.UTF8.GetBytes($"""
                import ctypes, mmap, os, signal, time
                def ready(): os.write(1, b'ready')
                def fork(then):
                  child = os.fork()
                  if child == 0: then(); os._exit(0)
                  return child
                {program}
                """)),
        ],
        Collect = ["**"],
        Limits = new SandboxLimits
        {
            WallTime = TimeSpan.FromSeconds(60),
            CpuTime = TimeSpan.FromSeconds(60),
            MemoryBytes = 2L << 30,
            Processes = 512,
            OutputBytes = 1 << 20,
            WorkspaceBytes = 512 << 20,
            WorkspaceFiles = 150_000,
            OpenFiles = 256,
            FileSizeBytes = 64 << 20,
            StackBytes = 64 << 20,
        },
    };

    /// <summary>Its programs have user ids that no other test's have.</summary>
    public sealed class ServiceOfItsOwn : IAsyncLifetime
    {
        /// <summary>Stages that wait for orders would be alive.</summary>
        public ServiceFixture Service { get; } = new(new Dictionary<string, string>
        {
            ["Sandbox:FirstUserId"] = $"{FirstUserId}",
            ["Sandbox:Prepared:Enabled"] = "false",
        });

        public async ValueTask InitializeAsync() => await Service.CreateHttpClient().GetAsync(new Uri("/health/live", UriKind.Relative));

        public ValueTask DisposeAsync() => Service.DisposeAsync();
    }
}

using System.Net.Sockets;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Cgroups;
using OnlineCompiler.ExecutionService.Sandbox.Launching;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;
using OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>The launcher, built with the address and undefined-behaviour sanitizers, told things it should and should not be told.</summary>
public sealed class LauncherTests(SanitizedLauncher launcher) : IClassFixture<SanitizedLauncher>, IAsyncLifetime
{
    /// <summary>SIGSTOP and SIGCONT.</summary>
    private const int Stop = 19, Continue = 18;

    private TestZone _zone = null!;

    public async ValueTask InitializeAsync() => _zone = await TestZone.StartAsync(launcher.Path);

    public ValueTask DisposeAsync() => _zone.DisposeAsync();

    [Fact]
    public async Task Sound_orders_of_every_kind_are_carried_out()
    {
        Assert.Equal(["Prepared", "Started", "Stdout", "File", "Exit", "End"], (await _zone.SendAsync(TestZone.Bytes(TestZone.Order))).Frames);
        Assert.Equal("Started", (await _zone.SendAsync(TestZone.Bytes(TestZone.Order with { Terminal = new TerminalDimensions(80, 24) }))).Frames[1]);
        Assert.Contains("Exit", (await _zone.SendAsync(TestZone.Bytes(TestZone.Order with { Command = ["/nonexistent"] }))).Frames);
        await _zone.AssertNoSanitizerSpokeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_printed_last_is_told_before_the_end_however_late_it_is_read(bool isTerminal)
    {
        // Three pieces of what a terminal gives at once, and no more than it holds.
        const int Printed = 11_000;
        var token = TestContext.Current.CancellationToken;
        using var socket = await _zone.ConnectAsync();
        await socket.SendAsync(TestZone.Bytes(TestZone.Order with
        {
            Command = ["sh", "-c", $"sleep 0.5; head -c {Printed} /dev/zero | tr '\\0' x"],
            Terminal = isTerminal ? new TerminalDimensions(80, 24) : null,
        }), SocketFlags.None, token);
        var program = await _zone.FindProcessAsync("sleep");
        var stage = ProcessTraces.ParentOf(ProcessTraces.ParentOf(ProcessTraces.ParentOf(program)));

        // The stage reads nothing until the program has ended and its pid 1 has reported.
        Assert.Equal(0, Posix.Kill(stage, Stop));
        await ProcessTraces.WaitAsync(() => !Directory.Exists($"/proc/{program}"));
        await Task.Delay(TimeSpan.FromSeconds(0.5), token);
        Assert.Equal(0, Posix.Kill(stage, Continue));
        var answer = await TestAnswer.ReadAsync(socket, token);

        Assert.Equal(Printed, answer.Output.Length);
        Assert.Equal(["Exit", "End"], answer.Frames.SkipWhile(frame => frame != "Exit"));
    }

    [Theory]
    [InlineData("magic", 0, "not an order of this version")]
    [InlineData("length", 4, "cut short")]
    [InlineData("first tag", 8, "a field of unknown kind")]
    [InlineData("first length", 12, "its lengths do not add up")]
    public async Task An_order_whose_frame_is_wrong_is_refused_with_the_reason(string what, int offset, string reason)
    {
        // Not so high that the length alone is refused as too large.
        var (preparation, release) = (TestZone.Preparation(TestZone.Order), TestZone.Release(TestZone.Order));
        preparation[offset + 1] ^= 0x7f;
        release[offset + 1] ^= 0x7f;

        var frames = (await _zone.SendAsync(preparation, isAll: true)).Frames;
        Assert.True(frames.SequenceEqual([$"Failure order: {reason}"]), $"{what} of the preparation: {string.Join(", ", frames)}");

        frames = (await _zone.SendAsync((byte[])[.. TestZone.Preparation(TestZone.Order), .. release], isAll: true)).Frames;
        Assert.True(frames[^1] == $"Failure order: {reason}", $"{what} of the release: {string.Join(", ", frames)}");
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("a//b")]
    public async Task A_file_that_would_leave_the_workspace_is_refused(string path) =>
        Assert.Equal("Failure order: a file has no sound path", (await _zone.SendAsync(TestZone.Bytes(TestZone.Order with { Files = [new WorkspaceFile(path, new byte[1])] }))).Frames[^1]);

    [Theory]
    [InlineData("../packs")]
    [InlineData("a/b")]
    [InlineData(".new")]
    [InlineData("..")]
    [InlineData("Python")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234x")]
    public async Task A_root_whose_name_would_lead_elsewhere_is_refused(string name) =>
        Assert.Equal(["Failure order: a root of no sound name, or two"], (await _zone.SendAsync(TestZone.Bytes(TestZone.Order with { Root = name }))).Frames);

    [Fact]
    public async Task A_root_that_is_not_there_is_refused_and_nothing_runs()
    {
        Assert.Equal(["Failure make sandbox: enter the toolchain's own root: No such file or directory"], (await _zone.SendAsync(TestZone.Bytes(TestZone.Order with { Root = "nowhere" }))).Frames);
        Assert.Equal("End", (await _zone.SendAsync(TestZone.Bytes(TestZone.Order))).Frames[^1]);
        await _zone.AssertNoSanitizerSpokeAsync();
    }

    [Fact]
    public async Task Random_damage_to_an_order_never_upsets_the_launcher()
    {
        const int Orders = 300;
        var random = new Random(20_261_123);
        for (var i = 0; i < Orders; i++)
        {
            var bytes = TestZone.Bytes(TestZone.Order);
            for (var edits = random.Next(1, 6); edits > 0; edits--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var cut = random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length;

            var last = (await _zone.SendAsync(bytes.AsMemory(0, cut), isAll: true)).Frames[^1];

            Assert.True(last == "End" || last.StartsWith("Failure", StringComparison.Ordinal), $"Order {i} ended in {last}.");
        }
        Assert.Equal("End", (await _zone.SendAsync(TestZone.Bytes(TestZone.Order))).Frames[^1]);
        await _zone.AssertNoSanitizerSpokeAsync();
    }

    [Fact]
    public async Task Rubbish_in_place_of_input_kills_the_program_and_nothing_else()
    {
        var random = new Random(7);
        for (var i = 0; i < 30; i++)
        {
            var rubbish = new byte[random.Next(1, 200_000)];
            random.NextBytes(rubbish);

            var frames = (await _zone.SendAsync(TestZone.Bytes(TestZone.Order with { Command = ["sleep", "5"] }), rubbish)).Frames;

            Assert.Equal("End", frames[^1]);
        }
        await _zone.AssertNoSanitizerSpokeAsync();
    }

    [Fact]
    public async Task A_copy_is_refused_by_a_launcher_that_is_no_runtime()
    {
        var order = TestZone.Order with { Host = new PreparedHost("toy run", ["toy"], new Dictionary<string, string>()) { Forks = true } };

        Assert.Equal(["Failure order: a copy, but this launcher has no runtime"], (await _zone.SendAsync(TestZone.Bytes(order))).Frames);
        await _zone.AssertNoSanitizerSpokeAsync();
    }

    [Fact]
    public async Task A_program_never_runs_as_root_of_the_machine()
    {
        Assert.SkipUnless(Posix.IsRoot, "An ordinary user's zone has nothing but its own id to give.");
        var answer = await _zone.SendAsync(TestZone.Bytes(TestZone.Order, userId: 0));

        Assert.Equal(["Failure order: an outer id is root's"], answer.Frames);
    }

    /// <summary>Version 2's files made of ordinary ones: the kernel's part is missing, the watch on it is real.</summary>
    [Fact]
    public async Task A_program_ends_when_its_group_says_that_a_process_was_killed_for_memory()
    {
        var group = Directory.CreateDirectory(Path.Combine(_zone.Directory, "group", "program")).Parent!.FullName;
        File.WriteAllText(Path.Combine(group, "cgroup.procs"), "");
        File.WriteAllText(Path.Combine(group, "program", "cgroup.procs"), "");
        File.WriteAllText(Path.Combine(group, "memory.events"), "oom 0\noom_kill 0\n");
        var order = TestZone.Order with { Command = ["sleep", "30"], Limits = TestZone.Order.Limits with { WallTime = TimeSpan.FromSeconds(30) } };
        var sending = _zone.SendAsync(TestZone.Bytes(order, CgroupV2.Make("/zone/group")));

        // Joined; then merely short of memory, which is no reason.
        await WaitForAsync(() => File.ReadAllText(Path.Combine(group, "program", "cgroup.procs")) == "0");
        File.WriteAllText(Path.Combine(group, "memory.events"), "oom 1\noom_kill 0\n");
        await Task.Delay(TimeSpan.FromMilliseconds(400), TestContext.Current.CancellationToken);
        Assert.False(sending.IsCompleted);
        File.WriteAllText(Path.Combine(group, "memory.events"), "oom 1\noom_kill 1\n");

        var exit = (await sending).Exit;
        Assert.Equal((1u, 0u, 9u), (exit.MemoryLimitReached, exit.WallTimeLimitReached, exit.Status));
        Assert.True(exit.WallTimeNs < 15e9, $"It ended after {exit.WallTimeNs / 1e9} s.");
        await _zone.AssertNoSanitizerSpokeAsync();
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 500 && !condition(); attempt++)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.True(condition());
    }
}

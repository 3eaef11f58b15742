using System.Net.Sockets;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Launching;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>Stages made ahead of their order, and hosts, as the launcher (under the sanitizers) serves them.</summary>
public sealed class PreparedLauncherTests(SanitizedLauncher launcher) : IClassFixture<SanitizedLauncher>, IAsyncLifetime
{
    /// <summary>What a host of a pack does, in the few words of Python: reads its release, becomes what it says, and shows it.</summary>
    private const string Host = """
        import os, struct, sys
        burn = [sum(range(1000)) for _ in range(20000)]
        release = b''
        while chunk := os.read(3, 65536): release += chunk
        os.close(3)
        if not release: sys.exit(0)
        def texts(at):
            count, at, all = *struct.unpack_from('<I', release, at), at + 4, []
            for _ in range(count):
                length, = struct.unpack_from('<I', release, at)
                all.append(release[at + 4:at + 4 + length].decode()); at += 4 + length
            return all, at
        argv, at = texts(0)
        environment, at = texts(at)
        assert at == len(release)
        print(argv, environment, os.listdir('.'), open('a/b.txt').read(), sys.stdin.read(), sep='|')
        """;

    private static readonly SandboxOrder _hosted = TestZone.Order with
    {
        Command = ["tool", "main.x", ""],
        Environment = new Dictionary<string, string> { ["A"] = "1", ["B"] = "" },
        Host = new PreparedHost("test", ["python3", "-c", Host], new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" }),
        Collect = [],
    };

    private TestZone _zone = null!;

    public async ValueTask InitializeAsync() => _zone = await TestZone.StartAsync(launcher.Path);

    public ValueTask DisposeAsync() => _zone.DisposeAsync();

    [Fact]
    public async Task A_stage_waits_for_its_release_and_time_begins_with_it()
    {
        using var socket = await PrepareAsync(TestZone.Order);
        await Task.Delay(300, TestContext.Current.CancellationToken);

        var answer = await ReleaseAsync(socket, TestZone.Order);

        Assert.Equal(["Started", "Stdout", "File", "Exit", "End"], answer.Frames);
        Assert.Equal("hello", answer.Output);
        Assert.InRange(answer.Exit.WallTimeNs, 1ul, (ulong)20e9);
        await _zone.AssertNoSanitizerSpokeAsync();
    }

    [Fact]
    public async Task A_release_may_change_the_size_of_the_workspace()
    {
        var larger = TestZone.Order with
        {
            Command = ["sh", "-c", "head -c 3000000 /dev/zero > f && stat -c %s f; head -c 3000000 /dev/zero > g || echo full"],
            Limits = TestZone.Order.Limits with { WorkspaceBytes = 4 << 20, FileSizeBytes = 4 << 20 },
        };
        using var socket = await PrepareAsync(TestZone.Order);

        var answer = await ReleaseAsync(socket, larger);

        Assert.StartsWith("3000000\n", answer.Output);
        Assert.EndsWith("full\n", answer.Output);
        Assert.InRange(answer.Exit.WorkspaceUsedBytes, 4ul << 20, 4ul << 20);
    }

    [Fact]
    public async Task A_terminal_has_the_size_of_its_release()
    {
        var prepared = TestZone.Order with { Terminal = new TerminalDimensions(80, 24) };
        using var socket = await PrepareAsync(prepared);

        var answer = await ReleaseAsync(socket, prepared with { Command = ["stty", "size"], Terminal = new TerminalDimensions(101, 37) });

        Assert.Equal("37 101\r\n", answer.Output);
    }

    [Fact]
    public async Task A_release_that_wants_a_terminal_where_none_was_prepared_is_refused()
    {
        using var socket = await PrepareAsync(TestZone.Order);

        var answer = await ReleaseAsync(socket, TestZone.Order with { Terminal = new TerminalDimensions(80, 24) });

        Assert.Equal(["Failure order: a terminal where none was prepared, or none where one was"], answer.Frames);
    }

    [Fact]
    public async Task A_host_is_told_command_and_environment_and_finds_files_and_input()
    {
        using var socket = await PrepareAsync(_hosted);

        var answer = await ReleaseAsync(socket, _hosted);

        Assert.Equal("['tool', 'main.x', '']|['A=1', 'B=']|['a']|hello|\n", answer.Output);
        Assert.Equal((1u, 0u), (answer.Exit.ExitedByItself, answer.Exit.Status));
        await _zone.AssertNoSanitizerSpokeAsync();
    }

    [Fact]
    public async Task The_time_that_a_host_takes_to_boot_is_not_the_programs()
    {
        // Its release comes with its preparation: then all is the program's.
        var whole = (await _zone.SendAsync((byte[])[.. TestZone.Preparation(_hosted), .. TestZone.Release(_hosted)])).Exit;
        using var socket = await PrepareAsync(_hosted);

        var released = (await ReleaseAsync(socket, _hosted)).Exit;

        Assert.True(whole.ExitedByItself == 1 && released.ExitedByItself == 1);
        Assert.True(CpuTimeUs(released) * 4 < CpuTimeUs(whole), $"{CpuTimeUs(released)} of {CpuTimeUs(whole)} µs.");
    }

    [Fact]
    public async Task A_host_that_reads_a_large_command_line_late_gets_all_of_it()
    {
        var large = _hosted with { Command = ["tool", .. Enumerable.Range(0, 2000).Select(i => new string('x', 100) + i)] };
        using var socket = await PrepareAsync(large);

        var answer = await ReleaseAsync(socket, large);

        Assert.Contains(new string('x', 100) + "1999", answer.Output);
    }

    [Theory]
    [InlineData("import sys; sys.exit(3)", "keep the program until its release")]
    [InlineData("import os; os.kill(os.getpid(), 9)", "keep the program until its release")]
    public async Task A_host_that_ends_before_its_release_is_a_failure(string host, string reason)
    {
        var order = _hosted with { Host = _hosted.Host! with { Command = ["python3", "-c", host] } };

        using var socket = await _zone.ConnectAsync();
        await socket.SendAsync(TestZone.Preparation(order), TestContext.Current.CancellationToken);
        var answer = await TestAnswer.ReadAsync(socket, TestContext.Current.CancellationToken);

        Assert.Contains(reason, Assert.Single(answer.Frames));
    }

    [Fact]
    public async Task A_prepared_stage_ends_with_its_socket()
    {
        var before = _zone.CountProcesses();
        using (var bare = await PrepareAsync(TestZone.Order))
        using (var hosted = await PrepareAsync(_hosted))
            Assert.Equal(before + 6, _zone.CountProcesses());

        for (var attempt = 0; attempt < 500 && _zone.CountProcesses() != before; attempt++)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal(before, _zone.CountProcesses());
        await _zone.AssertNoSanitizerSpokeAsync();
    }

    [Fact]
    public async Task Random_damage_to_a_preparation_with_a_host_or_its_release_never_upsets_the_launcher()
    {
        const int Orders = 150;
        var random = new Random(20_261_124);
        var order = _hosted with { Host = _hosted.Host! with { Command = ["head", "-c", "1", "/dev/fd/3"] } };
        for (var i = 0; i < Orders; i++)
        {
            byte[] bytes = [.. TestZone.Preparation(order), .. TestZone.Release(order)];
            for (var edits = random.Next(1, 6); edits > 0; edits--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            var frames = (await _zone.SendAsync(bytes, isAll: true)).Frames;

            Assert.True(frames[^1] == "End" || frames[^1].StartsWith("Failure", StringComparison.Ordinal), $"Order {i} ended in {frames[^1]}.");
        }
        Assert.Equal("End", (await _zone.SendAsync(TestZone.Bytes(TestZone.Order))).Frames[^1]);
        await _zone.AssertNoSanitizerSpokeAsync();
    }

    private static ulong CpuTimeUs(LauncherProtocol.ExitReport exit) => exit.UserTimeUs + exit.SystemTimeUs;

    private async Task<Socket> PrepareAsync(SandboxOrder order)
    {
        var socket = await _zone.ConnectAsync();
        await socket.SendAsync(TestZone.Preparation(order), TestContext.Current.CancellationToken);
        var frame = new byte[LauncherProtocol.FrameHeaderBytes];
        var got = await socket.ReceiveAsync(frame, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal((frame.Length, LauncherProtocol.OutputFrame.Prepared), (got, LauncherProtocol.ReadOutputHeader(frame).Type));
        return socket;
    }

    private static async Task<TestAnswer> ReleaseAsync(Socket socket, SandboxOrder order)
    {
        await socket.SendAsync((byte[])[.. TestZone.Release(order), .. TestZone.EndOfInput.Span], TestContext.Current.CancellationToken);
        return await TestAnswer.ReadAsync(socket, TestContext.Current.CancellationToken);
    }
}

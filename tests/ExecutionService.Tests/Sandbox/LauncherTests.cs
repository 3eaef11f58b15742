using System.Net.Sockets;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Launching;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;
using OnlineCompiler.ExecutionService.Tests.Languages;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>The launcher, built with the address and undefined-behaviour sanitizers, told things it should and should not be told.</summary>
public sealed class LauncherTests(SanitizedLauncher launcher) : IClassFixture<SanitizedLauncher>, IAsyncLifetime
{
    private const uint UserId = 199_999;

    private readonly string _directory = Directory.CreateTempSubdirectory("launcher-").FullName;
    private LauncherProcess? _zone;

    public async ValueTask InitializeAsync()
    {
        var mounts = new ZoneMounts(launcher.Path, PackCaseTests.PacksDirectory, "/nonexistent");
        _zone = await Zone.StartAsync(_directory, mounts, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_zone is not null)
            await _zone.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Sound_orders_of_every_kind_are_carried_out()
    {
        Assert.Equal(["Started", "Stdout", "File", "Exit", "End"], await SendAsync(Bytes(Order())));
        Assert.Equal("Started", (await SendAsync(Bytes(Order() with { Terminal = new TerminalDimensions(80, 24) })))[0]);
        Assert.Contains("Exit", await SendAsync(Bytes(Order() with { Command = ["/nonexistent"] })));
        await AssertNoSanitizerSpokeAsync();
    }

    [Theory]
    [InlineData("magic", 0, "not an order of this version")]
    [InlineData("length", 4, "cut short")]
    [InlineData("first tag", 8, "a text is empty or holds a NUL")]
    [InlineData("first length", 12, "its lengths do not add up")]
    public async Task An_order_whose_frame_is_wrong_is_refused_with_the_reason(string what, int offset, string reason)
    {
        var bytes = Bytes(Order());
        // Not so high that the length alone is refused as too large.
        bytes[offset + 1] ^= 0x7f;

        var frames = await SendAsync(bytes, isAll: true);

        Assert.True(frames.SequenceEqual([$"Failure order: {reason}"]), $"{what}: {string.Join(", ", frames)}");
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("a//b")]
    public async Task A_file_that_would_leave_the_workspace_is_refused(string path) =>
        Assert.Equal(["Failure order: a file has no sound path"], await SendAsync(Bytes(Order() with { Files = [new WorkspaceFile(path, new byte[1])] })));

    [Fact]
    public async Task Random_damage_to_an_order_never_upsets_the_launcher()
    {
        const int Orders = 300;
        var random = new Random(20_261_123);
        for (var i = 0; i < Orders; i++)
        {
            var bytes = Bytes(Order());
            for (var edits = random.Next(1, 6); edits > 0; edits--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var cut = random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length;

            var last = (await SendAsync(bytes.AsMemory(0, cut), isAll: true))[^1];

            Assert.True(last == "End" || last.StartsWith("Failure", StringComparison.Ordinal), $"Order {i} ended in {last}.");
        }
        Assert.Equal("End", (await SendAsync(Bytes(Order())))[^1]);
        await AssertNoSanitizerSpokeAsync();
    }

    [Fact]
    public async Task Rubbish_in_place_of_input_kills_the_program_and_nothing_else()
    {
        var random = new Random(7);
        for (var i = 0; i < 30; i++)
        {
            var rubbish = new byte[random.Next(1, 200_000)];
            random.NextBytes(rubbish);

            var frames = await SendAsync(Bytes(Order() with { Command = ["sleep", "5"] }), rubbish);

            Assert.Equal("End", frames[^1]);
        }
        await AssertNoSanitizerSpokeAsync();
    }

    private static SandboxOrder Order() => new()
    {
        Command = ["sh", "-c", "cat a/b.txt; echo made > c.txt"],
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
        Files = [new WorkspaceFile("a/b.txt", "hello"u8.ToArray())],
        Collect = ["*.txt"],
        Limits = new SandboxLimits
        {
            WallTime = TimeSpan.FromSeconds(10),
            CpuTime = TimeSpan.FromSeconds(5),
            MemoryBytes = 256 << 20,
            Processes = 64,
            OutputBytes = 1 << 20,
            WorkspaceBytes = 1 << 20,
            WorkspaceFiles = 64,
            OpenFiles = 64,
            FileSizeBytes = 1 << 20,
            StackBytes = 8 << 20,
        },
    };

    private static byte[] Bytes(SandboxOrder order) => LauncherProtocol.Order(order, UserId, []).ToArray();

    /// <summary>Sends an order and then input, by default its end; <paramref name="isAll"/> also says that nothing will follow.</summary>
    private async Task<List<string>> SendAsync(ReadOnlyMemory<byte> order, ReadOnlyMemory<byte> input = default, bool isAll = false)
    {
        var token = TestContext.Current.CancellationToken;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_zone!.SocketPath), token);
        var frames = new List<string>();
        try
        {
            await socket.SendAsync(order, SocketFlags.None, token);
            await socket.SendAsync(input.Length > 0 ? input : EndOfInput, SocketFlags.None, token);
            if (isAll)
                socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Refused before all of it was sent.
        }
        var reader = new FrameReader(socket);
        while (await NextAsync(reader, token) is { } frame)
            frames.Add(frame);
        return frames;
    }

    private static ReadOnlyMemory<byte> EndOfInput
    {
        get
        {
            var frame = new byte[LauncherProtocol.FrameHeaderBytes];
            LauncherProtocol.WriteInputHeader(frame, LauncherProtocol.InputFrame.EndOfInput, 0);
            return frame;
        }
    }

    private static async Task<string?> NextAsync(FrameReader reader, CancellationToken token)
    {
        try
        {
            return await reader.ReadAsync(token).AsTask().WaitAsync(TimeSpan.FromSeconds(20), token) is { } frame
                ? frame.Type == LauncherProtocol.OutputFrame.Failure ? $"Failure {System.Text.Encoding.UTF8.GetString(frame.Data.Span)}" : frame.Type.ToString()
                : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private async Task AssertNoSanitizerSpokeAsync()
    {
        Assert.True(_zone!.IsAlive);
        await _zone.DisposeAsync();
        Assert.Equal("", await _zone.Errors.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        _zone = null;
    }
}

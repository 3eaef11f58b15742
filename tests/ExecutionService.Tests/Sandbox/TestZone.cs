using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Cgroups;
using OnlineCompiler.ExecutionService.Sandbox.Launching;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;
using OnlineCompiler.ExecutionService.Sandbox.Processes;
using OnlineCompiler.ExecutionService.Tests.Languages;
using OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>A zone without a service, whose launcher is told things directly.</summary>
internal sealed class TestZone : IAsyncDisposable
{
    private const uint UserId = 199_999;

    private readonly DirectoryInfo _directory;
    private readonly LauncherProcess _process;

    private TestZone(DirectoryInfo directory, LauncherProcess process)
    {
        _directory = directory;
        _process = process;
    }

    /// <summary>What the launcher said before it was ready.</summary>
    public IReadOnlyList<string> Facts => _process.Facts;

    /// <summary>The folder that the zone sees as /zone.</summary>
    public string Directory => _directory.FullName;

    /// <summary>A short program whose order has something of every kind.</summary>
    public static SandboxOrder Order { get; } = new()
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

    public static async Task<TestZone> StartAsync(string launcher)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("launcher-");
        return new TestZone(directory, await Zone.StartAsync(directory.FullName, Mounts with { Launcher = launcher }, TestContext.Current.CancellationToken));
    }

    public static ZoneMounts Mounts { get; } = new(
        Path.Combine(AppContext.BaseDirectory, "launcher"), Path.Combine(AppContext.BaseDirectory, "launcher.so"), PackFolders.Root, "/nonexistent");

    /// <summary>The same launcher without a zone, at most as capable as with this version of Landlock.</summary>
    public static async Task<TestZone> StartWithoutNamespacesAsync(string launcher, int firstUserId, int landlock)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("launcher-");
        // Programs pass through it to their workspaces.
        File.SetUnixFileMode(directory.FullName, (UnixFileMode)0b111_001_001);
        var options = new SandboxOptions { FirstUserId = firstUserId, MaxSandboxes = 4 };
        System.IO.Directory.CreateDirectory(Path.Combine(directory.FullName, RunFolders.Name));
        List<string> arguments = ["--without-namespaces", "--landlock", $"{landlock}", .. LauncherArguments.Make(directory.FullName, options, PackFolders.Root, "/nonexistent", [])];
        return new TestZone(directory, await LauncherProcess.StartAsync(directory.FullName, launcher, arguments, TestContext.Current.CancellationToken));
    }

    /// <summary>An order as the launcher reads it at a cold start, by default for a run without control groups.</summary>
    public static byte[] Bytes(SandboxOrder order, ICgroup? cgroup = null, uint userId = UserId) =>
        [.. Preparation(order, cgroup, userId), .. Release(order, cgroup)];

    /// <summary>What is told before the order is known; with the order's host, if it has one.</summary>
    public static byte[] Preparation(SandboxOrder order, ICgroup? cgroup = null, uint userId = UserId)
    {
        var writer = new ArrayBufferWriter<byte>();
        LauncherProtocol.PutPreparation(writer, Mould.Of(order), userId, cgroup ?? NoCgroup);
        return writer.WrittenSpan.ToArray();
    }

    public static byte[] Release(SandboxOrder order, ICgroup? cgroup = null)
    {
        var writer = new ArrayBufferWriter<byte>();
        LauncherProtocol.PutRelease(writer, order, cgroup ?? NoCgroup);
        return writer.WrittenSpan.ToArray();
    }

    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_process.SocketPath), TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Of the zone: bubblewrap's two, the launcher, and three for each stage that waits.</summary>
    public int CountProcesses() => WithDescendants(_process.ProcessId).Count;

    /// <summary>Waits for the zone's first process of this name.</summary>
    public async Task<int> FindProcessAsync(string name)
    {
        var found = 0;
        await ProcessTraces.WaitAsync(() => (found = WithDescendants(_process.ProcessId).FirstOrDefault(process => NameOf(process) == name)) != 0);
        return found;
    }

    /// <summary>Sends an order and then input, by default its end; <paramref name="isAll"/> also says that nothing will follow.</summary>
    public async Task<TestAnswer> SendAsync(ReadOnlyMemory<byte> order, ReadOnlyMemory<byte> input = default, bool isAll = false)
    {
        var token = TestContext.Current.CancellationToken;
        using var socket = await ConnectAsync();
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
        return await TestAnswer.ReadAsync(socket, token);
    }

    /// <summary>Stops the zone; nothing but its end may have been worth a word.</summary>
    public async Task AssertNoSanitizerSpokeAsync()
    {
        Assert.True(_process.IsAlive);
        await _process.DisposeAsync();
        Assert.Equal("", await _process.Errors.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private static string NameOf(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/comm").Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }

    public static List<int> WithDescendants(int processId)
    {
        try
        {
            return [processId, .. File.ReadAllText($"/proc/{processId}/task/{processId}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(child => WithDescendants(int.Parse(child, CultureInfo.InvariantCulture)))];
        }
        catch (IOException)
        {
            // It has just ended.
            return [];
        }
    }

    private static ICgroup NoCgroup => new NoCgroups("None were asked for.").Create("none");

    public static ReadOnlyMemory<byte> EndOfInput
    {
        get
        {
            var frame = new byte[LauncherProtocol.FrameHeaderBytes];
            LauncherProtocol.WriteInputHeader(frame, LauncherProtocol.InputFrame.EndOfInput, 0);
            return frame;
        }
    }
}

/// <summary>All that a launcher said about one order.</summary>
/// <param name="Frames">The kinds of its frames, a failure with its reason.</param>
/// <param name="Output">What the program printed.</param>
/// <param name="Files">What was handed back.</param>
/// <param name="Exit">The report, if there was one.</param>
internal sealed record TestAnswer(List<string> Frames, string Output, List<WorkspaceFile> Files, LauncherProtocol.ExitReport Exit)
{
    public static async Task<TestAnswer> ReadAsync(Socket socket, CancellationToken token)
    {
        var reader = new FrameReader(socket);
        var answer = new TestAnswer([], "", [], default);
        try
        {
            while (await reader.ReadAsync(token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), token) is { } frame)
                answer = answer.With(frame.Type, frame.Data.Span);
        }
        catch (SocketException)
        {
            // The launcher left without another word.
        }
        return answer;
    }

    private TestAnswer With(LauncherProtocol.OutputFrame type, ReadOnlySpan<byte> data)
    {
        Frames.Add(type == LauncherProtocol.OutputFrame.Failure ? $"Failure {System.Text.Encoding.UTF8.GetString(data)}" : type.ToString());
        switch (type)
        {
            case LauncherProtocol.OutputFrame.Stdout or LauncherProtocol.OutputFrame.Stderr:
                return this with { Output = Output + System.Text.Encoding.UTF8.GetString(data) };
            case LauncherProtocol.OutputFrame.File:
                Files.Add(LauncherProtocol.ReadFile(data.ToArray()));
                return this;
            case LauncherProtocol.OutputFrame.Exit:
                return this with { Exit = LauncherProtocol.ReadExit(data) };
            default:
                return this;
        }
    }
}

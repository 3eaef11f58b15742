using System.Buffers.Binary;
using System.Net.Sockets;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Launching;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Launching;

/// <summary>What a launcher sends arrives frame by frame, however it was cut on its way.</summary>
public sealed class FrameReaderTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"frames-{Guid.NewGuid():N}");
    private readonly Socket _launcher;
    private readonly Socket _service;

    public FrameReaderTests()
    {
        var end = new UnixDomainSocketEndPoint(_path);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(end);
        listener.Listen();
        _service = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _service.Connect(end);
        _launcher = listener.Accept();
    }

    public void Dispose()
    {
        _launcher.Dispose();
        _service.Dispose();
        File.Delete(_path);
    }

    /// <summary>Of all that at once, or of a few bytes at a time.</summary>
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(4096)]
    [InlineData(1000)]
    public async Task Frames_of_any_length_come_whole_and_in_their_order(int piece)
    {
        // Around the length of a buffer that is new, of one that has grown, and of the longest output.
        int[] lengths = [0, 1, 4087, 4088, 4089, 3, 4096, 4097, 0, 30_000, 65_527, 65_528, 65_529, 5, 65_536, 65_537, 300_000, 2, 4096];
        var sent = lengths.Select((length, number) => Frame(LauncherProtocol.OutputFrame.Stdout, Data(length, number))).ToList();
        var sending = SendAsync(sent.SelectMany(frame => frame).ToArray(), piece);
        var reader = new FrameReader(_service);

        for (var number = 0; number < lengths.Length; number++)
        {
            var frame = Assert.NotNull(await reader.ReadAsync(TestContext.Current.CancellationToken));
            Assert.Equal(LauncherProtocol.OutputFrame.Stdout, frame.Type);
            Assert.Equal(Data(lengths[number], number), frame.Data.ToArray());
        }
        await sending;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(5000)]
    [InlineData(90_000)]
    public async Task A_launcher_that_ends_in_the_middle_of_a_frame_is_told_from_one_that_says_nothing_yet(int bytes)
    {
        var frame = Frame(LauncherProtocol.OutputFrame.Stderr, Data(100_000, 1));
        var reader = new FrameReader(_service);

        var reading = reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        await SendAsync(frame[..bytes], int.MaxValue);
        Assert.False(reading.IsCompleted);
        _launcher.Shutdown(SocketShutdown.Send);

        Assert.Null(await reading);
    }

    [Fact]
    public async Task A_frame_longer_than_any_is_refused_before_there_is_room_for_it()
    {
        var header = new byte[LauncherProtocol.FrameHeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)LauncherProtocol.OutputFrame.File);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), LauncherProtocol.MaxFrameBytes + 1);
        await SendAsync(header, int.MaxValue);

        await Assert.ThrowsAsync<SandboxUnavailableException>(async () =>
            await new FrameReader(_service).ReadAsync(TestContext.Current.CancellationToken));
    }

    private static byte[] Data(int length, int seed)
    {
        var data = new byte[length];
        new Random(seed).NextBytes(data);
        return data;
    }

    private static byte[] Frame(LauncherProtocol.OutputFrame type, byte[] data)
    {
        var frame = new byte[LauncherProtocol.FrameHeaderBytes + data.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)type);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), (uint)data.Length);
        data.CopyTo(frame, LauncherProtocol.FrameHeaderBytes);
        return frame;
    }

    private async Task SendAsync(byte[] bytes, int piece)
    {
        for (var at = 0; at < bytes.Length;)
            at += await _launcher.SendAsync(bytes.AsMemory(at, Math.Min(piece, bytes.Length - at)), TestContext.Current.CancellationToken);
    }
}

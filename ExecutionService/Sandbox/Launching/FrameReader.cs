using System.Net.Sockets;

namespace OnlineCompiler.ExecutionService.Sandbox.Launching;

/// <summary>Cuts what the launcher sends into frames, through one buffer that is used again and again.</summary>
internal sealed class FrameReader(Socket socket)
{
    /// <summary>A frame of output is no longer (<c>pump.c</c>); only files are.</summary>
    private const int LongestOutput = 64 * 1024;

    /// <summary>
    /// Small at first, for most programs say little, and many wait. What is larger than 85 000 bytes .NET collects with all that is old;
    /// docs/speed.md has what overload took with such a buffer for each run.
    /// </summary>
    private byte[] _buffer = new byte[4 * 1024];

    private int _start;
    private int _end;

    /// <summary>The next frame; its bytes are valid until the next call. Null when the launcher closed the socket.</summary>
    public async ValueTask<(LauncherProtocol.OutputFrame Type, ReadOnlyMemory<byte> Data)?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await FillAsync(LauncherProtocol.FrameHeaderBytes, cancellationToken))
            return null;
        var (type, length) = LauncherProtocol.ReadOutputHeader(_buffer.AsSpan(_start));
        _start += LauncherProtocol.FrameHeaderBytes;

        if (length > LongestOutput)
            return await ReadLongAsync(length, cancellationToken) is { } data ? (type, data) : null;
        if (!await FillAsync(length, cancellationToken))
            return null;
        var frame = _buffer.AsMemory(_start, length);
        _start += length;
        return (type, frame);
    }

    private async ValueTask<byte[]?> ReadLongAsync(int length, CancellationToken cancellationToken)
    {
        var data = new byte[length];
        var have = Math.Min(length, _end - _start);
        _buffer.AsSpan(_start, have).CopyTo(data);
        _start += have;
        while (have < length)
        {
            var got = await socket.ReceiveAsync(data.AsMemory(have), SocketFlags.None, cancellationToken);
            if (got == 0)
                return null;
            have += got;
        }
        return data;
    }

    private async ValueTask<bool> FillAsync(int length, CancellationToken cancellationToken)
    {
        if (_end - _start >= length)
            return true;
        if (_start + length > _buffer.Length || _start == _end)
        {
            var larger = length > _buffer.Length ? new byte[LongestOutput] : _buffer;
            _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
            (_buffer, _start, _end) = (larger, 0, _end - _start);
        }
        while (_end - _start < length)
        {
            var got = await socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, cancellationToken);
            if (got == 0)
                return false;
            _end += got;
        }
        return true;
    }
}

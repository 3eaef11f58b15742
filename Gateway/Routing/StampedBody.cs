using System.Buffers.Binary;
using OnlineCompiler.Gateway.Security;

namespace OnlineCompiler.Gateway.Routing;

/// <summary>A gRPC request body with some bytes put behind its first message; whatever follows passes as it is.</summary>
/// <remarks>
/// A gRPC message is a byte that says whether it is compressed, its length in four bytes, and itself. Bodies that are passed through may
/// be silent, as streams are; not so before the first message is there, for nothing runs without it and its caller's place is taken.
/// </remarks>
/// <param name="body">The client's.</param>
/// <param name="stamp">Put behind the first message.</param>
/// <param name="limits">How long the first message may take.</param>
internal sealed class StampedBody(Stream body, byte[] stamp, ConnectionLimits limits) : Stream
{
    private const int HeaderBytes = 5;

    // A length that nobody means must not become a time that nobody waits.
    private static readonly TimeSpan LongestMessage = TimeSpan.FromHours(1);
    private readonly byte[] _header = new byte[HeaderBytes];
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(limits.GraceSeconds));
    private ReadOnlyMemory<byte> _ready;
    private long _messageBytesLeft = -1;
    private bool _stamped;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        if (_stamped && _ready.IsEmpty)
            return await body.ReadAsync(buffer, cancellationToken);

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _patience.Token);
        try
        {
            return await ReadFirstAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The first message took too long.");
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Reads are asynchronous.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _patience.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadFirstAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_messageBytesLeft < 0 && !await ReadHeaderAsync(cancellationToken))
            return 0;
        if (_ready.IsEmpty && _messageBytesLeft == 0 && !_stamped)
        {
            _ready = stamp;
            _stamped = true;
        }

        if (!_ready.IsEmpty)
        {
            var count = Math.Min(buffer.Length, _ready.Length);
            _ready[..count].CopyTo(buffer);
            _ready = _ready[count..];
            return count;
        }

        var read = await body.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _messageBytesLeft)], cancellationToken);
        _messageBytesLeft = read == 0 ? 0 : _messageBytesLeft - read;
        return read;
    }

    private async Task<bool> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        if (await body.ReadAtLeastAsync(_header, HeaderBytes, throwOnEndOfStream: false, cancellationToken) < HeaderBytes)
            return false;
        if (_header[0] != 0)
            throw new InvalidDataException("A compressed message without an encoding.");

        var length = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(1));
        _messageBytesLeft = length;
        var needed = TimeSpan.FromSeconds(limits.GraceSeconds + (length / (double)limits.MinRequestBytesPerSecond));
        _patience.CancelAfter(needed < LongestMessage ? needed : LongestMessage);
        BinaryPrimitives.WriteUInt32BigEndian(_header.AsSpan(1), checked(length + (uint)stamp.Length));
        _ready = _header;
        return true;
    }
}

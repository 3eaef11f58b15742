using System.Text;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Api.Executions;

/// <summary>
/// Cuts a stream of bytes into pieces that never end inside a UTF-8 character. An unfinished character waits for the rest,
/// three bytes at most; bytes that cannot be UTF-8 pass at once, to be sent as what they are.
/// </summary>
internal sealed class Utf8Splitter
{
    private byte[] _unfinished = [];

    /// <summary>The next piece; empty when all there is waits for the rest of a character.</summary>
    public TextOrBytes Push(ReadOnlyMemory<byte> data)
    {
        if (_unfinished.Length > 0)
            data = (byte[])[.. _unfinished, .. data.Span];

        var waiting = UnfinishedBytes(data.Span);
        _unfinished = data[^waiting..].ToArray();
        return new TextOrBytes(data[..^waiting]);
    }

    /// <summary>What still waits when the stream has ended.</summary>
    public TextOrBytes Flush()
    {
        var rest = new TextOrBytes(_unfinished);
        _unfinished = [];
        return rest;
    }

    // How many bytes at the end begin a character that more bytes could finish.
    private static int UnfinishedBytes(ReadOnlySpan<byte> data)
    {
        const int LongestStart = 3;
        for (var length = Math.Min(LongestStart, data.Length); length > 0; length--)
        {
            if (Rune.DecodeFromUtf8(data[^length..], out _, out var consumed) is System.Buffers.OperationStatus.NeedMoreData && consumed == length)
                return length;
        }

        return 0;
    }
}

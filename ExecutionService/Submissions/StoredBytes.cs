using System.IO.Compression;

namespace OnlineCompiler.ExecutionService.Submissions;

/// <summary>
/// How requests and results lie in Redis: a byte that says whether they are compressed, and themselves. Programs and output are
/// text: sources shrink to a third, output to half, for 5 to 10 µs a KiB; what is short or does not shrink stays as it is.
/// </summary>
internal static class StoredBytes
{
    private const byte Plain = 0;
    private const byte Compressed = 1;

    /// <summary>Below this there is nothing to gain.</summary>
    private const int MinCompressedBytes = 256;

    public static byte[] Pack(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length >= MinCompressedBytes)
        {
            var buffer = new byte[1 + bytes.Length];
            // What does not fit into less than it was is not worth unpacking.
            if (BrotliEncoder.TryCompress(bytes.Span, buffer.AsSpan(1, bytes.Length - 1), out var length, quality: 1, window: 22))
            {
                buffer[0] = Compressed;
                return buffer[..(1 + length)];
            }
        }
        return [Plain, .. bytes.Span];
    }

    /// <exception cref="InvalidDataException">It was not packed here.</exception>
    public static ReadOnlyMemory<byte> Unpack(byte[] stored)
    {
        switch (stored)
        {
            case [Plain, ..]:
                return stored.AsMemory(1);
            case [Compressed, ..]:
                using (var input = new BrotliStream(new MemoryStream(stored, 1, stored.Length - 1), CompressionMode.Decompress))
                {
                    var output = new MemoryStream();
                    input.CopyTo(output);
                    return output.GetBuffer().AsMemory(0, (int)output.Length);
                }
            default:
                throw new InvalidDataException("What is kept of a submission cannot be read.");
        }
    }
}

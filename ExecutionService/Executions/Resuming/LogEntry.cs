using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Executions.Resuming;

/// <summary>One thing that happened, or some output that came in many pieces.</summary>
internal sealed class LogEntry
{
    private const int MaxChunkBytes = 16 * 1024;
    private const int MinChunkBytes = 64;

    /// <summary>What an entry costs beside its bytes, about.</summary>
    private const int Overhead = 128;

    private readonly ExecutionEvent? _event;
    private readonly ExecutionStage _stage;
    private readonly SandboxStream _stream;
    private readonly int _size;
    private byte[] _bytes = [];
    private int _length;

    private LogEntry(ExecutionEvent? happened, long start, int size, ExecutionStage stage = default, SandboxStream stream = default) =>
        (_event, Start, _size, _stage, _stream) = (happened, start, size, stage, stream);

    public long Start { get; }

    public long End => Start + (_event is null ? _length : _size);

    public int Cost => Overhead + (_event is null ? _bytes.Length : _size);

    public bool MayBeDropped => _event is null or ArtifactCollected;

    public static LogEntry Of(ExecutionEvent happened, long start, int size) => new(happened, start, size);

    public static LogEntry ForOutput(ExecutionStage stage, SandboxStream stream, long start) => new(null, start, 0, stage, stream);

    public bool CanTake(ExecutionStage stage, SandboxStream stream) =>
        _event is null && _stage == stage && _stream == stream && _length < MaxChunkBytes;

    /// <summary>Copies as much as it has room for; what was read before stays as it was.</summary>
    public int Take(ReadOnlySpan<byte> data)
    {
        var count = Math.Min(data.Length, MaxChunkBytes - _length);
        if (_length + count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Min(MaxChunkBytes, Math.Max(MinChunkBytes, Math.Max(_length + count, _bytes.Length * 2))));
        data[..count].CopyTo(_bytes.AsSpan(_length));
        _length += count;
        return count;
    }

    /// <summary>The event, or the output that comes after a position.</summary>
    public ExecutionEvent From(long position) => _event ?? new StageOutput(_stage, _stream, _bytes.AsMemory((int)(position - Start), (int)(End - position)));
}

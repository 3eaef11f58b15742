using System.Runtime.CompilerServices;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Executions.Resuming;

/// <param name="Event">What happened; its data stays valid.</param>
/// <param name="Position">How much the run has said up to the end of it.</param>
internal readonly record struct LoggedEvent(ExecutionEvent Event, long Position);

/// <summary>
/// What a run has said, in order, the newest of it: written as it happens, read from any position on by one reader at a time. While there
/// is a reader, the writer waits for it and nothing it has not read is dropped; while there is none, the oldest output makes room for the
/// newest, and who reads later is told how much is missing.
/// </summary>
/// <param name="capacity">Bytes kept.</param>
internal sealed class RunLog(int capacity)
{
    /// <summary>How far the writer may be ahead of a reader.</summary>
    private const int Window = 128 * 1024;

    private readonly Lock _lock = new();
    private readonly LinkedList<LogEntry> _entries = new();
    private TaskCompletionSource _written = NewSignal();
    private TaskCompletionSource _read = NewSignal();
    private long _end;
    private long _kept;
    private long? _readTo;
    private bool _isComplete;
    private Exception? _failure;

    /// <summary>Bytes it holds.</summary>
    public long Kept
    {
        get
        {
            lock (_lock)
                return _kept;
        }
    }

    /// <summary>The end of what was said.</summary>
    public long End
    {
        get
        {
            lock (_lock)
                return _end;
        }
    }

    /// <summary>Adds what has happened; waits for a reader that is far behind.</summary>
    public async ValueTask WriteAsync(ExecutionEvent happened, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task isRead;
            lock (_lock)
            {
                if (_readTo is not { } readTo || _end - readTo <= Window)
                {
                    Add(happened);
                    Trim();
                    Signal(ref _written);
                    return;
                }
                isRead = _read.Task;
            }
            await isRead.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Nothing follows; readers end, or fail, after what there is.</summary>
    public void Complete(Exception? failure)
    {
        lock (_lock)
        {
            (_isComplete, _failure) = (true, failure);
            Signal(ref _written);
        }
    }

    /// <summary>Reads on from a position until the run has ended; leaving the enumeration sets the writer free.</summary>
    public async IAsyncEnumerable<LoggedEvent> ReadAsync(long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LinkedListNode<LogEntry>? last = null;
        try
        {
            while (true)
            {
                LoggedEvent? next;
                Task isWritten;
                lock (_lock)
                {
                    _readTo = position;
                    Trim();
                    Signal(ref _read);
                    next = Next(position, ref last);
                    isWritten = _written.Task;
                    if (next is null && _isComplete)
                        break;
                }
                if (next is { } happened)
                {
                    position = happened.Position;
                    yield return happened;
                }
                else
                {
                    await isWritten.WaitAsync(cancellationToken);
                }
            }
            if (_failure is not null)
                throw _failure;
        }
        finally
        {
            lock (_lock)
            {
                _readTo = null;
                Signal(ref _read);
            }
        }
    }

    private LoggedEvent? Next(long position, ref LinkedListNode<LogEntry>? last)
    {
        // What was read last may have been dropped since; then what follows it is near the start.
        var node = last?.List is null ? _entries.First : last;
        while (node is not null && node.Value.End <= position)
            node = node.Next;
        if (node is null)
            return position < _end ? new LoggedEvent(new OutputMissed(_end - position), _end) : null;
        if (node.Value.Start > position)
            return new LoggedEvent(new OutputMissed(node.Value.Start - position), node.Value.Start);
        last = node;
        return new LoggedEvent(node.Value.From(position), node.Value.End);
    }

    private void Add(ExecutionEvent happened)
    {
        if (happened is StageOutput output)
        {
            AddOutput(output.Stage, output.Stream, output.Data);
            return;
        }
        var size = happened is ArtifactCollected artifact ? artifact.File.Content.Length + 1 : 1;
        var entry = LogEntry.Of(happened, _end, size);
        _end += size;
        // One file must not drive out everything else for a reader who may not come back.
        if (_readTo is null && size > capacity / 2)
            return;
        _entries.AddLast(entry);
        _kept += entry.Cost;
    }

    private void AddOutput(ExecutionStage stage, SandboxStream stream, ReadOnlyMemory<byte> data)
    {
        while (!data.IsEmpty)
        {
            if (_entries.Last is not { } last || last.Value.End != _end || !last.Value.CanTake(stage, stream))
            {
                last = _entries.AddLast(LogEntry.ForOutput(stage, stream, _end));
                _kept += last.Value.Cost;
            }
            var before = last.Value.Cost;
            var taken = last.Value.Take(data.Span);
            data = data[taken..];
            _end += taken;
            _kept += last.Value.Cost - before;
        }
    }

    /// <summary>Drops the oldest of what may be dropped: output and artifacts; what tells how the run went is little, and stays.</summary>
    private void Trim()
    {
        for (var node = _entries.First; node is not null && _kept > capacity;)
        {
            var next = node.Next;
            if (node.Value.MayBeDropped)
            {
                if (node.Value.End > _readTo)
                    return;
                _entries.Remove(node);
                _kept -= node.Value.Cost;
            }
            node = next;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Signal(ref TaskCompletionSource signal)
    {
        signal.TrySetResult();
        signal = NewSignal();
    }
}

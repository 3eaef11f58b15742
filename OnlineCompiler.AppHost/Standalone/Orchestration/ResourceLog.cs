using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OnlineCompiler.AppHost.Standalone.Orchestration;

/// <summary>A line that a resource wrote, or that we wrote about it.</summary>
internal sealed record LogLine(DateTimeOffset Time, bool IsError, string Text);

/// <summary>The last lines of a resource, and those to come for whoever reads along.</summary>
internal sealed class ResourceLog(TimeProvider time)
{
    private const int MaxLines = 1000;
    private const int MaxLineCharacters = 4000;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new();
    private readonly List<Channel<LogLine>> _readers = [];

    public void Write(string text, bool isError)
    {
        var line = new LogLine(time.GetUtcNow(), isError, text.Length <= MaxLineCharacters ? text : text[..MaxLineCharacters] + "…");
        lock (_gate)
        {
            if (_lines.Count == MaxLines)
                _lines.Dequeue();
            _lines.Enqueue(line);
            foreach (var reader in _readers)
                reader.Writer.TryWrite(line);
        }
    }

    public IReadOnlyList<LogLine> Last(int count)
    {
        lock (_gate)
            return [.. _lines.TakeLast(count)];
    }

    public async IAsyncEnumerable<LogLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A reader who cannot keep up misses the oldest lines rather than filling our memory.
        var channel = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(MaxLines) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            foreach (var line in _lines)
                channel.Writer.TryWrite(line);
            _readers.Add(channel);
        }

        try
        {
            await foreach (var line in channel.Reader.ReadAllAsync(cancellationToken))
                yield return line;
        }
        finally
        {
            lock (_gate)
                _readers.Remove(channel);
        }
    }
}

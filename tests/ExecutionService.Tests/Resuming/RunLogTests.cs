using System.Text;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Executions.Resuming;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Resuming;

public sealed class RunLogTests
{
    private const int Capacity = 64 * 1024;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);
    private readonly RunLog _log = new(Capacity);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whoever_comes_and_goes_reads_everything_once_and_in_order(int seed)
    {
        var random = new Random(seed);
        var written = new StringBuilder();
        var writing = Task.Run(async () =>
        {
            for (var line = 0; line < 4_000; line++)
            {
                var text = $"{line} {new string('x', random.Next(40))}\n";
                written.Append(text);
                await PrintAsync(text);
                if (line % 20 == 0)
                    await Task.Yield();
            }
            _log.Complete(null);
        }, TestContext.Current.CancellationToken);

        // Its position is all that a reader brings back; it leaves wherever it likes, in the middle of a piece too.
        var read = new StringBuilder();
        var position = 0L;
        var visits = 0;
        while (!writing.IsCompleted || position < _log.End)
        {
            visits++;
            var patience = random.Next(1, 3);
            await foreach (var (happened, end) in _log.ReadAsync(position, TestContext.Current.CancellationToken))
            {
                // Nothing is missing: the writer waits for a reader that is there, and this one is never away for long.
                if (happened is OutputMissed missed)
                    read.Append('?', (int)missed.Bytes);
                else
                    read.Append(TextOf(happened));
                position = end;
                if (--patience == 0)
                    break;
            }
        }
        await writing;

        Assert.Equal(written.Length, read.Length);
        Assert.All(read.ToString().Zip(written.ToString()), pair => Assert.True(pair.First == pair.Second || pair.First == '?'));
        Assert.True(visits > 1, "It never left.");
    }

    [Fact]
    public async Task A_flood_that_nobody_reads_is_kept_to_its_newest_and_the_gap_is_told()
    {
        await _log.WriteAsync(new StageStarted(ExecutionStage.Run), TestContext.Current.CancellationToken);
        for (var line = 0; line < 100_000; line++)
            await PrintAsync($"{line:D6}\n");
        _log.Complete(null);

        var events = await ReadAllAsync(0);

        Assert.InRange(_log.Kept, 1, Capacity);
        Assert.IsType<StageStarted>(events[0].Event);
        var missed = Assert.IsType<OutputMissed>(events[1].Event).Bytes;
        var text = string.Concat(events.Skip(2).Select(entry => TextOf(entry.Event)));
        Assert.Equal(700_000, missed + text.Length);
        Assert.True(text.Length > Capacity / 2, $"Only {text.Length} bytes were kept.");
        Assert.EndsWith("099998\n099999\n", text, StringComparison.Ordinal);
        Assert.Equal(_log.End, events[^1].Position);
    }

    [Fact]
    public async Task Pieces_of_one_byte_cost_no_more_than_they_are_allowed_to()
    {
        for (var i = 0; i < 200_000; i++)
            await _log.WriteAsync(Output(i % 2 == 0 ? SandboxStream.StandardOutput : SandboxStream.StandardError, "x"), TestContext.Current.CancellationToken);

        Assert.InRange(_log.Kept, 1, Capacity);
    }

    [Fact]
    public async Task A_writer_waits_for_a_reader_that_is_behind_and_goes_on_when_it_leaves()
    {
        var reader = _log.ReadAsync(0, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await PrintAsync("begun");
        Assert.True(await reader.MoveNextAsync());

        var flood = new string('x', 1024 * 1024);
        await PrintAsync(flood);
        var waiting = PrintAsync("more").AsTask();
        Assert.False(waiting.IsCompleted);
        // What it has not read is there, however much it is.
        Assert.True(_log.Kept > flood.Length);

        await reader.DisposeAsync();
        await waiting.WaitAsync(_patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_file_that_would_drive_out_the_output_is_left_out_while_nobody_reads()
    {
        await PrintAsync("kept");
        await _log.WriteAsync(new ArtifactCollected(new WorkspaceFile("big", new byte[Capacity])), TestContext.Current.CancellationToken);
        await _log.WriteAsync(new ArtifactCollected(new WorkspaceFile("small", new byte[100])), TestContext.Current.CancellationToken);
        _log.Complete(null);

        var events = await ReadAllAsync(0);

        Assert.Equal("kept", TextOf(events[0].Event));
        Assert.Equal(Capacity + 1, Assert.IsType<OutputMissed>(events[1].Event).Bytes);
        Assert.Equal("small", Assert.IsType<ArtifactCollected>(events[2].Event).File.Path);
    }

    private ValueTask PrintAsync(string text) => _log.WriteAsync(Output(SandboxStream.Terminal, text), TestContext.Current.CancellationToken);

    private static StageOutput Output(SandboxStream stream, string text) => new(ExecutionStage.Run, stream, Encoding.UTF8.GetBytes(text));

    private static string TextOf(ExecutionEvent happened) => Encoding.UTF8.GetString(Assert.IsType<StageOutput>(happened).Data.Span);

    private async Task<IReadOnlyList<LoggedEvent>> ReadAllAsync(long position)
    {
        var events = new List<LoggedEvent>();
        await foreach (var logged in _log.ReadAsync(position, TestContext.Current.CancellationToken))
            events.Add(logged);
        return events;
    }
}

using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Judging;

/// <summary>One side of a conversation.</summary>
/// <param name="events">Of its run.</param>
/// <param name="heard">What the run reads; nobody reads it any more when the run is over.</param>
/// <param name="said">Where its standard output goes; ends with it.</param>
internal sealed class Speaker(IAsyncEnumerable<ExecutionEvent> events, PipeReader heard, PipeWriter said)
{
    /// <summary>Of each stream; one more than is shown, to know whether something is left out.</summary>
    private const int MaxKeptBytes = 16 * 1024 + 1;

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when its program has begun.</summary>
    public Task Started => _started.Task;

    /// <summary>When it ended, which the other one hears of only then, on the clock of <see cref="Stopwatch"/>. Until then <see cref="long.MaxValue"/>.</summary>
    public long EndedAt { get; private set; } = long.MaxValue;

    /// <returns>How it ended, with the beginning of what it printed.</returns>
    public async Task<ProgramRun> SpeakAsync()
    {
        var output = new ArrayBufferWriter<byte>();
        var error = new ArrayBufferWriter<byte>();
        StageFinished? finished = null;
        try
        {
            await foreach (var happened in events)
            {
                switch (happened)
                {
                    case StageStarted:
                        _started.TrySetResult();
                        break;
                    case StageOutput { Stream: SandboxStream.StandardError } line:
                        Keep(error, line.Data.Span);
                        break;
                    case StageOutput line:
                        Keep(output, line.Data.Span);
                        await said.WriteAsync(line.Data);
                        break;
                    case StageFinished stage:
                        finished = stage;
                        break;
                }
            }
        }
        finally
        {
            EndedAt = Stopwatch.GetTimestamp();
            await said.CompleteAsync();
            await heard.CompleteAsync();
        }
        return new ProgramRun(finished!, output.WrittenMemory, error.WrittenMemory);
    }

    private static void Keep(ArrayBufferWriter<byte> kept, ReadOnlySpan<byte> data) =>
        kept.Write(data[..Math.Min(data.Length, MaxKeptBytes - kept.WrittenCount)]);
}

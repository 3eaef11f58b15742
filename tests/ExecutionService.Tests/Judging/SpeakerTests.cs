using System.IO.Pipelines;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Judging;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Judging;

public sealed class SpeakerTests
{
    /// <summary>Who ends first decides, and whoever hears of the other's end may end at once.</summary>
    [Fact]
    public async Task It_has_ended_before_the_other_one_hears_of_it()
    {
        // Whoever reads goes on in the midst of what the writer does.
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        var speaker = new Speaker(SayAsync("hello"), new Pipe().Reader, pipe.Writer);
        var listening = Task.Run(async () =>
        {
            while (await pipe.Reader.ReadAsync() is { IsCompleted: false } heard)
            {
                Assert.Equal(long.MaxValue, speaker.EndedAt);
                pipe.Reader.AdvanceTo(heard.Buffer.End);
            }
            return speaker.EndedAt;
        });

        var said = await speaker.SpeakAsync();

        Assert.NotEqual(long.MaxValue, await listening);
        Assert.Equal("hello"u8.ToArray(), said.Output.ToArray());
    }

    private static async IAsyncEnumerable<ExecutionEvent> SayAsync(string text)
    {
        yield return new StageStarted(ExecutionStage.Run);
        await Task.Yield();
        yield return new StageOutput(ExecutionStage.Run, SandboxStream.StandardOutput, System.Text.Encoding.UTF8.GetBytes(text));
        await Task.Delay(TimeSpan.FromMilliseconds(20));
    }
}

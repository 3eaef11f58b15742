using OnlineCompiler.AppHost.Standalone.Processes;

namespace OnlineCompiler.AppHost.Tests.Standalone;

public sealed class RestartDelayTests
{
    [Fact]
    public void It_doubles_up_to_its_longest()
    {
        var delay = new RestartDelay();

        var pauses = Enumerable.Range(0, 10).Select(_ => delay.Next(TimeSpan.Zero).TotalSeconds);

        Assert.Equal([0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30], pauses);
    }

    [Fact]
    public void It_begins_anew_after_a_steady_run()
    {
        var delay = new RestartDelay();
        delay.Next(TimeSpan.Zero);
        delay.Next(TimeSpan.Zero);

        Assert.Equal(RestartDelay.First, delay.Next(RestartDelay.Steady));
        Assert.Equal(RestartDelay.First * 2, delay.Next(TimeSpan.Zero));
    }
}

using System.Diagnostics;

namespace OnlineCompiler.Tests.RunningRedis;

internal static class WaitFor
{
    /// <summary>Asks until the condition holds; fails the test when it does not within <paramref name="timeout"/>.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan timeout)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < timeout, $"The condition did not hold within {timeout}.");
            await Task.Delay(TimeSpan.FromMilliseconds(25), TestContext.Current.CancellationToken);
        }
    }
}

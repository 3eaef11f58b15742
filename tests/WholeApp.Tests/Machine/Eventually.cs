using System.Diagnostics;

namespace OnlineCompiler.WholeApp.Tests.Machine;

/// <summary>Waits for a condition instead of sleeping for luck.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Fails, saying <paramref name="what"/> did not come true, once <paramref name="limit"/> has passed.</summary>
    public static Task TrueAsync(string what, TimeSpan limit, Func<bool> condition) =>
        TrueAsync(what, limit, () => Task.FromResult(condition()));

    public static async Task TrueAsync(string what, TimeSpan limit, Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < limit, $"Not after {limit.TotalSeconds} s: {what}.");
            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }
    }
}

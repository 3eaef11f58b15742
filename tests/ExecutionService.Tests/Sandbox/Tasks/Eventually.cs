namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

/// <summary>Waits for what other processes do.</summary>
internal static class Eventually
{
    public static async Task IsTrueAsync(Func<bool> condition, string what)
    {
        for (var attempt = 0; !condition(); attempt++)
        {
            Assert.True(attempt < 600, $"It did not happen within 30 s: {what}.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Neither running nor waiting to be reaped by this process.</summary>
    public static Task IsGoneAsync(int processId) => IsTrueAsync(() => !Directory.Exists($"/proc/{processId}"), $"process {processId} ends");
}

using System.Globalization;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;

/// <summary>What runs leave on the host, seen from outside.</summary>
internal static class ProcessTraces
{
    /// <summary>Processes, dead ones that nobody has waited for left out, whose user is one of a fixture's.</summary>
    public static IReadOnlyList<int> ProcessesOf(int firstUserId) =>
        [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => char.IsAsciiDigit(name![0]))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Where(process => IsOf(process, firstUserId))];

    public static async Task WaitAsync(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (condition())
                return;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        Assert.Fail("It did not happen within half a minute.");
    }

    public static int ParentOf(int process) =>
        int.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("PPid:", StringComparison.Ordinal)).Split('\t')[1], CultureInfo.InvariantCulture);

    private static bool IsOf(int process, int firstUserId)
    {
        try
        {
            var lines = File.ReadAllLines($"/proc/{process}/status");
            var user = uint.Parse(lines.First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1], CultureInfo.InvariantCulture);
            return user >= firstUserId && user < firstUserId + 2 * ProcessFixture.Users && !lines.Any(line => line.StartsWith("State:\tZ", StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // It has just ended.
            return false;
        }
    }
}

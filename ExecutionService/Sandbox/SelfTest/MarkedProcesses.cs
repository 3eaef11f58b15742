using System.Globalization;

namespace OnlineCompiler.ExecutionService.Sandbox.SelfTest;

/// <summary>Processes whose command line holds a mark, seen from the host.</summary>
internal static class MarkedProcesses
{
    /// <summary>What a program leaves is to be gone 100 ms after its end.</summary>
    private static readonly TimeSpan _mayTake = TimeSpan.FromMilliseconds(100);

    /// <summary>The host's real user id of each.</summary>
    public static IReadOnlyList<uint> FindUserIds(string mark) => [.. Find(mark).Select(UserIdOf).OfType<uint>()];

    public static async Task<int> CountLeftAsync(string mark)
    {
        var left = Find(mark);
        if (left.Count == 0)
            return 0;
        await Task.Delay(_mayTake);
        return left.Count(process => HasMark(process, mark));
    }

    private static List<string> Find(string mark) =>
        [.. Directory.GetDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0]) && HasMark(path, mark))];

    private static bool HasMark(string process, string mark) =>
        Read(Path.Combine(process, "cmdline"))?.Contains(mark, StringComparison.Ordinal) == true;

    private static uint? UserIdOf(string process)
    {
        var line = Read(Path.Combine(process, "status"))?.Split('\n').FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        return line is null ? null : uint.Parse(line.Split('\t')[1], CultureInfo.InvariantCulture);
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has just ended, or is another's.
            return null;
        }
    }
}

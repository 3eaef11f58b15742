using System.Globalization;

namespace OnlineCompiler.ExecutionService.Sandbox;

/// <summary>
/// Names a service process so that a later one can tell whether it still lives: its id and its start time, for ids are
/// used again.
/// </summary>
internal static class InstanceName
{
    public static string Current { get; } = $"{Environment.ProcessId}-{StartTime(Environment.ProcessId)}";

    public static bool IsAlive(string name)
    {
        var parts = name.Split('-');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            && StartTime(processId) == parts[1];
    }

    /// <summary>Field 22 of /proc/pid/stat, in clock ticks since boot; the name before it may hold anything but ends at the last ')'.</summary>
    private static string? StartTime(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using System.Globalization;

namespace OnlineCompiler.ExecutionService.Sandbox;

/// <summary>
/// Names what a service keeps on the machine, so that a later one can tell whether its owner still lives: the process's id,
/// its start time (for ids are used again), and a number, for one process may hold several services (tests do).
/// </summary>
internal static class InstanceName
{
    private static int _made;

    public static string Make() => $"{Environment.ProcessId}-{StartTime(Environment.ProcessId)}-{Interlocked.Increment(ref _made)}";

    public static bool IsAlive(string name) => TryRead(name, out var processId, out var started) && StartTime(processId) == started;

    /// <summary>Whether it is a service's name, and that service is gone. Any other name says nothing of anybody.</summary>
    public static bool IsDead(string name) => TryRead(name, out var processId, out var started) && StartTime(processId) != started;

    private static bool TryRead(string name, out int processId, out string started)
    {
        var parts = name.Split('-');
        processId = 0;
        started = parts.Length == 3 ? parts[1] : "";
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out processId)
            && parts[1..].All(part => ulong.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _));
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

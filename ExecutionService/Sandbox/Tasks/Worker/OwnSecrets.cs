using System.Globalization;
using System.Runtime.InteropServices;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Worker;

/// <summary>
/// Keeps what the worker knows from the program it will run, even where both are the same user (a plain container that is not
/// root): the environment this process was started with is wiped from its memory, which is what /proc/self/environ shows, and
/// the process is made undumpable, which closes its /proc entries and ptrace to all but root.
/// </summary>
internal static unsafe partial class OwnSecrets
{
    private const int SetDumpable = 4;

    // Counted as in proc_pid_stat(5), from 1; the third is the first after the process's name.
    private const int FirstField = 3;
    private const int EnvironmentStartField = 50;
    private const int EnvironmentEndField = 51;

    /// <summary>What this process, and bubblewrap, need from now on.</summary>
    private static readonly string[] _kept = ["PATH", "HOME", "LANG", "TMPDIR"];

    /// <summary>Call it once the settings have been read.</summary>
    public static void Hide()
    {
        // The runtime's copy, which children would be started with.
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Except(_kept))
            Environment.SetEnvironmentVariable(name, null);

        // What the kernel gave. The name in parentheses may hold anything but ends at the last one.
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var start = (byte*)nuint.Parse(fields[EnvironmentStartField - FirstField], CultureInfo.InvariantCulture);
        var end = (byte*)nuint.Parse(fields[EnvironmentEndField - FirstField], CultureInfo.InvariantCulture);
        if (start is not null && end > start)
            new Span<byte>(start, (int)(end - start)).Clear();

        if (Prctl(SetDumpable, 0, 0, 0, 0) != 0)
            throw new InvalidOperationException($"The worker's memory cannot be closed to others: prctl failed with error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);
}

using System.Runtime.InteropServices;

namespace OnlineCompiler.AppHost.Standalone.Processes;

/// <summary>Signals, to a process or to a whole group. One that is no more is no error.</summary>
internal static partial class Signals
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    public static void Terminate(int processId) => Kill(processId, SigTerm);

    public static void KillGroup(int groupId) => Kill(-groupId, SigKill);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}

using System.ComponentModel;
using System.Runtime.InteropServices;

namespace OnlineCompiler.WholeApp.Tests.Machine;

/// <summary>Sends signals that <see cref="System.Diagnostics.Process"/> cannot.</summary>
internal static partial class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    public static void Send(int processId, int signal)
    {
        if (SendSignal(processId, signal) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}

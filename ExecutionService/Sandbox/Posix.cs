using System.Runtime.InteropServices;

namespace OnlineCompiler.ExecutionService.Sandbox;

/// <summary>The few system calls that .NET has no name for.</summary>
internal static partial class Posix
{
    public const int SigKill = 9;

    public static bool IsRoot => GetEffectiveUserId() == 0;

    [LibraryImport("libc", EntryPoint = "rmdir", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rmdir(string path);

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint GetEffectiveUserId();
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace OnlineCompiler.ExecutionService.Sandbox;

/// <summary>The few system calls that .NET has no name for.</summary>
internal static partial class Posix
{
    public const int SigKill = 9;

    public static bool IsRoot => GetEffectiveUserId() == 0;

    /// <summary>Whether this process has CAP_SYS_RESOURCE; many containers leave it out.</summary>
    public static bool HasSysResource { get; } = (ReadEffectiveCapabilities("self") & (1ul << 24)) != 0;

    /// <summary>The capabilities of a process that it may use now, one bit for each.</summary>
    public static ulong ReadEffectiveCapabilities(string processId)
    {
        const string Key = "CapEff:";
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(Key, StringComparison.Ordinal));
        return ulong.Parse(line.AsSpan(Key.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "rmdir", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rmdir(string path);

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint GetEffectiveUserId();
}

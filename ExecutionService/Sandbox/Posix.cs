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

    /// <summary>
    /// Writes a value by one call, and nothing else: a <see cref="FileStream"/> asks for the file system, locks, seeks and unlocks
    /// besides. False when that fails, for whatever reason.
    /// </summary>
    public static bool TryWriteFile(string path, ReadOnlySpan<byte> value)
    {
        const int WriteOnlyCloseOnExec = 0x80001;
        var file = Open(path, WriteOnlyCloseOnExec);
        if (file < 0)
            return false;
        var written = Write(file, value, value.Length);
        _ = Close(file);
        return written == value.Length;
    }

    /// <summary>Reads the beginning of a file by one call, in the same spirit. Returns how many bytes there were, or -1.</summary>
    public static int ReadFile(string path, Span<byte> room)
    {
        const int ReadOnlyCloseOnExec = 0x80000;
        var file = Open(path, ReadOnlyCloseOnExec);
        if (file < 0)
            return -1;
        var read = Read(file, room, room.Length);
        _ = Close(file);
        return (int)read;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int file, ReadOnlySpan<byte> data, nint length);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int file, Span<byte> room, nint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint GetEffectiveUserId();
}

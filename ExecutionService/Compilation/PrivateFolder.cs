using System.Buffers.Binary;
using System.Runtime.InteropServices;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Compilation;

/// <summary>A folder that nobody but this service's user can have put anything into.</summary>
internal static partial class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes it, or makes sure of one that is there.</summary>
    /// <exception cref="IOException">It is somebody else's, or open to others.</exception>
    public static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(path, OwnerOnly);
        if (new DirectoryInfo(path).LinkTarget is not null)
            throw new IOException($"{path} is a link");
        if (ReadOwner(path) != Posix.GetEffectiveUserId())
            throw new IOException($"{path} belongs to another user");
        if (File.GetUnixFileMode(path) != OwnerOnly)
            throw new IOException($"{path} is open to other users; its mode must be 0700");
    }

    private static uint ReadOwner(string path)
    {
        const int RelativeToWorkingDirectory = -100;
        const int DoNotFollowLinks = 0x100;
        const uint OwnerWanted = 0x8;
        const int OwnerOffset = 20;
        Span<byte> status = stackalloc byte[256];
        if (Statx(RelativeToWorkingDirectory, path, DoNotFollowLinks, OwnerWanted, status) != 0)
            throw new IOException($"{path}: its owner cannot be read, {Marshal.GetLastPInvokeErrorMessage()}");
        return BinaryPrimitives.ReadUInt32LittleEndian(status[OwnerOffset..]);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(int directory, string path, int flags, uint mask, Span<byte> status);
}

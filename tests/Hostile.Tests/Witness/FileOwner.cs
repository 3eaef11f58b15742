using System.Runtime.InteropServices;

namespace OnlineCompiler.Hostile.Tests.Witness;

/// <summary>Whose a file is, which .NET has no name for; see statx(2).</summary>
internal static partial class FileOwner
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint WantUserId = 0x8;
    private const int StructureBytes = 256;
    private const int UserIdOffset = 20;

    /// <summary>Null when the file is gone or cannot be looked at.</summary>
    public static uint? Of(string path)
    {
        var structure = new byte[StructureBytes];
        return Statx(CurrentDirectory, path, NoFollow, WantUserId, structure) == 0 ? BitConverter.ToUInt32(structure, UserIdOffset) : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, [Out] byte[] structure);
}

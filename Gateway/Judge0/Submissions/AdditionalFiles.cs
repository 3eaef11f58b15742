using System.IO.Compression;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.Gateway.Judge0.Submissions;

/// <summary>
/// The files of a ZIP archive, which may be made to hurt: never more than what a program may have is expanded, and nothing is taken
/// that is no plain file inside of the program's folder.
/// </summary>
internal static class AdditionalFiles
{
    /// <summary>What the service takes of one file.</summary>
    public const int MaxFileBytes = 1024 * 1024;

    // What the service takes of a program, less the source and a script beside them.
    private const int MaxFiles = 98;
    private const int MaxBytes = 3 * 1024 * 1024 - 64 * 1024;
    private const int MaxArchiveBytes = 4 * 1024 * 1024;

    /// <summary>Where Unix keeps the kind of a file, and the kinds: see inode(7).</summary>
    private const int ModeShift = 16;
    private const int KindMask = 0xF000;
    private const int PlainFile = 0x8000;

    /// <summary>Null when they can be taken.</summary>
    public static string? FindViolation(byte[] archive)
    {
        try
        {
            Read(archive);
            return null;
        }
        catch (TooLargeException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>As Judge0 does, in silence: none of what is no archive, and not what lies elsewhere or is a link.</summary>
    /// <exception cref="TooLargeException">More than a program may have.</exception>
    public static IReadOnlyDictionary<string, byte[]> Read(byte[] archive)
    {
        var files = new Dictionary<string, byte[]>();
        TooLargeException.ThrowIf(archive.Length > MaxArchiveBytes, $"{MaxArchiveBytes} bytes of archive");
        try
        {
            using var zip = new ZipArchive(new MemoryStream(archive, writable: false), ZipArchiveMode.Read);
            var left = MaxBytes;
            foreach (var entry in zip.Entries)
            {
                if (PathOf(entry) is not { } path || files.ContainsKey(path))
                    continue;
                TooLargeException.ThrowIf(files.Count == MaxFiles, $"{MaxFiles} files");
                var content = Expand(entry, Math.Min(left, MaxFileBytes));
                left -= content.Length;
                files[path] = content;
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or NotSupportedException or IOException)
        {
            // What came before the damage stays.
        }

        return WithoutFolders(files);
    }

    /// <summary>What an entry says of its size is no promise: only what comes out counts.</summary>
    private static byte[] Expand(ZipArchiveEntry entry, int most)
    {
        using var source = entry.Open();
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = source.Read(buffer)) > 0;)
        {
            TooLargeException.ThrowIf(content.Length + read > most, most == MaxFileBytes ? $"{MaxFileBytes} bytes of one file" : $"{MaxBytes} bytes of all files");
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    /// <summary>Null for folders and links, and for what would lie elsewhere.</summary>
    private static string? PathOf(ZipArchiveEntry entry)
    {
        var kind = entry.ExternalAttributes >> ModeShift & KindMask;
        if (kind is not (0 or PlainFile) || entry.FullName.StartsWith('/') || entry.FullName.EndsWith('/'))
            return null;
        var path = entry.FullName.StartsWith("./", StringComparison.Ordinal) ? entry.FullName[2..] : entry.FullName;
        return WorkspacePath.FindViolation(path) is null ? path : null;
    }

    /// <summary>Of a file and a folder of one name, the folder's files stay.</summary>
    private static Dictionary<string, byte[]> WithoutFolders(Dictionary<string, byte[]> files) =>
        files.Where(file => !files.Keys.Any(other => other.StartsWith(file.Key + "/", StringComparison.Ordinal))).ToDictionary();

    private sealed class TooLargeException(string message) : Exception(message)
    {
        public static void ThrowIf(bool isTooLarge, string bound)
        {
            if (isTooLarge)
                throw new TooLargeException($"is too large (maximum is {bound})");
        }
    }
}

using System.Globalization;
using System.Text;

namespace OnlineCompiler.ExecutionService.Sandbox.Cgroups;

/// <summary>Reads, writes and removes what the kernel shows as files.</summary>
internal static class CgroupDirectory
{
    /// <summary>All our groups live below a folder of this name, one folder for each service process.</summary>
    public const string Family = "onlinecompiler";

    /// <summary>Bytes; what the kernel tells of a group is mostly shorter, and is else read by the usual means.</summary>
    private const int MostAtOnce = 1024;

    public static void Write(string directory, string file, string value)
    {
        var path = Path.Combine(directory, file);
        var bytes = Encoding.ASCII.GetBytes(value);
        if (Posix.TryWriteFile(path, bytes))
            return;
        // Again, to be told why not. One write call, and no byte-order mark: the kernel takes a value whole.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(bytes);
    }

    public static string Read(string directory, string file)
    {
        var path = Path.Combine(directory, file);
        Span<byte> room = stackalloc byte[MostAtOnce];
        return Posix.ReadFile(path, room) is >= 0 and < MostAtOnce and var read ? Encoding.ASCII.GetString(room[..read]).Trim() : File.ReadAllText(path).Trim();
    }

    public static long ReadNumber(string directory, string file) => long.Parse(Read(directory, file), CultureInfo.InvariantCulture);

    /// <summary>The number after <paramref name="key"/> in a file of "key number" lines; 0 when absent.</summary>
    public static long ReadKeyed(string directory, string file, string key)
    {
        foreach (var line in Read(directory, file).AsSpan().EnumerateLines())
        {
            if (line.StartsWith(key, StringComparison.Ordinal) && line.Length > key.Length && line[key.Length] == ' ')
                return long.Parse(line[(key.Length + 1)..], CultureInfo.InvariantCulture);
        }
        return 0;
    }

    /// <summary>Removes a group and those below it, killing what is in them. Returns false when the kernel still holds on.</summary>
    public static bool TryRemove(string directory)
    {
        if (Posix.Rmdir(directory) == 0 || !Directory.Exists(directory))
            return true;
        foreach (var below in Directory.GetDirectories(directory))
            TryRemove(below);
        try
        {
            // Only a group without processes and children can be removed, so this cannot take too much.
            Rmdir(directory);
            return true;
        }
        catch (IOException)
        {
            KillAll(directory);
            return false;
        }
    }

    /// <summary>Removes a service's own group, and the family's too if that was the last of it.</summary>
    public static void RemoveInstance(string directory)
    {
        TryRemove(directory);
        // Refused while another service has a group in it, which is just what we want.
        _ = Posix.Rmdir(Path.GetDirectoryName(directory)!);
    }

    /// <summary>Removes a group; its processes may take a moment to leave after they died.</summary>
    public static async ValueTask<bool> RemoveAsync(string directory)
    {
        for (var attempt = 0; attempt < 40; attempt++)
        {
            if (TryRemove(directory))
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(5 << attempt / 4, 100))).ConfigureAwait(false);
        }
        return false;
    }

    private static void KillAll(string directory)
    {
        try
        {
            // At once and for good, where the kernel is new enough (version 2, Linux 5.14).
            if (File.Exists(Path.Combine(directory, "cgroup.kill")))
            {
                Write(directory, "cgroup.kill", "1");
                return;
            }
            foreach (var line in File.ReadLines(Path.Combine(directory, "cgroup.procs")))
                _ = Posix.Kill(int.Parse(line, CultureInfo.InvariantCulture), Posix.SigKill);
        }
        catch (IOException)
        {
            // The group went away meanwhile, which is what we wanted.
        }
    }

    /// <summary><see cref="Directory.Delete(string)"/> looks for entries first, and the kernel's files are entries.</summary>
    private static void Rmdir(string directory)
    {
        if (Posix.Rmdir(directory) != 0 && Directory.Exists(directory))
            throw new IOException($"cannot remove {directory}");
    }
}

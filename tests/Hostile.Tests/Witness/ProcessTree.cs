using System.Globalization;

namespace OnlineCompiler.Hostile.Tests.Witness;

/// <summary>Processes as the host sees them, whatever namespace they are in.</summary>
internal static class ProcessTree
{
    /// <summary>A process and everything below it, each as "id name"; those that end meanwhile are left out.</summary>
    public static IEnumerable<int> Descendants(int processId)
    {
        yield return processId;
        foreach (var below in Children(processId).SelectMany(Descendants))
            yield return below;
    }

    public static string Name(int processId) => TryRead($"/proc/{processId}/comm").Trim();

    /// <summary>Processes, as "id name", of any of these users (real, effective, saved or file system id).</summary>
    public static IEnumerable<string> OfUsers(UserIds users) =>
        Directory.EnumerateDirectories("/proc")
            .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Where(folder => UserIdsOf(folder).Any(users.Contains))
            .Select(folder => $"{Path.GetFileName(folder)} {TryRead($"{folder}/comm").Trim()}");

    private static IEnumerable<uint> UserIdsOf(string folder)
    {
        var line = TryRead($"{folder}/status").Split('\n').FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        return (line ?? "").Split('\t').Skip(1).Select(id => uint.Parse(id, CultureInfo.InvariantCulture));
    }

    private static IEnumerable<int> Children(int processId) =>
        TryRead($"/proc/{processId}/task/{processId}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture));

    private static string TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            // It has just ended.
            return "";
        }
    }
}

/// <summary>The host's user ids that programs of one service run as.</summary>
internal readonly record struct UserIds(uint First, int Count)
{
    public bool Contains(uint id) => id >= First && id < First + (uint)Count;
}

using System.Globalization;

namespace OnlineCompiler.WholeApp.Tests.Machine;

/// <summary>A process of this machine as /proc shows it; told apart from a later one with the same id by its start time.</summary>
internal sealed record LinuxProcess(int Id, int ParentId, long StartTicks, string CommandLine)
{
    /// <summary>Fields of /proc/PID/stat after the command's name: state, parent, …, start time.</summary>
    private const int StateField = 0, ParentField = 1, StartField = 19;

    public bool IsAlive => Read(Id)?.StartTicks == StartTicks;

    public static IReadOnlyList<LinuxProcess> All() =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .OfType<LinuxProcess>()];

    /// <summary>Processes of which <paramref name="mark"/> is part of the command line; programs that tests start carry a unique one.</summary>
    public static IReadOnlyList<LinuxProcess> Marked(string mark) =>
        [.. All().Where(process => process.CommandLine.Contains(mark, StringComparison.Ordinal))];

    /// <summary>Everything that <paramref name="ancestorId"/> started, directly or not.</summary>
    public static IReadOnlyList<LinuxProcess> DescendantsOf(int ancestorId)
    {
        var children = All().ToLookup(process => process.ParentId);
        var found = new List<LinuxProcess>();
        var ancestors = new Queue<int>([ancestorId]);
        while (ancestors.TryDequeue(out var id))
        {
            foreach (var child in children[id])
            {
                found.Add(child);
                ancestors.Enqueue(child.Id);
            }
        }

        return found;
    }

    /// <summary>Its parent, the parent's parent and so on.</summary>
    public IEnumerable<LinuxProcess> Ancestors()
    {
        for (var process = Read(ParentId); process is not null; process = Read(process.ParentId))
            yield return process;
    }

    /// <summary>Folders of the control groups that the process is in and that are ours, in every hierarchy.</summary>
    public IReadOnlyList<string> ControlGroups() =>
        [.. (ReadText($"/proc/{Id}/cgroup") ?? "")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 3))
            .Where(parts => parts[2].Contains("onlinecompiler", StringComparison.OrdinalIgnoreCase))
            .SelectMany(parts => Hierarchies(parts[1]).Select(hierarchy => $"/sys/fs/cgroup{hierarchy}{parts[2]}"))
            .Where(Directory.Exists)];

    /// <summary>How many files and folders it is told of when they change (inotify).</summary>
    public int CountWatches() => Directory.EnumerateFiles($"/proc/{Id}/fdinfo")
        .Sum(file => (ReadText(file) ?? "").Split('\n').Count(line => line.StartsWith("inotify ", StringComparison.Ordinal)));

    /// <summary>A version 1 hierarchy is mounted under its controllers' names; version 2 at the top, or beside them.</summary>
    private static IEnumerable<string> Hierarchies(string controllers) =>
        controllers.Length == 0 ? ["", "/unified"] : [$"/{controllers}", .. controllers.Split(',').Select(name => $"/{name}")];

    private static LinuxProcess? Read(int id)
    {
        if (ReadText($"/proc/{id}/stat") is not { Length: > 0 } stat)
            return null;

        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        if (fields[StateField] is "Z" or "X")
            return null;

        return new LinuxProcess(
            id,
            int.Parse(fields[ParentField], CultureInfo.InvariantCulture),
            long.Parse(fields[StartField], CultureInfo.InvariantCulture),
            (ReadText($"/proc/{id}/cmdline") ?? "").Replace('\0', ' '));
    }

    /// <summary>Null when the process has gone in the meantime.</summary>
    private static string? ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

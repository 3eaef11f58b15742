namespace OnlineCompiler.ExecutionService.Sandbox.Namespaces;

/// <summary>
/// Supplementary groups of this service. Root's launcher drops them; in an ordinary user's namespaces the kernel lets nobody,
/// for a group may also deny something. Programs have them, too, though only on what they can see.
/// </summary>
internal static class InheritedGroups
{
    public const string OwnStatus = "/proc/self/status";

    /// <param name="status">Lines of <see cref="OwnStatus"/>.</param>
    /// <param name="isRoot">Whether they can be dropped.</param>
    public static IReadOnlyList<string> Weaknesses(IEnumerable<string> status, bool isRoot)
    {
        var lines = status.Select(line => line.Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 0).ToList();
        var own = lines.First(words => words[0] == "Gid:")[1];
        var others = lines.First(words => words[0] == "Groups:").Skip(1).Where(group => group != own).ToList();
        return isRoot || others.Count == 0
            ? []
            : [$"Programs have this service's supplementary groups ({string.Join(", ", others)}): what these may read of toolchains and packs, programs may. Start the service without them (setpriv --clear-groups, as root) to take them away."];
    }
}

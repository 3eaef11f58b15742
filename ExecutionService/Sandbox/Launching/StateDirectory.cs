using OnlineCompiler.ExecutionService.Sandbox.Cgroups;

namespace OnlineCompiler.ExecutionService.Sandbox.Launching;

/// <summary>This service's own folder on the machine, named after its process so that a later start knows whose is left over.</summary>
internal static class StateDirectory
{
    private const string FamilyPrefix = CgroupDirectory.Family + "-";

    /// <summary>Those of services that died without removing theirs; the parent may be /tmp, where others have folders of a like name.</summary>
    public static IReadOnlyList<string> FindLeft(string parent) =>
        Directory.Exists(parent)
            ? [.. Directory.GetDirectories(parent, FamilyPrefix + "*").Where(left => InstanceName.IsDead(Path.GetFileName(left)[FamilyPrefix.Length..]))]
            : [];

    /// <summary>Removes one that was left, whether or not another service that starts now does so too.</summary>
    public static void Remove(string left)
    {
        try
        {
            Directory.Delete(left, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The other one was faster.
        }
    }

    /// <param name="parent">Made if need be.</param>
    /// <param name="instance">See <see cref="InstanceName"/>.</param>
    /// <param name="mode">Who may enter it.</param>
    public static string Make(string parent, string instance, UnixFileMode mode)
    {
        Directory.CreateDirectory(parent);
        return Directory.CreateDirectory(Path.Combine(parent, FamilyPrefix + instance), mode).FullName;
    }
}

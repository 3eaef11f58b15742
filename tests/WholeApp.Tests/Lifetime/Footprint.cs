using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Lifetime;

/// <summary>What an application, seen while it is working, has on this machine; none of it may stay.</summary>
internal sealed class Footprint
{
    private readonly IReadOnlyList<LinuxProcess> _processes;
    private readonly IReadOnlyList<string> _controlGroups;
    private readonly HashSet<string> _otherMounts;
    private readonly Func<IEnumerable<string>> _newFiles;

    private Footprint(IReadOnlyList<LinuxProcess> processes, HashSet<string> otherMounts, Func<IEnumerable<string>> newFiles)
    {
        _processes = processes;
        _controlGroups = [.. processes.SelectMany(process => process.ControlGroups()).Distinct()];
        _otherMounts = otherMounts;
        _newFiles = newFiles;
    }

    public IReadOnlyList<LinuxProcess> Processes => _processes;

    /// <param name="processes">The application's processes, programs in sandboxes included.</param>
    /// <param name="otherMounts">What <see cref="Mounts"/> gave before it started.</param>
    /// <param name="newFiles">Temporary files and folders there are now that are the application's.</param>
    public static Footprint Of(IReadOnlyList<LinuxProcess> processes, HashSet<string> otherMounts, Func<IEnumerable<string>> newFiles) =>
        new(processes, otherMounts, newFiles);

    /// <summary>Mount points that every process of this machine outside of sandboxes sees.</summary>
    public static HashSet<string> Mounts() => [.. File.ReadLines("/proc/self/mountinfo").Select(line => line.Split(' ')[4])];

    public void ExpectSomeControlGroups() => Assert.NotEmpty(_controlGroups);

    public async Task ExpectGoneAsync(TimeSpan limit)
    {
        try
        {
            await Eventually.TrueAsync("nothing is left", limit, () => !Left().Any());
        }
        catch (Exception) when (Left().ToList() is { Count: > 0 } left)
        {
            Assert.Fail($"Left behind:\n{string.Join('\n', left)}");
        }
    }

    private IEnumerable<string> Left() =>
    [
        .. _processes.Where(process => process.IsAlive).Select(process => $"process {process.Id}: {process.CommandLine}"),
        .. _controlGroups.Where(Directory.Exists).Select(folder => $"control group {folder}"),
        .. Mounts().Except(_otherMounts).Select(mount => $"mount {mount}"),
        .. _newFiles().Select(file => $"file {file}"),
    ];
}

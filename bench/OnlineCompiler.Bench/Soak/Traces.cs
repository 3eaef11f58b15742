using System.Globalization;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;
using OnlineCompiler.Tests.RunningService;

namespace OnlineCompiler.Bench.Soak;

/// <summary>What the service has on the machine. After many runs it is to be what it was after a few.</summary>
/// <param name="Processes">Of the zone; programs and their pid 1 are among them while they live.</param>
/// <param name="Cgroups">Of runs.</param>
/// <param name="ZoneMounts">As the launcher sees them.</param>
/// <param name="HostMounts">As this process sees them.</param>
/// <param name="ZoneDescriptors">Of the launcher.</param>
/// <param name="Descriptors">Of this process: sockets and pipes; the runtime opens files of its own when it likes.</param>
/// <param name="Files">In the service's folders of the host.</param>
/// <param name="FileBytes">Of these.</param>
internal sealed record Traces(
    int Processes, int Cgroups, int ZoneMounts, int HostMounts, int ZoneDescriptors, int Descriptors, int Files, long FileBytes)
{
    /// <summary>Waits until nothing changes any more: the last of a run goes a moment after its answer.</summary>
    public static async Task<Traces> ReadSettledAsync(ServiceFixture service)
    {
        var sandbox = service.Service<NamespaceSandbox>();
        await sandbox.RestAsync();
        var last = Read(service);
        for (var (attempt, unchanged) = (0, 0); attempt < 300 && unchanged < 10; attempt++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
            var now = Read(service);
            unchanged = now == last ? unchanged + 1 : 0;
            last = now;
        }
        sandbox.Resume();
        return last;
    }

    private static Traces Read(ServiceFixture service)
    {
        var sandbox = service.Service<NamespaceSandbox>();
        var zone = WithDescendants(sandbox.ZoneProcessId).ToList();
        // bubblewrap, its pid 1, and the launcher.
        var launcher = zone[2];
        // Links lead out of it, into the host's toolchains.
        var own = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var files = new DirectoryInfo(Path.GetTempPath()).GetDirectories($"onlinecompiler-{Environment.ProcessId}-*")
            .SelectMany(folder => folder.GetFiles("*", own)).ToList();
        return new Traces(
            zone.Count,
            sandbox.CgroupDirectories.Sum(directory => Directory.GetDirectories(directory).Length),
            File.ReadLines($"/proc/{launcher}/mountinfo").Count(),
            File.ReadLines("/proc/self/mountinfo").Count(),
            Directory.GetFiles($"/proc/{launcher}/fd").Length,
            Directory.GetFiles("/proc/self/fd").Count(IsChannel),
            files.Count,
            files.Sum(file => file.Length));
    }

    private static bool IsChannel(string descriptor) => new FileInfo(descriptor).LinkTarget is { } target && (target.StartsWith("socket:", StringComparison.Ordinal) || target.StartsWith("pipe:", StringComparison.Ordinal));

    private static IEnumerable<int> WithDescendants(int processId)
    {
        yield return processId;
        foreach (var below in Children(processId).SelectMany(WithDescendants))
            yield return below;
    }

    private static IEnumerable<int> Children(int processId)
    {
        try
        {
            return [.. File.ReadAllText($"/proc/{processId}/task/{processId}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            // It has just ended.
            return [];
        }
    }
}

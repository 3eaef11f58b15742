using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.OrdinaryUser;

public sealed class KilledServiceTests
{
    [Fact]
    public async Task A_killed_service_without_cgroups_leaves_no_process_and_no_mount_and_the_next_start_no_file()
    {
        OrdinaryUserService.SkipUnlessRoot();
        await using var service = new ServiceWithoutCgroups();
        await KillAndStartAgainAsync(service);
    }

    [Fact]
    public async Task A_killed_service_with_delegated_cgroups_leaves_no_group_either_after_the_next_start()
    {
        OrdinaryUserService.SkipUnlessRoot();
        await using var service = new ServiceWithDelegatedCgroups();
        Assert.SkipUnless(service.CgroupFolders.Any(), "There is no cgroup version 1 that root may delegate.");
        await KillAndStartAgainAsync(service);
    }

    private static async Task KillAndStartAgainAsync(OrdinaryUserService service)
    {
        await service.InitializeAsync();
        var mounts = Mounts();
        using var call = service.Client.ExecuteStream(
            Requests.Bash("setsid bash -c 'trap \"\" TERM HUP; while :; do sleep 1; done' & echo begun; sleep 60"), cancellationToken: TestContext.Current.CancellationToken);
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken) && call.ResponseStream.Current.Output is null)
        {
        }
        var family = await FamilyWithPreparedStageAsync(service.ProcessId);
        // Kept compilations are there to outlive a service.
        var folders = Directory.GetDirectories(service.StateDirectory, $"onlinecompiler-{service.ProcessId}-*");
        var groups = GroupsOf(service);
        Assert.NotEmpty(folders);
        Assert.Equal(service.CgroupFolders.Any(), groups.Count > 0);

        _ = Posix.Kill(service.ProcessId, Posix.SigKill);

        for (var attempt = 0; attempt < 200 && family.Exists(Directory.Exists); attempt++)
            await Task.Delay(25, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(family, Directory.Exists);
        Assert.Equal(mounts, Mounts());

        await service.StartAsync();
        Assert.Equal("next\n", (await service.RunAsync(Requests.Bash("echo next"))).Run.Stdout.ToStringUtf8());
        Assert.DoesNotContain(folders, Directory.Exists);
        Assert.DoesNotContain(groups, Directory.Exists);
    }

    /// <summary>The zone, its launcher, the stage of the program, and one that waits for the next: its process is still the launcher's code, as is all around it.</summary>
    private static async Task<List<string>> FamilyWithPreparedStageAsync(int processId)
    {
        const int WithoutPrepared = 3;
        const int PerPrepared = 3;
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                var family = FamilyOf(processId);
                if (family.Count(folder => File.ReadAllText(Path.Combine(folder, "comm")) == "launcher\n") >= WithoutPrepared + PerPrepared)
                    return family;
            }
            catch (IOException)
            {
                // One of them has just ended.
            }
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
        throw new Xunit.Sdk.XunitException("No stage waits for the next program.");
    }

    /// <summary>Of this process of the service; the next one has its own beside it.</summary>
    private static List<string> GroupsOf(OrdinaryUserService service) =>
        [.. service.CgroupFolders.SelectMany(folder => Directory.GetDirectories(folder, $"{service.ProcessId}-*", SearchOption.AllDirectories))];

    /// <summary>Of the host. No sandbox has one there, other tests' neither.</summary>
    private static int Mounts() => File.ReadLines("/proc/self/mountinfo").Count();

    /// <summary>Folders in /proc of a process and everything below it.</summary>
    private static List<string> FamilyOf(int processId)
    {
        var children = File.ReadAllText($"/proc/{processId}/task/{processId}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // The runtime starts processes from any of its threads.
        var ofThreads = Directory.GetDirectories($"/proc/{processId}/task").SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return [$"/proc/{processId}", .. children.Union(ofThreads).SelectMany(child => FamilyOf(int.Parse(child, System.Globalization.CultureInfo.InvariantCulture)))];
    }
}

using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.OrdinaryUser;

public sealed class KilledServiceTests
{
    [Fact]
    public async Task A_killed_service_of_an_ordinary_user_leaves_no_process_behind()
    {
        OrdinaryUserService.SkipUnlessRoot();
        await using var service = new ServiceWithoutCgroups();
        await service.InitializeAsync();
        using var call = service.Client.ExecuteStream(
            Requests.Bash("setsid bash -c 'trap \"\" TERM HUP; while :; do sleep 1; done' & echo begun; sleep 60"), cancellationToken: TestContext.Current.CancellationToken);
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken) && call.ResponseStream.Current.Output is null)
        {
        }
        var family = FamilyOf(service.ProcessId);
        Assert.True(family.Count >= 5, "The zone, its launcher and the program should be there.");

        _ = Posix.Kill(service.ProcessId, Posix.SigKill);

        for (var attempt = 0; attempt < 200 && family.Exists(Directory.Exists); attempt++)
            await Task.Delay(25, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(family, Directory.Exists);
    }

    /// <summary>Folders in /proc of a process and everything below it.</summary>
    private static List<string> FamilyOf(int processId)
    {
        var children = File.ReadAllText($"/proc/{processId}/task/{processId}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // The runtime starts processes from any of its threads.
        var ofThreads = Directory.GetDirectories($"/proc/{processId}/task").SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return [$"/proc/{processId}", .. children.Union(ofThreads).SelectMany(child => FamilyOf(int.Parse(child, System.Globalization.CultureInfo.InvariantCulture)))];
    }
}

using System.Net.Http.Json;
using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Executions;
using OnlineCompiler.WholeApp.Tests.Interactive;
using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Lifetime;

public sealed class CrashTests
{
    [Fact]
    public async Task A_killed_ExecutionService_comes_back_and_nothing_of_it_stays()
    {
        using var data = new TemporaryFolder();
        await using var app = await OnlineCompilerApp.StartAsync(data.Path);
        var mounts = Footprint.Mounts();
        var mark = $"crash-{Guid.NewGuid():N}";
        using var conversation = await Conversation.StartAsync(app.Address, ExecutionRequests.Bash($"echo begun; exec -a {mark} sleep 300"), withTerminal: true);
        await conversation.ExpectOutputAsync("begun");
        var service = await ServiceOfAsync(mark);
        var footprint = Footprint.Of([service, .. LinuxProcess.DescendantsOf(service.Id)], mounts,
            () => Directory.EnumerateFileSystemEntries(Path.GetTempPath(), $"onlinecompiler-{service.Id}-*"));
        footprint.ExpectSomeControlGroups();

        Signals.Send(service.Id, Signals.Kill);

        await Eventually.TrueAsync("programs run again", TimeSpan.FromSeconds(60), async () => await RunsAsync(app));
        await footprint.ExpectGoneAsync(TimeSpan.FromSeconds(5));
    }

    /// <summary>The service that runs the marked program; the shared application has one of its own.</summary>
    private static async Task<LinuxProcess> ServiceOfAsync(string mark)
    {
        await Eventually.TrueAsync("the program runs", TimeSpan.FromSeconds(10), () => LinuxProcess.Marked(mark).Count > 0);
        return LinuxProcess.Marked(mark)[0].Ancestors().First(process => process.CommandLine.Contains("ExecutionService.dll", StringComparison.Ordinal)
            || process.CommandLine.EndsWith("ExecutionService ", StringComparison.Ordinal));
    }

    /// <summary>While the service is away a run is refused; that is an answer too.</summary>
    private static async Task<bool> RunsAsync(OnlineCompilerApp app)
    {
        using var response = await app.Http.PostAsJsonAsync("/api/v1/executions", ExecutionRequests.Python("print(1)"), TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode && (await response.ReadJsonAsync())["run"]!["stdout"].Text() == "1\n";
    }
}

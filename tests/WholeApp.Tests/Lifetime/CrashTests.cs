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
        using var conversation = await Conversation.StartAsync(app.Address, ExecutionRequests.Bash("echo begun; exec sleep 300"), withTerminal: true);
        await conversation.ExpectOutputAsync("begun");
        var service = LinuxProcess.DescendantsOf(Environment.ProcessId)
            .First(process => process.CommandLine.Contains("ExecutionService", StringComparison.Ordinal));
        var footprint = Footprint.Of([service, .. LinuxProcess.DescendantsOf(service.Id)], mounts);
        footprint.ExpectSomeControlGroups();

        Signals.Send(service.Id, Signals.Kill);

        await Eventually.TrueAsync("programs run again", TimeSpan.FromSeconds(60), async () => await RunsAsync(app));
        await footprint.ExpectGoneAsync(TimeSpan.FromSeconds(5));
    }

    /// <summary>While the service is away a run is refused; that is an answer too.</summary>
    private static async Task<bool> RunsAsync(OnlineCompilerApp app)
    {
        using var response = await app.Http.PostAsJsonAsync("/api/v1/executions", ExecutionRequests.Python("print(1)"), TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode && (await response.ReadJsonAsync())["run"]!["stdout"].Text() == "1\n";
    }
}

using System.Net.Http.Json;
using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Executions;
using OnlineCompiler.WholeApp.Tests.Interactive;
using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Lifetime;

public sealed class CrashTests
{
    /// <summary>Of the load; the one that is stopped may not have become one.</summary>
    private const int Sleepers = 5;

    /// <summary>Beside the marked program: one that heeds no signal, and one that keeps the machine busy.</summary>
    private static readonly string[] _load =
    [
        "trap '' TERM INT HUP; for i in 1 2 3 4 5; do setsid sleep 300 & done; kill -STOP $!; echo begun; sleep 300",
        "for i in 1 2 3; do (while :; do :; done) & done; head -c 20M /dev/zero > big; echo begun; wait",
    ];

    [Fact]
    public async Task An_ExecutionService_killed_under_load_comes_back_and_nothing_of_it_stays()
    {
        using var data = new TemporaryFolder();
        await using var app = await OnlineCompilerApp.StartAsync(data.Path);
        var mounts = Footprint.Mounts();
        var mark = $"crash-{Guid.NewGuid():N}";
        using var first = await BeginAsync(app, $"echo begun; exec -a {mark} sleep 300");
        using var second = await BeginAsync(app, _load[0]);
        using var third = await BeginAsync(app, _load[1]);
        var service = await ServiceOfAsync(mark);
        await Eventually.TrueAsync("the load is there", TimeSpan.FromSeconds(10), () => LinuxProcess.DescendantsOf(service.Id).Count(IsSleeper) >= Sleepers);
        var footprint = Footprint.Of([service, .. LinuxProcess.DescendantsOf(service.Id)], mounts,
            () => Directory.EnumerateFileSystemEntries(Path.GetTempPath(), $"onlinecompiler-{service.Id}-*"));
        footprint.ExpectSomeControlGroups();

        Signals.Send(service.Id, Signals.Kill);

        await Eventually.TrueAsync("programs run again", TimeSpan.FromSeconds(60), async () => await RunsAsync(app));
        await footprint.ExpectGoneAsync(TimeSpan.FromSeconds(5));
    }

    private static bool IsSleeper(LinuxProcess process) => process.CommandLine.StartsWith("sleep 300", StringComparison.Ordinal);

    private static async Task<Conversation> BeginAsync(OnlineCompilerApp app, string script)
    {
        var conversation = await Conversation.StartAsync(app.Address, ExecutionRequests.Bash(script), withTerminal: true);
        await conversation.ExpectOutputAsync("begun");
        return conversation;
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

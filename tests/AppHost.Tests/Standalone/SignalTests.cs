using System.Diagnostics;
using System.Text.Json.Nodes;

namespace OnlineCompiler.AppHost.Tests.Standalone;

/// <summary>An AppHost as a process of its own, and how it may end.</summary>
public sealed class SignalTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task A_signal_stops_everything_in_reverse_order_and_leaves_nothing(string signal)
    {
        using var host = await RunningHost.StartAsync();

        await host.SignalAsync(signal);
        await host.Process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, host.Process.ExitCode);
        await Processes.WaitUntilGoneAsync(host.Started, TimeSpan.FromSeconds(1));
        var stopped = host.Said.Where(line => line.EndsWith(" stopped", StringComparison.Ordinal)).Select(line => line.Split(' ')[^2]);
        Assert.Equal(["front", "good", "redis"], stopped);
    }

    [Fact]
    public async Task A_killed_AppHost_takes_its_children_along()
    {
        using var host = await RunningHost.StartAsync();

        host.Process.Kill();

        await Processes.WaitUntilGoneAsync(host.Started, TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task A_killed_AppHost_leaves_not_even_a_child_that_heeds_no_signal()
    {
        using var host = await RunningHost.StartAsync("--stubborn", "yes");

        host.Process.Kill();

        await Processes.WaitUntilGoneAsync(host.Started, TimeSpan.FromSeconds(20));
    }

    private sealed class RunningHost : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

        private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("apphost-tests-");
        private readonly List<string> _said = [];

        private RunningHost(string[] arguments)
        {
            var program = Path.Combine(AppContext.BaseDirectory, "SampleAppHost.dll");
            // As someone at a terminal would: a shell that runs us in the background may have us ignore Ctrl-C.
            Process = Process.Start(new ProcessStartInfo(
                "env",
                ["--default-signal=INT,HUP", "dotnet", program, "--data", _data.FullName, "--StatusPage:Port", "0", "--DcpPublisher:RandomizePorts", "true", .. arguments])
            { RedirectStandardOutput = true })!;
        }

        public Process Process { get; }

        public IReadOnlyList<int> Started { get; private set; } = [];

        public IReadOnlyList<string> Said
        {
            get
            {
                lock (_said)
                    return [.. _said];
            }
        }

        public static async Task<RunningHost> StartAsync(params string[] arguments)
        {
            var host = new RunningHost(arguments);
            using var limit = new CancellationTokenSource(Patience);
            _ = host.ReadAsync();
            using var client = new HttpClient();
            while (!await host.IsHealthyAsync(client))
                await Task.Delay(100, limit.Token);

            host.Started = Processes.DescendantsOf(host.Process.Id);
            Assert.True(host.Started.Count >= 5, "redis, front, good with its child, and the guard");
            return host;
        }

        public async Task SignalAsync(string signal)
        {
            using var kill = Process.Start("kill", ["-s", signal, $"{Process.Id}"]);
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        public void Dispose()
        {
            if (!Process.HasExited)
                Process.Kill(entireProcessTree: true);
            Process.Dispose();
            _data.Delete(recursive: true);
        }

        private async Task ReadAsync()
        {
            while (await Process.StandardOutput.ReadLineAsync() is { } line)
            {
                lock (_said)
                    _said.Add(line);
            }
        }

        private async Task<bool> IsHealthyAsync(HttpClient client)
        {
            const string Announcement = "Status page: ";
            if (Said.FirstOrDefault(line => line.StartsWith(Announcement, StringComparison.Ordinal)) is not { } announced)
                return false;

            var resources = JsonNode.Parse(await client.GetStringAsync(new Uri($"{announced[Announcement.Length..]}/resources")))!.AsArray();
            return resources.All(resource => (string?)resource!["health"] == "Healthy");
        }
    }
}

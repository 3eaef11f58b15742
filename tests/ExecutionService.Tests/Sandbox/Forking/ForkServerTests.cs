using System.Diagnostics;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Forking;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;
using OnlineCompiler.ExecutionService.Tests.Grpc;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Forking;

/// <summary>Fork servers beside the rest of the service.</summary>
public sealed class ForkServerTests : IAsyncLifetime
{
    private ServiceFixture _service = null!;

    private NamespaceSandbox Sandbox => _service.Service<NamespaceSandbox>();

    public ValueTask InitializeAsync()
    {
        _service = new ServiceFixture();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Programs_go_on_when_all_servers_are_killed()
    {
        await ExpectHelloAsync();
        var servers = Servers();
        Assert.NotEmpty(servers);

        foreach (var server in servers)
            server.Kill();
        foreach (var server in servers)
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);

        await ExpectHelloAsync();
        await ExpectHelloAsync();
    }

    [Fact]
    public async Task No_program_is_a_copy_of_a_server_that_is_killed()
    {
        // Servers have a seed each, and their copies have it, too. What is left of one that is killed, such as a copy that waits
        // for its program, may live a little longer.
        while (Servers().Count < ForkFleet.Size)
            await ExpectHelloAsync();
        var seeds = (await SeedsAsync(3 * ForkFleet.Size)).ToHashSet();
        await WaitUntilOneWaitsAsync();
        var servers = Servers();

        foreach (var server in servers)
            server.Kill();
        foreach (var server in servers)
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(await SeedsAsync(ForkFleet.Size), seeds.Contains);
    }

    [Fact]
    public async Task Many_at_once_are_all_served()
    {
        // Often, for a program that ends at once may end before whoever made it.
        for (var time = 0; time < 20; time++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => RunAsync($"print({number}, {time})")));

            Assert.Equal(Enumerable.Range(0, 40).Select(number => $"{number} {time}\n"), answers.Select(answer => answer.Run.Stdout.ToStringUtf8()));
            Assert.All(answers, answer => Assert.Equal(Outcome.Succeeded, answer.Outcome));
        }
        Assert.NotEmpty(Servers());
    }

    [Fact]
    public async Task What_a_program_does_to_its_copy_is_not_seen_by_the_next()
    {
        const string Spoil = "import builtins, sys, os, json\nbuiltins.print = None\nsys.path.clear()\nos.environ['SPOILT'] = '1'\njson.loads = None\nos.umask(0)\nopen('/tmp/left', 'w').write('x')";
        const string Look = "import sys, os, json\nprint(len(sys.path) > 1, 'SPOILT' in os.environ, json.loads('[1]'), os.listdir('/tmp'))";
        // Each server has made copies of the one before it has to make one of the other.
        for (var run = 0; run < 8; run++)
            Assert.Equal(Outcome.Succeeded, (await RunAsync(Spoil)).Outcome);
        for (var run = 0; run < 8; run++)
            Assert.Equal("True False [1] []\n", (await RunAsync(Look)).Run.Stdout.ToStringUtf8());
        Assert.NotEmpty(Servers());
    }

    [Fact]
    public async Task Nothing_is_left_of_them_when_they_rest()
    {
        await ExpectHelloAsync();
        var servers = Servers();

        await Sandbox.RestAsync();

        Assert.NotEmpty(servers);
        Assert.Empty(Servers());
        Sandbox.Resume();
        await ExpectHelloAsync();
    }

    [Fact]
    public async Task A_server_ends_with_its_runtime_and_another_takes_its_place()
    {
        await ExpectHelloAsync();
        var servers = Servers();

        foreach (var server in servers)
            RuntimeOf(server).Kill();
        foreach (var server in servers)
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);

        await ExpectHelloAsync();
    }

    [Fact]
    public async Task What_does_not_become_a_runtime_is_told()
    {
        var directory = Directory.CreateTempSubdirectory("fork-");
        SandboxEtc.Make(Path.Combine(directory.FullName, "etc"));
        var host = new PreparedHost("broken", ["/bin/sh", "-c", "echo this is broken >&2"], new Dictionary<string, string>()) { Forks = true };

        var exception = await Assert.ThrowsAsync<SandboxUnavailableException>(() =>
            Zone.StartRuntimeAsync(directory.FullName, directory.FullName, TestZone.Mounts, host, TestContext.Current.CancellationToken));

        Assert.Contains("this is broken", exception.Message, StringComparison.Ordinal);
        Assert.Contains("launcher: /bin/sh did not become a runtime that can be copied", exception.Message, StringComparison.Ordinal);
        directory.Delete(recursive: true);
    }

    private async Task ExpectHelloAsync() => Assert.Equal("7\n", (await RunAsync("print(7)")).Run.Stdout.ToStringUtf8());

    private async Task<IEnumerable<string>> SeedsAsync(int programs)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, programs).Select(_ => RunAsync("print(hash('seed'))")));
        return answers.Select(answer => answer.Run.Stdout.ToStringUtf8());
    }

    private async Task WaitUntilOneWaitsAsync()
    {
        while (!Sandbox.Prepared!.Counts.Any(count => count is { Mould.Host.Forks: true, Ready: > 0 }))
            await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
    }

    private async Task<ExecuteResponse> RunAsync(string program) =>
        await _service.Client.ExecuteAsync(Requests.Program("python", program, path: "main.py"), cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Of a server is known what started it, whose child is its zone's first process, whose is the launcher.</summary>
    private static Process RuntimeOf(Process server) =>
        TestZone.WithDescendants(server.Id).Select(Process.GetProcessById).First(process => process.ProcessName == "python3");

    /// <summary>A service of no programs yet has none.</summary>
    private List<Process> Servers() => [.. Sandbox.Forks!.ProcessIds.Select(Process.GetProcessById)];
}

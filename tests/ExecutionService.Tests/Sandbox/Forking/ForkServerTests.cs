using System.Diagnostics;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;
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
    public async Task Many_at_once_are_all_served()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => RunAsync($"print({number})")));

        Assert.Equal(Enumerable.Range(0, 40).Select(number => $"{number}\n"), answers.Select(answer => answer.Run.Stdout.ToStringUtf8()));
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

    private async Task ExpectHelloAsync() => Assert.Equal("7\n", (await RunAsync("print(7)")).Run.Stdout.ToStringUtf8());

    private async Task<ExecuteResponse> RunAsync(string program) =>
        await _service.Client.ExecuteAsync(Requests.Program("python", program, path: "main.py"), cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>A service of no programs yet has none.</summary>
    private List<Process> Servers() => [.. Sandbox.Forks!.ProcessIds.Select(Process.GetProcessById)];
}

using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;
using OnlineCompiler.Hostile.Tests.Witness;

[assembly: AssemblyFixture(typeof(WatchedHost))]

namespace OnlineCompiler.Hostile.Tests.Witness;

/// <summary>
/// The service on this host, and a witness. Every hostile program goes through <see cref="RunAsync"/>, which fails when
/// the host has noticed it, or when an honest program does not run as ever after it.
/// </summary>
public sealed class WatchedHost : IAsyncLifetime
{
    private const int Sandboxes = 32;

    private readonly string _stateDirectory = Directory.CreateTempSubdirectory("hostile-state-").FullName;
    private readonly ServiceFixture _service;
    private readonly HostWitness _witness;

    public WatchedHost()
    {
        // Users of this process alone: other services on the machine run programs, too.
        var users = new UserIds(1_000_000 + ((uint)Environment.ProcessId * Sandboxes), Sandboxes);
        _service = new ServiceFixture(new Dictionary<string, string>
        {
            ["Sandbox:FirstUserId"] = $"{users.First}",
            ["Sandbox:MaxSandboxes"] = $"{users.Count}",
            ["Sandbox:StateDirectory"] = _stateDirectory,
            ["Execution:MaxConcurrent"] = "4",
        });
        _witness = new HostWitness(_service.Service<NamespaceSandbox>(), users, _stateDirectory, Canaries);
    }

    internal Canaries Canaries { get; } = new();

    /// <summary>Everything that is made once (connections, loaded code, counters) is made before anyone looks.</summary>
    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < 5; i++)
            await ExpectHonestRunAsync();
        await _witness.AwaitQuietAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        Canaries.Dispose();
        Directory.Delete(_stateDirectory, recursive: true);
    }

    /// <summary>Runs a program, and expects the host not to have noticed.</summary>
    internal async Task<ExecuteResponse> RunAsync(ExecuteRequest request)
    {
        ExecuteResponse? answer = null;
        await WatchAsync(async client => answer = await client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken));
        return answer!;
    }

    /// <summary>Does anything with the service, and expects the host not to have noticed.</summary>
    internal async Task WatchAsync(Func<Execution.V1.Execution.ExecutionClient, Task> work)
    {
        var before = _witness.Look();
        await work(_service.Client);
        await ExpectHonestRunAsync();
        await _witness.ExpectUnchangedAsync(before, TestContext.Current.CancellationToken);
    }

    private async Task ExpectHonestRunAsync()
    {
        var answer = await _service.Client.ExecuteAsync(Requests.Bash("ls -A ~ /tmp /dev/shm; echo honest"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(
            answer.Outcome == Outcome.Succeeded && answer.Run.Stdout.ToStringUtf8() == "/dev/shm:\n\n/tmp:\n\n/workspace:\nmain.sh\nhonest\n",
            $"An honest program did not run as ever: {answer}");
    }
}

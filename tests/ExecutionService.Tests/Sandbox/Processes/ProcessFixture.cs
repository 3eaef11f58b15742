using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox.Processes;
using OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;

[assembly: AssemblyFixture(typeof(ProcessFixture))]

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;

/// <summary>The service with the sandbox that needs no namespaces, on user ids that no other service of the machine takes.</summary>
public sealed class ProcessFixture : IAsyncDisposable
{
    // One for a program and one for its keeper.
    private const int Ids = 2 * Users;
    private const int IdsPerProcess = 65_536;

    private static int _made;

    private readonly ServiceFixture _service;

    public ProcessFixture()
        : this(new Dictionary<string, string>())
    {
    }

    internal ProcessFixture(IReadOnlyDictionary<string, string> settings)
    {
        FirstUserId = FreeUserIds();
        _service = new ServiceFixture(new Dictionary<string, string>(settings)
        {
            ["Sandbox:Backend"] = "process",
            ["Sandbox:FirstUserId"] = $"{FirstUserId}",
            ["Sandbox:MaxSandboxes"] = $"{Users}",
        });
    }

    internal const int Users = 64;

    internal int FirstUserId { get; }

    internal ServiceFixture Service => _service;

    internal ProcessSandbox Sandbox => _service.Service<ProcessSandbox>();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    internal async Task<ExecuteResponse> RunAsync(ExecuteRequest request) =>
        await _service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);

    internal async Task<string[]> LinesAsync(string script)
    {
        var answer = await RunAsync(Requests.Bash(script));
        return answer.Run.Stdout.ToStringUtf8().TrimEnd('\n').Split('\n');
    }

    /// <summary>
    /// The first of <see cref="Ids"/> ids that nothing else of this run gets: some services live as long as the run. Several
    /// test processes may run on one machine, so each has 65 536 of its own.
    /// </summary>
    internal static int FreeUserIds()
    {
        var made = Interlocked.Increment(ref _made);
        if (made > IdsPerProcess / Ids)
            throw new InvalidOperationException($"More than {IdsPerProcess / Ids} services with user ids of their own were started in one run.");
        return 1_000_000 + Environment.ProcessId % 16_384 * IdsPerProcess + (made - 1) * Ids;
    }
}

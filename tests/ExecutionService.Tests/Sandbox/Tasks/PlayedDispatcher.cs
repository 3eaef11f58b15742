using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Tasks;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

/// <summary>The dispatcher with workers that tests play.</summary>
internal sealed class PlayedDispatcher : IAsyncDisposable
{
    public const string Token = "a token that is long enough";

    public ServiceFixture Service { get; } = new(new Dictionary<string, string>
    {
        ["Sandbox:Backend"] = "Tasks",
        ["Sandbox:Tasks:Token"] = Token,
        ["Sandbox:Tasks:WorkerPatience"] = "00:00:00.5",
    });

    public WorkerPool Pool => Service.Service<WorkerPool>();

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    /// <summary>A worker that is in the pool.</summary>
    public async Task<FakeWorker> JoinAsync(string id)
    {
        var before = Pool.IdleCount;
        var worker = new FakeWorker(Service, Token);
        await worker.SayAsync(FakeWorker.Hello(id));
        await Eventually.IsTrueAsync(() => Pool.IdleCount == before + 1, $"{id} is in the pool");
        return worker;
    }

    public Task<ISandboxRun> StartAsync(params string[] command) => Service.Sandbox.StartAsync(
        new SandboxOrder
        {
            Command = command,
            Environment = new Dictionary<string, string>(),
            Files = [new WorkspaceFile("a", new byte[] { 1 })],
            Limits = new SandboxLimits
            {
                WallTime = TimeSpan.FromSeconds(10),
                CpuTime = TimeSpan.FromSeconds(10),
                MemoryBytes = 1 << 26,
                Processes = 8,
                OutputBytes = 1024,
                WorkspaceBytes = 1 << 20,
                WorkspaceFiles = 16,
                OpenFiles = 16,
                FileSizeBytes = 1 << 20,
                StackBytes = 1 << 20,
            },
        },
        TestContext.Current.CancellationToken);

    public static async Task<SandboxReport> ReadAsync(ISandboxRun run)
    {
        await foreach (var happened in run.ReadEventsAsync(TestContext.Current.CancellationToken))
        {
            if (happened is SandboxExited exited)
                return exited.Report;
        }
        throw new InvalidOperationException("The run ended without a report.");
    }
}

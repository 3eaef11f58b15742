using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.Tests.RunningService;

namespace OnlineCompiler.Bench.Measuring;

/// <summary>The service in this process, quiet, with its real sandbox; and programs run straight in that sandbox.</summary>
internal static class BenchService
{
    public static ServiceFixture Start(params (string Key, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => setting.Key, setting => setting.Value);
        foreach (var category in (string[])["Default", "Microsoft.AspNetCore", "Microsoft.Hosting.Lifetime", "Grpc"])
            all[$"Logging:LogLevel:{category}"] = "None";
        return new ServiceFixture(all);
    }

    public static SandboxOrder Order(IReadOnlyList<string> command, long memoryBytes = 256L << 20, int processes = 64) => new()
    {
        Command = command,
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["HOME"] = "/workspace", ["LANG"] = "C.UTF-8" },
        Files = [],
        Limits = new SandboxLimits
        {
            WallTime = TimeSpan.FromSeconds(60),
            CpuTime = TimeSpan.FromSeconds(60),
            MemoryBytes = memoryBytes,
            Processes = processes,
            OutputBytes = 1 << 20,
            WorkspaceBytes = 64 << 20,
            WorkspaceFiles = 4096,
            OpenFiles = 1024,
            FileSizeBytes = 64 << 20,
            StackBytes = 8 << 20,
        },
    };

    /// <summary>One sandbox, from nothing until nothing is left of it.</summary>
    public static async Task<SandboxReport> RunAsync(ISandbox sandbox, SandboxOrder order)
    {
        await using var run = await sandbox.StartAsync(order, CancellationToken.None);
        await run.EndInputAsync(CancellationToken.None);
        await foreach (var happened in run.ReadEventsAsync(CancellationToken.None))
        {
            if (happened is SandboxExited exited)
                return exited.Report;
        }
        throw new InvalidOperationException("The run ended without a report.");
    }
}

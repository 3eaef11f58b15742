using OnlineCompiler.Bench.Measuring;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.Bench.Death;

/// <param name="Name">What it does.</param>
/// <param name="Arguments">Of dying.c.</param>
/// <param name="MemoryBytes">Its limit.</param>
/// <param name="Processes">Its limit.</param>
internal sealed record DyingProgram(string Name, string[] Arguments, long MemoryBytes = DyingProgram.DefaultMemoryBytes, int Processes = DyingProgram.DefaultProcesses)
{
    private const long DefaultMemoryBytes = 256L << 20;
    private const int DefaultProcesses = 64;

    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "dying");

    public static IReadOnlyList<DyingProgram> All { get; } =
    [
        new("a sleeping process", ["sleep", "0"]),
        // One of the limit's processes is the sandbox's own.
        new("63 spinning processes", ["spin", "63"]),
        new("250 MiB of dirty memory", ["memory", "250"]),
        new("a live fork bomb of 64", ["bomb", "0"]),
        new("stopped processes", ["stop", "5"]),
        new("daemons that heed no signal", ["daemons", "5"]),
        new("500 spinning processes", ["spin", "500"], 1L << 30, 510),
        new("a live fork bomb of 500", ["bomb", "0"], 1L << 30, 500),
        new("2 GiB of dirty memory", ["memory", "2048"], 2560L << 20),
    ];

    /// <summary>Then the last process is promised to be gone in time; else only the last instruction is.</summary>
    public bool HasDefaultLimits => (MemoryBytes, Processes) == (DefaultMemoryBytes, DefaultProcesses);

    /// <param name="mark">Found in the environment of each of its processes.</param>
    public SandboxOrder Order(string mark)
    {
        var order = BenchService.Order(["./dying", .. Arguments], MemoryBytes, Processes);
        return order with
        {
            Files = [new WorkspaceFile("dying", File.ReadAllBytes(Path), IsExecutable: true)],
            Environment = new Dictionary<string, string>(order.Environment) { ["MARK"] = mark },
        };
    }
}

using System.Globalization;
using System.Text;

namespace OnlineCompiler.ExecutionService.Sandbox.SelfTest;

/// <summary>Runs the probe in sandboxes of a backend and holds what it met against what is promised.</summary>
internal static class SandboxProof
{
    /// <summary>Home and temporary folder among it, which a sandbox would say otherwise.</summary>
    public const string Environment = "PROBE=1 HOME=/ TMPDIR=/";
    public const int ProcessLimit = 8;
    public const long WorkspaceLimitBytes = 4 * 1024 * 1024;

    private const long LookMemoryBytes = 64 * 1024 * 1024;
    private const long EatMemoryBytes = 8 * 1024 * 1024;

    private static readonly string _probePath = Path.Combine(AppContext.BaseDirectory, "probe");

    /// <summary>Every promise that is not kept, and how to get it, in words for an operator; none when all are.</summary>
    /// <exception cref="SandboxUnavailableException">The probe could not be run.</exception>
    public static async Task<IReadOnlyList<string>> FindBrokenAsync(ISandbox sandbox)
    {
        var found = await FindAsync(sandbox);
        return
        [
            .. Promises.All.Where(promise => promise.PromisedBy.Contains(found.Isolation) && !promise.IsKept(found))
                .Select(promise => $"{promise.Broken} {promise.Remedy}"),
        ];
    }

    private static async Task<Findings> FindAsync(ISandbox sandbox)
    {
        var probe = await File.ReadAllBytesAsync(_probePath);
        var mark = Guid.NewGuid().ToString("N");
        var eat = await EatAsync(sandbox, probe);
        // Where the workspace has no file system of its own, filling it ends the program.
        string[] fill = eat.Isolation is SandboxIsolation.Full or SandboxIsolation.WithoutCgroups ? ["fill"] : [];
        var (facts, look, countedCpuTime, outerUserIds) = await LookAsync(sandbox, probe, mark, fill);
        return new Findings
        {
            Facts = facts,
            Look = look,
            CountedCpuTime = countedCpuTime,
            Eat = eat,
            OuterUserIds = outerUserIds,
            LeftBehind = await MarkedProcesses.CountLeftAsync(mark),
            OwnNamespaces = OwnNamespaces(),
            ServiceUserId = Posix.GetEffectiveUserId(),
        };
    }

    private static async Task<SandboxReport> EatAsync(ISandbox sandbox, byte[] probe)
    {
        await using var run = await sandbox.StartAsync(Order(probe, EatMemoryBytes, "eat"), CancellationToken.None);
        await run.EndInputAsync(CancellationToken.None);
        await foreach (var happened in run.ReadEventsAsync(CancellationToken.None))
        {
            if (happened is SandboxExited exited)
                return exited.Report;
        }
        throw new SandboxUnavailableException("The probe ended without a report.");
    }

    private static async Task<(Dictionary<string, string> Facts, SandboxReport Look, TimeSpan CountedCpuTime, IReadOnlyList<uint> OuterUserIds)> LookAsync(
        ISandbox sandbox, byte[] probe, string mark, string[] fill)
    {
        await using var run = await sandbox.StartAsync(Order(probe, LookMemoryBytes, ["look", mark, .. fill]), CancellationToken.None);
        var said = new StringBuilder();
        IReadOnlyList<uint>? outerUserIds = null;
        await foreach (var happened in run.ReadEventsAsync(CancellationToken.None))
        {
            if (happened is SandboxOutput output)
                said.Append(Encoding.UTF8.GetString(output.Data.Span));
            if (outerUserIds is null && said.ToString().EndsWith("ready=1\n", StringComparison.Ordinal))
            {
                outerUserIds = MarkedProcesses.FindUserIds(mark);
                await run.EndInputAsync(CancellationToken.None);
            }
            if (happened is SandboxExited exited)
                return (Parse(said.ToString()), exited.Report, run.ReadCpuTime(), outerUserIds ?? []);
        }
        throw new SandboxUnavailableException("The probe ended without a report.");
    }

    private static SandboxOrder Order(byte[] probe, long memoryBytes, params string[] arguments) => new()
    {
        Command = ["./probe", .. arguments],
        Environment = Environment.Split(' ').Select(entry => entry.Split('=')).ToDictionary(entry => entry[0], entry => entry[1]),
        Files = [new WorkspaceFile("probe", probe, IsExecutable: true)],
        Limits = new SandboxLimits
        {
            WallTime = TimeSpan.FromSeconds(20),
            CpuTime = TimeSpan.FromSeconds(5),
            MemoryBytes = memoryBytes,
            Processes = ProcessLimit,
            OutputBytes = 64 * 1024,
            WorkspaceBytes = WorkspaceLimitBytes,
            WorkspaceFiles = 64,
            OpenFiles = 64,
            FileSizeBytes = 2 * WorkspaceLimitBytes,
            StackBytes = 8 * 1024 * 1024,
        },
    };

    private static Dictionary<string, string> Parse(string said) =>
        said.Split('\n').Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2)
            .DistinctBy(parts => parts[0]).ToDictionary(parts => parts[0], parts => parts[1]);

    private static Dictionary<string, string> OwnNamespaces() =>
        Directory.GetFiles("/proc/self/ns").ToDictionary(path => Path.GetFileName(path), path => new FileInfo(path).LinkTarget ?? "");
}

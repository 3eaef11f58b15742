using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Compilation;
using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Compilation;

/// <summary>A cache of its own folder, in front of a scripted compiler, and of a pack that the test may change.</summary>
internal sealed class TestCache : IAsyncDisposable
{
    private static readonly SandboxLimits _limits = new()
    {
        WallTime = TimeSpan.FromSeconds(1),
        CpuTime = TimeSpan.FromSeconds(1),
        MemoryBytes = 1,
        Processes = 1,
        OutputBytes = 1,
        WorkspaceBytes = 1,
        WorkspaceFiles = 1,
        OpenFiles = 1,
        FileSizeBytes = 1,
        StackBytes = 1,
    };

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("compile-cache-");
    private KeptCompilations _kept;

    public TestCache(long cacheBytes = 16 * 1024 * 1024)
    {
        CacheBytes = cacheBytes;
        _root.CreateSubdirectory("packs/toy/tests");
        ChangePack("pack.json", "{}");
        (_kept, Cache) = Start();
    }

    public ScriptedSandbox Sandbox { get; } = new();

    public CompileCache Cache { get; private set; }

    public string Folder => Path.Combine(_root.FullName, "kept");

    public IReadOnlyList<string> Entries => [.. Directory.GetFiles(Folder).Where(path => !path.EndsWith(".new", StringComparison.Ordinal))];

    private long CacheBytes { get; }

    public static SandboxOrder Stage(string content = "int main() {}") => new()
    {
        Command = ["compile", "main.toy"],
        Environment = new Dictionary<string, string> { ["LANG"] = "C.UTF-8", ["HOME"] = "/" },
        Files = [new WorkspaceFile("main.toy", Encoding.UTF8.GetBytes(content)), new WorkspaceFile("other.toy", Encoding.UTF8.GetBytes("other"))],
        Limits = _limits,
        Collect = ["main"],
    };

    public static CompileOrder Order(SandboxOrder? stage = null, string version = "1.0", bool blamesProgram = false) =>
        new(stage ?? Stage(), Pack, version, _ => blamesProgram);

    public void ChangePack(string file, string content) => File.WriteAllText(Path.Combine(_root.FullName, "packs", "toy", file), content);

    /// <summary>As after a new start of the service: what is in memory is lost.</summary>
    public async Task RestartAsync()
    {
        await _kept.DisposeAsync();
        (_kept, Cache) = Start();
    }

    /// <summary>Compiles, and tells number and files of the compilation that answered; null for a number when it failed without a word.</summary>
    public async Task<Compiled> CompileAsync(CompileOrder? order = null, CancellationToken cancellationToken = default)
    {
        await using var run = await Cache.StartAsync(order ?? Order(), cancellationToken);
        var output = "";
        var files = new List<WorkspaceFile>();
        await foreach (var happened in run.ReadEventsAsync(cancellationToken))
        {
            if (happened is SandboxOutput said)
                output += Encoding.UTF8.GetString(said.Data.Span);
            if (happened is SandboxFile made)
                files.Add(made.File);
            if (happened is SandboxExited exited)
                return new Compiled(output, files, exited.Report, IsCached: run is KeptRun);
        }
        throw new InvalidOperationException("The compilation had no end.");
    }

    /// <summary>Waits until that many compilations are on disk, which they are a little after they are answered.</summary>
    public async Task WaitForEntriesAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Entries.Count != count)
            await Task.Delay(10, patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _kept.DisposeAsync();
        _root.Delete(recursive: true);
    }

    private static LanguagePack Pack { get; } = new()
    {
        Id = "toy",
        Name = "Toy",
        Extensions = [".toy"],
        EditorMode = "toy",
        EntryPoint = "main.toy",
        Sample = "sample.toy",
        Version = new PackVersion(["no-such-compiler"], "(.*)"),
        Run = new PackStage { Command = ["./main"] },
    };

    private (KeptCompilations Kept, CompileCache Cache) Start()
    {
        var host = new TestHost(_root.FullName);
        var sandbox = Options.Create(new SandboxOptions { ToolchainsDirectory = "toolchains" });
        var options = Options.Create(new CompilationOptions { CacheBytes = CacheBytes, CacheDirectory = Folder });
        var telemetry = new CompilationTelemetry(new TestMeters());
        var kept = new KeptCompilations(options, sandbox, host, TimeProvider.System, telemetry, NullLogger<KeptCompilations>.Instance);
        var toolchains = new ToolchainIdentities(new PackLocation(Path.Combine(_root.FullName, "packs")), sandbox, host);
        return (kept, new CompileCache(Sandbox, kept, toolchains, telemetry));
    }

    private sealed class TestMeters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }

    private sealed class TestHost(string root) : IHostEnvironment
    {
        public string ApplicationName { get; set; } = "test";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();

        public string ContentRootPath { get; set; } = root;

        public string EnvironmentName { get; set; } = "Test";
    }
}

internal sealed record Compiled(string Output, IReadOnlyList<WorkspaceFile> Files, SandboxReport Report, bool IsCached);

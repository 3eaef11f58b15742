using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Languages;

/// <summary>How often toolchains are asked what they are: in the sandbox, so each time costs one.</summary>
public sealed class LanguageCatalogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("languages-");
    private readonly FakeTimeProvider _time = new();
    private readonly CountingSandbox _sandbox;
    private readonly LanguageCatalog _catalog;

    public LanguageCatalogTests(ServiceFixture service)
    {
        _sandbox = new CountingSandbox(service.Sandbox);
        var pack = _folder.CreateSubdirectory("packs/lua");
        foreach (var file in Directory.GetFiles(Path.Combine(PackFolders.Root, "lua")))
            File.Copy(file, Path.Combine(pack.FullName, Path.GetFileName(file)));
        var manifest = Path.Combine(pack.FullName, "pack.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"version\": { \"command\": [\"", "\"version\": { \"command\": [\"not-there-", StringComparison.Ordinal));
        var toolchains = _folder.CreateSubdirectory("toolchains").FullName;

        _catalog = new LanguageCatalog(
            new PackLocation(pack.Parent!.FullName),
            new ToolchainProbe(_sandbox, NullLogger<ToolchainProbe>.Instance),
            new InstalledFolders(Options.Create(new SandboxOptions { ToolchainsDirectory = toolchains }), service.Service<IHostEnvironment>()),
            _time,
            NullLogger<LanguageCatalog>.Instance);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_missing_language_is_not_asked_for_again_while_nothing_is_installed()
    {
        await AskAsync();
        _time.Advance(TimeSpan.FromMinutes(9));
        await AskAsync();

        Assert.Equal(1, _sandbox.Started);
    }

    [Fact]
    public async Task A_missing_language_is_asked_for_again_once_something_was_installed()
    {
        await AskAsync();
        Directory.SetLastWriteTimeUtc(_folder.CreateSubdirectory("toolchains/other").FullName, DateTime.UtcNow.AddHours(1));

        _time.Advance(TimeSpan.FromSeconds(10));
        await AskAsync();
        Assert.Equal(1, _sandbox.Started);

        _time.Advance(TimeSpan.FromSeconds(10));
        await AskAsync();
        Assert.Equal(2, _sandbox.Started);
    }

    [Fact]
    public async Task A_missing_language_is_asked_for_again_in_the_end_whatever_is_seen_here()
    {
        await AskAsync();
        _time.Advance(TimeSpan.FromMinutes(11));
        await AskAsync();

        Assert.Equal(2, _sandbox.Started);
    }

    private async Task AskAsync() =>
        Assert.False((await _catalog.GetToolchainsAsync(_catalog.Find("lua")!, TestContext.Current.CancellationToken)).IsInstalled);

    private sealed class CountingSandbox(ISandbox real) : ISandbox
    {
        private int _started;

        public SandboxReadiness Readiness => real.Readiness;

        public SandboxPlaces Places => real.Places;

        public int Started => _started;

        public Task<ISandboxRun> StartAsync(SandboxOrder order, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _started);
            return real.StartAsync(order, cancellationToken);
        }
    }
}

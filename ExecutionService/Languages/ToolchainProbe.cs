using System.Text;
using System.Text.RegularExpressions;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>Asks toolchains what is installed in the very sandbox that programs get, so that the answer is theirs too.</summary>
internal sealed class ToolchainProbe(ISandbox sandbox, ILogger<ToolchainProbe> logger) : IDisposable
{
    private static readonly SandboxLimits _limits = new()
    {
        WallTime = TimeSpan.FromSeconds(20),
        CpuTime = TimeSpan.FromSeconds(20),
        MemoryBytes = 1024L * 1024 * 1024,
        Processes = 256,
        OutputBytes = 64 * 1024,
        WorkspaceBytes = 16 * 1024 * 1024,
        WorkspaceFiles = 256,
        OpenFiles = 256,
        FileSizeBytes = 16 * 1024 * 1024,
        StackBytes = 64L * 1024 * 1024,
    };

    /// <summary>scripts/install-languages.sh leaves this file when prepare.sh has succeeded.</summary>
    private static readonly string[] _isPrepared = ["test", "-e", "{toolchain}/.prepared"];

    private const string NoRoots = "it has a root of its own, which the sandbox here cannot show to programs: that takes namespaces";

    /// <summary>Starting all toolchains at once would only make each slower.</summary>
    private readonly SemaphoreSlim _gate = new(2, 2);

    /// <exception cref="SandboxUnavailableException">Nothing can be asked now.</exception>
    public async Task<Toolchains> AskAsync(Language language)
    {
        await _gate.WaitAsync();
        try
        {
            var versions = new List<InstalledVersion>();
            var missing = new List<MissingVersion>();
            foreach (var pack in language.Versions)
            {
                var problem = pack.Root is null || sandbox.Places.OffersRoots ? null : NoRoots;
                if (problem is null && await AskVersionAsync(pack) is { } version)
                    versions.Add(new InstalledVersion(pack, version));
                else if (pack.VersionName is { } name)
                    missing.Add(new MissingVersion(name, problem));
            }
            if (versions.Count == 0)
                logger.ToolchainMissing(language.Id);
            return new Toolchains(versions, versions.Count > 0 ? await AskLibrariesAsync(language.Pack) : [], missing);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>The version that the pack's command prints; null when it fails.</summary>
    private async Task<string?> AskVersionAsync(LanguagePack pack)
    {
        // Debian's packages are the machine's; what prepare.sh makes is this checkout's, and may be missing all the same.
        if (pack.NeedsPreparation && await RunAsync(pack, _isPrepared) is null)
            return null;
        // Without its root its command could not even be tried.
        if (pack.Root is { } root && await RunAsync(pack, ["test", "-e", $"{sandbox.Places.Toolchains}/roots/{root}/.finished"]) is null)
            return null;
        var output = await RunAsync(pack, pack.Version.Command, pack.Root);
        var match = output is null ? Match.Empty : Regex.Match(output, pack.Version.Pattern, RegexOptions.Multiline, TimeSpan.FromSeconds(1));
        return match.Success ? match.Groups[1].Value : null;
    }

    private async Task<IReadOnlyList<InstalledLibrary>> AskLibrariesAsync(LanguagePack pack)
    {
        if (pack.Libraries is null || await RunAsync(pack, pack.Libraries.Command, pack.Root) is not { } output)
            return [];
        return [.. output.Split('\n', StringSplitOptions.TrimEntries).Select(line => line.Split(' ', 2))
            .Where(words => words.Length == 2).Select(words => new InstalledLibrary(words[0], words[1]))];
    }

    private async Task<string?> RunAsync(LanguagePack pack, IReadOnlyList<string> command, string? root = null)
    {
        var values = new CommandValues
        {
            LanguageId = pack.Id,
            ToolchainFolder = pack.ToolchainFolder,
            EntryPoint = pack.EntryPoint,
            MemoryBytes = _limits.MemoryBytes,
            Places = sandbox.Places,
        };
        var order = new SandboxOrder
        {
            Command = CommandTemplate.Expand(command, values),
            Environment = StageEnvironment.Make(pack, stage: null, values, isTerminal: false),
            Files = [],
            Root = root,
            Limits = _limits,
        };
        var output = new MemoryStream();
        await using var run = await sandbox.StartAsync(order, CancellationToken.None);
        await run.EndInputAsync(CancellationToken.None);
        await foreach (var happened in run.ReadEventsAsync(CancellationToken.None))
        {
            // Some print their version to standard error (java -version).
            if (happened is SandboxOutput { Data: var data })
                output.Write(data.Span);
            if (happened is SandboxExited { Report.Outcome: not SandboxOutcome.Succeeded })
                return null;
        }
        return Encoding.UTF8.GetString(output.ToArray());
    }
}

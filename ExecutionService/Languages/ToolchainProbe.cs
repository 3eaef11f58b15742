using System.Text;
using System.Text.RegularExpressions;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>Asks toolchains for their version in the very sandbox that programs get, so that the answer is theirs too.</summary>
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

    /// <summary>Starting all toolchains at once would only make each slower.</summary>
    private readonly SemaphoreSlim _gate = new(2, 2);

    /// <summary>The version that the pack's command prints; null when it fails.</summary>
    public async Task<string?> AskVersionAsync(LanguagePack pack)
    {
        await _gate.WaitAsync();
        try
        {
            var output = await RunAsync(pack);
            var match = output is null ? Match.Empty : Regex.Match(output, pack.Version.Pattern, RegexOptions.Multiline, TimeSpan.FromSeconds(1));
            if (match.Success)
                return match.Groups[1].Value;
            logger.ToolchainMissing(pack.Id);
            return null;
        }
        catch (SandboxUnavailableException exception)
        {
            logger.ToolchainNotAsked(pack.Id, exception.Message);
            return null;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<string?> RunAsync(LanguagePack pack)
    {
        var values = new CommandValues { LanguageId = pack.Id, EntryPoint = pack.EntryPoint, MemoryBytes = _limits.MemoryBytes, Places = sandbox.Places };
        var order = new SandboxOrder
        {
            Command = CommandTemplate.Expand(pack.Version.Command, values),
            Environment = StageEnvironment.Make(pack, stage: null, values, isTerminal: false),
            Files = [],
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

using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>
/// Tells the sandbox at the start what will be asked for: a stage for any program, and the runtimes of the core languages that
/// can be booted ahead, with and without a terminal. Others are booted when somebody has used them; demand decides.
/// </summary>
internal sealed class Foresight(
    ISandbox sandbox, LanguageCatalog catalog, IOptions<LanguageOptions> languages, IOptions<LimitsOptions> limits, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    private static readonly TerminalDimensions?[] _terminals = [null, new(80, 24)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!languages.Value.AskAtStart)
            return;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var starting = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        if (catalog.All.FirstOrDefault() is { } any)
            Expect(any, any.Pack, withHost: false);
        foreach (var language in catalog.All.Where(language => language.Pack.Core && language.Versions.Any(pack => pack.Run.Prepared is not null || pack.Compile?.Prepared is not null)))
        {
            var toolchains = await catalog.GetToolchainsAsync(language, stoppingToken);
            // Who names no version gets the pack's own; others are booted when they are asked for.
            if (toolchains.Choose(range: null) is { } own)
                Expect(language, own.Pack, withHost: true);
        }
    }

    private void Expect(Language language, LanguagePack pack, bool withHost)
    {
        foreach (var terminal in _terminals)
        {
            var run = StageOrders.Run(Usual(language, pack, terminal), [], limits.Value, sandbox.Places, isInteractive: terminal is not null);
            if (!withHost)
                sandbox.Expect(run with { Host = null, Root = null });
            else if (run.Host is not null)
                sandbox.Expect(run);
        }
        if (withHost && pack.Compile?.Prepared is not null)
            sandbox.Expect(StageOrders.Compile(Usual(language, pack, terminal: null), limits.Value, sandbox.Places));
    }

    /// <summary>One that asks for nothing in particular.</summary>
    private static Execution Usual(Language language, LanguagePack pack, TerminalDimensions? terminal) => new()
    {
        RequestId = "",
        Caller = "",
        Language = language,
        Pack = pack,
        Version = "",
        Files = [],
        EntryPoint = pack.EntryPoint,
        Limits = new RequestedLimits(),
        Terminal = terminal,
    };
}

using Microsoft.Extensions.Options;

namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>Asks all toolchains what is installed, one after the other, so that nobody waits for them with the first list.</summary>
internal sealed class ToolchainWarmUp(LanguageCatalog catalog, IOptions<LanguageOptions> options, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.AskAtStart)
            return;
        // Programs come first: the service answers before this begins.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var starting = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        foreach (var language in catalog.All)
            await catalog.GetToolchainsAsync(language, stoppingToken);
    }
}

/// <summary>Section <c>Languages</c>.</summary>
internal sealed class LanguageOptions
{
    public const string Section = "Languages";

    /// <summary>Whether toolchains are asked for their versions as soon as the service has started. Default true; else when first needed.</summary>
    public bool AskAtStart { get; set; } = true;
}

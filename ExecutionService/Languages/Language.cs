namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>A language this service knows.</summary>
/// <param name="Pack">What it declares.</param>
/// <param name="Sample">Its sample program.</param>
/// <param name="SampleStdin">Standard input for the sample.</param>
internal sealed record Language(LanguagePack Pack, string Sample, string SampleStdin)
{
    public string Id => Pack.Id;

    /// <summary>How an operator installs its toolchain from a checkout.</summary>
    public string InstallCommand => $"./run.sh --languages {Id}";

    public bool IsSource(string path) =>
        (Pack.SourceExtensions ?? Pack.Extensions).Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}

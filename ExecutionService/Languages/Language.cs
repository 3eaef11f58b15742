using OnlineCompiler.ExecutionService.Languages.Diagnostics;

namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>A language this service knows.</summary>
/// <param name="Pack">What it declares.</param>
/// <param name="Sample">Its sample program.</param>
/// <param name="SampleStdin">Standard input for the sample.</param>
internal sealed record Language(LanguagePack Pack, string Sample, string SampleStdin)
{
    public string Id => Pack.Id;

    /// <summary>The pack, and for each of its alternatives the pack as it is with that version.</summary>
    public IReadOnlyList<LanguagePack> Versions { get; } = [Pack, .. Pack.Alternatives.Select(Pack.With)];

    public DiagnosticFinder CompileDiagnostics { get; } = new(Pack.Diagnostics, "compile");

    public DiagnosticFinder RunDiagnostics { get; } = new(Pack.Diagnostics, "run");

    /// <summary>How an operator installs its toolchain from a checkout.</summary>
    public string InstallCommand => $"./run.sh --languages {Id}";

    public bool IsSource(string path) =>
        (Pack.SourceExtensions ?? Pack.Extensions).Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}

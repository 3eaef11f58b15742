namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>What of a language is installed here.</summary>
/// <param name="Versions">The one for requests that name none, first.</param>
/// <param name="Libraries">Beside them.</param>
internal sealed record Toolchains(IReadOnlyList<InstalledVersion> Versions, IReadOnlyList<InstalledLibrary> Libraries)
{
    public bool IsInstalled => Versions.Count > 0;

    /// <summary>The version for a request; null when there is none.</summary>
    /// <param name="range">What it asked for; null for nothing.</param>
    public InstalledVersion? Choose(VersionRange? range) =>
        range is null ? Versions is [var own, ..] ? own : null : Descending.FirstOrDefault(version => range.IsSatisfiedBy(version.Version));

    /// <summary>The highest first.</summary>
    public IEnumerable<InstalledVersion> Descending => Versions.OrderByDescending(version => VersionRange.Order(version.Version));
}

/// <param name="Pack">The pack as it is with this version.</param>
/// <param name="Version">As the toolchain tells it.</param>
internal sealed record InstalledVersion(LanguagePack Pack, string Version);

internal sealed record InstalledLibrary(string Name, string Version);

namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>What of a language is installed here.</summary>
/// <param name="Versions">The one for requests that name none, first.</param>
/// <param name="Libraries">Beside them.</param>
/// <param name="Missing">Versions that could stand beside them.</param>
internal sealed record Toolchains(IReadOnlyList<InstalledVersion> Versions, IReadOnlyList<InstalledLibrary> Libraries, IReadOnlyList<MissingVersion> Missing)
{
    public bool IsInstalled => Versions.Count > 0;

    /// <summary>The version for a request: the usual one if it may be, for it has the libraries; null when there is none.</summary>
    /// <param name="range">What it asked for; null for nothing.</param>
    public InstalledVersion? Choose(VersionRange? range) =>
        Versions.Take(1).Concat(Descending).FirstOrDefault(version => range is null || range.IsSatisfiedBy(version.Version));

    /// <summary>The highest first.</summary>
    public IEnumerable<InstalledVersion> Descending => Versions.OrderByDescending(version => VersionRange.Order(version.Version));
}

/// <param name="Pack">The pack as it is with this version.</param>
/// <param name="Version">As the toolchain tells it.</param>
internal sealed record InstalledVersion(LanguagePack Pack, string Version);

/// <param name="Name">As the pack calls it.</param>
/// <param name="Problem">Why it cannot be had here, in words; null when it only has to be installed.</param>
internal sealed record MissingVersion(string Name, string? Problem);

internal sealed record InstalledLibrary(string Name, string Version);

namespace OnlineCompiler.Client;

/// <summary>A language that the service knows, installed or not.</summary>
public sealed record Language
{
    /// <summary>Stable, lower case, e.g. "cpp".</summary>
    public required string Id { get; init; }

    /// <summary>For people, e.g. "C++".</summary>
    public required string Name { get; init; }

    /// <summary>Other names that a request may use, lower case.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>File name extensions with the dot, the usual one first.</summary>
    public required IReadOnlyList<string> Extensions { get; init; }

    /// <summary>The version that a request gets when it names none; empty when not installed.</summary>
    public required string Version { get; init; }

    /// <summary>All installed versions, the highest first.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>Whether programs of it can be run now.</summary>
    public required bool Installed { get; init; }

    /// <summary>What an operator of the service types to install it; empty when installed.</summary>
    public required string InstallCommand { get; init; }

    /// <summary>True when there is a compile stage before the run.</summary>
    public required bool Compiled { get; init; }

    /// <summary>File name of the sample, and the entry point when a request gives none, e.g. "main.cpp".</summary>
    public required string EntryPoint { get; init; }

    /// <summary>A short program that reads standard input.</summary>
    public required string Sample { get; init; }

    /// <summary>Standard input for the sample.</summary>
    public required string SampleStdin { get; init; }

    /// <summary>Popular libraries that are installed beside it.</summary>
    public IReadOnlyList<Library> Libraries { get; init; } = [];
}

/// <summary>A library that programs can use.</summary>
/// <param name="Name">As the language's users know it, e.g. "numpy".</param>
/// <param name="Version">Its version.</param>
public sealed record Library(string Name, string Version);

internal sealed record LanguageList(IReadOnlyList<Language> Languages);

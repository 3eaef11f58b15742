using System.ComponentModel;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Api.Languages;

internal sealed record LanguageList(IReadOnlyList<LanguageAnswer> Languages);

internal sealed record LanguageAnswer
{
    [Description("Stable, lower case.")]
    public required string Id { get; init; }

    [Description("For people.")]
    public required string Name { get; init; }

    [Description("Other names that a request may use.")]
    public required IReadOnlyList<string> Aliases { get; init; }

    [Description("File name extensions with the dot, the usual one first.")]
    public required IReadOnlyList<string> Extensions { get; init; }

    [Description("The version that a request gets when it names none; empty when not installed.")]
    public required string Version { get; init; }

    [Description("All installed versions, the highest first.")]
    public required IReadOnlyList<string> Versions { get; init; }

    [Description("Versions that could stand beside the installed ones.")]
    public required IReadOnlyList<UninstalledVersionAnswer> UninstalledVersions { get; init; }

    public required bool Installed { get; init; }

    [Description("What an operator types to install it; empty when installed.")]
    public required string InstallCommand { get; init; }

    [Description("True when there is a compile stage before the run.")]
    public required bool Compiled { get; init; }

    [Description("Name of the editor's highlighting mode.")]
    public required string EditorMode { get; init; }

    [Description("What starts a comment that ends with its line; null when the language has none.")]
    public required string? LineComment { get; init; }

    [Description("What starts and what ends a comment of several lines; null when the language has none.")]
    public required BlockComment? BlockComment { get; init; }

    [Description("File name of the sample, and the entry point when a request gives none.")]
    public required string EntryPoint { get; init; }

    [Description("A short program that reads standard input.")]
    public required string Sample { get; init; }

    [Description("Standard input for the sample.")]
    public required string SampleStdin { get; init; }

    [Description("Popular libraries that are installed beside the language.")]
    public required IReadOnlyList<LibraryAnswer> Libraries { get; init; }

    public static LanguageAnswer From(Language language) => new()
    {
        Id = language.Id,
        Name = language.Name,
        Aliases = language.Aliases,
        Extensions = language.Extensions,
        Version = language.Version,
        Versions = language.Versions,
        UninstalledVersions = [.. language.UninstalledVersions.Select(UninstalledVersionAnswer.From)],
        Installed = language.Installed,
        InstallCommand = language.InstallCommand,
        Compiled = language.Compiled,
        EditorMode = language.EditorMode,
        LineComment = language.LineComment is "" ? null : language.LineComment,
        BlockComment = language.BlockComment is [var start, var end] ? new BlockComment(start, end) : null,
        EntryPoint = language.EntryPoint,
        Sample = language.Sample,
        SampleStdin = language.SampleStdin,
        Libraries = [.. language.Libraries.Select(library => new LibraryAnswer(library.Name, library.Version))],
    };
}

internal sealed record UninstalledVersionAnswer(
    [property: Description("As a request would ask for it.")] string Name,
    [property: Description("What an operator types to install it; null when that would not help.")] string? InstallCommand,
    [property: Description("Why it cannot be had here; null when it only has to be installed.")] string? Problem)
{
    public static UninstalledVersionAnswer From(UninstalledVersion version) =>
        new(version.Name, version.InstallCommand is "" ? null : version.InstallCommand, version.Problem is "" ? null : version.Problem);
}

internal sealed record BlockComment(string Start, string End);

internal sealed record LibraryAnswer(string Name, string Version);

internal static class LanguageExamples
{
    public static readonly LanguageList List = new([new LanguageAnswer
    {
        Id = "python",
        Name = "Python",
        Aliases = ["py", "python3"],
        Extensions = [".py"],
        Version = "3.11.2",
        Versions = ["3.13.5", "3.11.2"],
        UninstalledVersions = [],
        Installed = true,
        InstallCommand = "",
        Compiled = false,
        EditorMode = "python",
        LineComment = "#",
        BlockComment = null,
        EntryPoint = "main.py",
        Sample = "name = input()\nprint(f\"Hello, {name}!\")\n",
        SampleStdin = "Ada\n",
        Libraries = [new LibraryAnswer("numpy", "1.24.2")],
    }]);
}

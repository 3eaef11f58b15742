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

    [Description("Of the installed toolchain; empty when not installed.")]
    public required string Version { get; init; }

    public required bool Installed { get; init; }

    [Description("What an operator types to install it; empty when installed.")]
    public required string InstallCommand { get; init; }

    [Description("True when there is a compile stage before the run.")]
    public required bool Compiled { get; init; }

    [Description("Name of the editor's highlighting mode.")]
    public required string EditorMode { get; init; }

    [Description("File name of the sample, and the entry point when a request gives none.")]
    public required string EntryPoint { get; init; }

    [Description("A short program that reads standard input.")]
    public required string Sample { get; init; }

    [Description("Standard input for the sample.")]
    public required string SampleStdin { get; init; }

    public static LanguageAnswer From(Language language) => new()
    {
        Id = language.Id,
        Name = language.Name,
        Aliases = language.Aliases,
        Extensions = language.Extensions,
        Version = language.Version,
        Installed = language.Installed,
        InstallCommand = language.InstallCommand,
        Compiled = language.Compiled,
        EditorMode = language.EditorMode,
        EntryPoint = language.EntryPoint,
        Sample = language.Sample,
        SampleStdin = language.SampleStdin,
    };
}

internal static class LanguageExamples
{
    public static readonly LanguageList List = new([new LanguageAnswer
    {
        Id = "python",
        Name = "Python",
        Aliases = ["py", "python3"],
        Extensions = [".py"],
        Version = "3.11.2",
        Installed = true,
        InstallCommand = "",
        Compiled = false,
        EditorMode = "python",
        EntryPoint = "main.py",
        Sample = "name = input()\nprint(f\"Hello, {name}!\")\n",
        SampleStdin = "Ada\n",
    }]);
}

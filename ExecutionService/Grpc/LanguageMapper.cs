using OnlineCompiler.ExecutionService.Languages;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Turns a language into the contract's message.</summary>
internal static class LanguageMapper
{
    public static Execution.V1.Language Map(Language language, Toolchains toolchains) => new()
    {
        Id = language.Id,
        Name = language.Pack.Name,
        Aliases = { language.Pack.Aliases },
        Extensions = { language.Pack.Extensions },
        Version = toolchains.Choose(range: null)?.Version ?? "",
        Versions = { toolchains.Descending.Select(installed => installed.Version).Distinct() },
        Libraries = { toolchains.Libraries.Select(library => new Execution.V1.Library { Name = library.Name, Version = library.Version }) },
        UninstalledVersions = { toolchains.Missing.Select(missing => Map(language, missing)) },
        Installed = toolchains.IsInstalled,
        InstallCommand = toolchains.IsInstalled ? "" : language.InstallCommand,
        Compiled = language.Pack.Compile is not null,
        LineComment = language.Pack.LineComment ?? "",
        BlockComment = { language.Pack.BlockComment ?? [] },
        EditorMode = language.Pack.EditorMode,
        EntryPoint = language.Pack.EntryPoint,
        Sample = language.Sample,
        SampleStdin = language.SampleStdin,
    };

    private static Execution.V1.UninstalledVersion Map(Language language, MissingVersion missing) => new()
    {
        Name = missing.Name,
        InstallCommand = missing.Problem is null ? language.InstallCommand : "",
        Problem = missing.Problem ?? "",
    };
}

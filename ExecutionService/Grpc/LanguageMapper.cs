using OnlineCompiler.ExecutionService.Languages;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Turns a language into the contract's message.</summary>
internal static class LanguageMapper
{
    public static Execution.V1.Language Map(Language language, string? version) => new()
    {
        Id = language.Id,
        Name = language.Pack.Name,
        Aliases = { language.Pack.Aliases },
        Extensions = { language.Pack.Extensions },
        Version = version ?? "",
        Installed = version is not null,
        InstallCommand = version is null ? language.InstallCommand : "",
        Compiled = language.Pack.Compile is not null,
        EditorMode = language.Pack.EditorMode,
        EntryPoint = language.Pack.EntryPoint,
        Sample = language.Sample,
        SampleStdin = language.SampleStdin,
    };
}

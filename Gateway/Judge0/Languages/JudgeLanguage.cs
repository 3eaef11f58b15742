using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Languages;

namespace OnlineCompiler.Gateway.Judge0.Languages;

/// <summary>A language as Judge0's clients see it, and what runs it here.</summary>
internal sealed record JudgeLanguage
{
    public required int Id { get; init; }

    /// <summary>Tells what really runs.</summary>
    public required string Name { get; init; }

    /// <summary>Null where nothing runs it.</summary>
    public Language? Installed { get; init; }

    /// <summary>The version by the service's name; "" for its usual one.</summary>
    public string Version { get; init; } = "";

    public Script? Script { get; init; }

    public bool IsArchived => Installed is null;

    public bool IsMultiFile => Script == Script.OfTwo;

    /// <summary>Whether compiler options make sense.</summary>
    public bool IsCompiled => Installed is { Compiled: true };

    public string? SourceFile => Script is null ? Installed?.EntryPoint : Script.SourceFile;

    /// <summary>In Judge0's form: where the options go, then the source. The commands themselves are those of the pack.</summary>
    public string? CompileCommand => IsCompiled ? $"compile %s {SourceFile}" : null;

    public string? RunCommand => SourceFile is null ? null : $"run {SourceFile}";

    /// <summary>All that Judge0 knows, in the order of its ids.</summary>
    public static IEnumerable<JudgeLanguage> From(IEnumerable<Language> languages)
    {
        var installed = languages.Where(language => language.Installed).ToDictionary(language => language.Id);
        return KnownLanguage.Archived.Select((name, i) => new JudgeLanguage { Id = i + 1, Name = name })
            .Concat(KnownLanguage.All.Select(known => From(known, known.Pack is null ? null : installed.GetValueOrDefault(known.Pack))));
    }

    private static JudgeLanguage From(KnownLanguage known, Language? installed)
    {
        if (installed is null)
            return new JudgeLanguage { Id = known.Id, Name = known.NameWith(known.Version) };

        var version = known.Script is null ? Closest(known.Version, installed) : "";
        return new JudgeLanguage
        {
            Id = known.Id,
            Name = known.NameWith(version),
            Installed = installed,
            Version = version,
            Script = known.Script,
        };
    }

    /// <summary>The version itself or the next one after it, for programs go on working in later ones; else the highest.</summary>
    private static string Closest(string version, Language language)
    {
        var rising = language.Versions.DefaultIfEmpty(language.Version).OrderBy(VersionRange.Order).ToList();
        return rising.Find(candidate => VersionRange.Order(candidate) >= VersionRange.Order(version)) ?? rising[^1];
    }
}

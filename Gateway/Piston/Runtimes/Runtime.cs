using System.ComponentModel;
using System.Text.Json.Serialization;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Piston.Runtimes;

/// <summary>One installed version of a language.</summary>
internal sealed record Runtime
{
    private const int PartsOfVersion = 3;

    /// <summary>As Piston lists it.</summary>
    public required RuntimeAnswer Answer { get; init; }

    /// <summary>What runs it.</summary>
    public required Language Installed { get; init; }

    /// <summary>The version by the service's name.</summary>
    public required string InstalledVersion { get; init; }

    public required RuntimeName Name { get; init; }

    /// <summary>Whether it runs programs that ask for no version.</summary>
    public bool IsUsual => InstalledVersion == Installed.Version;

    public string Language => Answer.Language;

    public string Version => Answer.Version;

    public static IEnumerable<Runtime> From(Language language)
    {
        if (!language.Installed)
            yield break;

        var name = RuntimeName.Of(language.Id);
        foreach (var version in language.Versions.DefaultIfEmpty(language.Version))
        {
            var parts = InThreeParts(version);
            yield return new Runtime
            {
                Answer = new RuntimeAnswer(
                    name.Language, parts, [.. AliasesOf(name, language, parts).Where(alias => alias != name.Language).Distinct()], name.Package),
                Installed = language,
                InstalledVersion = version,
                Name = name,
            };
        }
    }

    /// <summary>Exact, in upper and lower case, too.</summary>
    public bool IsCalled(string name) => Language == name || Answer.Aliases.Contains(name);

    private static IEnumerable<string> AliasesOf(RuntimeName name, Language language, string version)
    {
        var aliases = name.Aliases.Append(language.Id).Concat(language.Aliases);
        // Piston has python3.10 and so on.
        return language.Id is "python" ? aliases.Append("python" + version[..version.LastIndexOf('.')]) : aliases;
    }

    private static string InThreeParts(string version) =>
        string.Join('.', version.Split('.').Concat(Enumerable.Repeat("0", PartsOfVersion)).Take(PartsOfVersion));
}

/// <summary>One line of <c>GET runtimes</c>.</summary>
internal sealed record RuntimeAnswer(
    [property: Description("Piston's name of the language.")] string Language,
    [property: Description("In three parts, as npm has them.")] string Version,
    [property: Description("Other names that a job may use: Piston's, then ours.")] IReadOnlyList<string> Aliases,
    [property: JsonPropertyName("runtime"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("The package; only where one serves several languages.")]
    string? Package);

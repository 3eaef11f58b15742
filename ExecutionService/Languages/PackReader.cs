using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>Reads one pack, and checks it: by pack.schema.json, then what a schema cannot say.</summary>
internal static class PackReader
{
    public const string FileName = "pack.json";

    private static readonly JsonSchema _schema = ReadSchema();

    private static readonly JsonDocumentOptions _document = new() { CommentHandling = JsonCommentHandling.Skip };

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <exception cref="InvalidDataException">It is wrong; the message names file, key and reason.</exception>
    public static LanguagePack Read(string directory)
    {
        var file = Path.Combine(directory, FileName);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file), _document);
            if (_schema.FindViolation(document.RootElement) is { } violation)
                throw new InvalidDataException($"{file}: {violation}");
            var pack = document.Deserialize<LanguagePack>(_json)!;
            if (FindMistake(pack, directory) is { } mistake)
                throw new InvalidDataException($"{file}: {mistake}");
            return pack with
            {
                NeedsPreparation = File.Exists(Path.Combine(directory, "prepare.sh")),
                Alternatives = [.. pack.Alternatives.Select(alternative =>
                    alternative with { HasOwnToolchain = Directory.Exists(Path.Combine(directory, $"toolchain-{alternative.Name}")) })],
            };
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file}: {exception.Path ?? "$"}: {exception.Message}", exception);
        }
    }

    private static string? FindMistake(LanguagePack pack, string directory)
    {
        if (pack.Id != Path.GetFileName(directory))
            return $"id: must be the folder's name, {Path.GetFileName(directory)}";
        if (WorkspacePath.FindViolation(pack.EntryPoint) is { } violation)
            return $"entryPoint: {violation}";
        if (!File.Exists(Path.Combine(directory, pack.Sample)))
            return $"sample: there is no file {pack.Sample} in the pack";
        if (pack.SampleStdin is { } stdin && !File.Exists(Path.Combine(directory, stdin)))
            return $"sampleStdin: there is no file {stdin} in the pack";
        if (pack.Alternatives.GroupBy(alternative => alternative.Name).FirstOrDefault(names => names.Count() > 1) is { } twice)
            return $"alternatives: \"{twice.Key}\" is there twice";
        if (FindInstallMistake("install", pack.Install) is { } install)
            return install;
        if (pack.Alternatives.Select((alternative, index) => FindInstallMistake($"alternatives[{index}].install", alternative.Install)).FirstOrDefault(mistake => mistake is not null) is { } other)
            return other;
        return FindPatternMistake("version.pattern", pack.Version.Pattern, RegexOptions.None)
            ?? pack.Alternatives.Select((alternative, index) => FindPatternMistake($"alternatives[{index}].version.pattern", alternative.Version.Pattern, RegexOptions.None))
                .Concat(pack.Diagnostics.Select((diagnostic, index) => FindDiagnosticMistake($"diagnostics[{index}]", diagnostic)))
                .FirstOrDefault(mistake => mistake is not null);
    }

    private static string? FindInstallMistake(string key, PackInstall? install) =>
        install?.Root is null ? null
        : install.Apt.Count == 0 ? $"{key}.apt: must name the packages of the root"
        : install.Apt.FirstOrDefault(package => package.Contains('/')) is { } elsewhere ? $"{key}.apt: \"{elsewhere}\" names a release, but all packages of a root are of its own"
        : null;

    private static string? FindDiagnosticMistake(string key, PackDiagnostic diagnostic) => diagnostic.Frame is null
        ? FindPatternMistake($"{key}.pattern", diagnostic.Pattern, RegexOptions.NonBacktracking, "line")
        : FindPatternMistake($"{key}.pattern", diagnostic.Pattern, RegexOptions.NonBacktracking, "frames")
            ?? FindPatternMistake($"{key}.frame", diagnostic.Frame, RegexOptions.NonBacktracking, "line");

    private static string? FindPatternMistake(string key, string pattern, RegexOptions options, params ReadOnlySpan<string> groups)
    {
        try
        {
            var names = new Regex(pattern, options).GetGroupNames();
            foreach (var group in groups)
            {
                if (!names.Contains(group))
                    return $"{key}: must have a group named {group}: (?<{group}>…)";
            }
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return $"{key}: {exception.Message}";
        }
    }

    private static JsonSchema ReadSchema()
    {
        using var stream = typeof(PackReader).Assembly.GetManifestResourceStream("pack.schema.json")!;
        return JsonSchema.Parse(stream);
    }
}

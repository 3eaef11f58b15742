using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>Reads and checks one pack.</summary>
internal static partial class PackReader
{
    public const string FileName = "pack.json";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectNullableAnnotations = true,
    };

    /// <exception cref="InvalidDataException">It is wrong; the message names file, key and reason.</exception>
    public static LanguagePack Read(string directory)
    {
        var file = Path.Combine(directory, FileName);
        LanguagePack pack;
        try
        {
            pack = JsonSerializer.Deserialize<LanguagePack>(File.ReadAllText(file), _json) ?? throw new JsonException("it is null");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file}: {exception.Path ?? "$"}: {exception.Message}", exception);
        }

        if (FindMistake(pack, directory) is { } mistake)
            throw new InvalidDataException($"{file}: {mistake}");
        return pack;
    }

    private static string? FindMistake(LanguagePack pack, string directory)
    {
        if (!IdPattern().IsMatch(pack.Id) || pack.Id != Path.GetFileName(directory))
            return "id: must be the folder's name, of lower-case letters, digits and '-'";
        if (pack.Extensions.Count == 0 || pack.Extensions.Any(extension => !extension.StartsWith('.')))
            return "extensions: must name at least one, with its dot";
        if (pack.Aliases.FirstOrDefault(alias => alias.Length == 0 || alias.Any(char.IsUpper)) is { } alias)
            return $"aliases: \"{alias}\" must be lower case";
        if (WorkspacePath.FindViolation(pack.EntryPoint) is { } violation)
            return $"entryPoint: {violation}";
        if (pack.Run.Command.Count == 0)
            return "run.command: must not be empty";
        if (pack.Compile is { Command.Count: 0 })
            return "compile.command: must not be empty";
        if (pack.Version.Command.Count == 0)
            return "version.command: must not be empty";
        foreach (var name in new[] { pack.Sample, pack.SampleStdin }.OfType<string>())
        {
            if (!File.Exists(Path.Combine(directory, name)))
                return $"sample: there is no file {name} in the pack";
        }
        try
        {
            _ = new Regex(pack.Version.Pattern);
        }
        catch (ArgumentException exception)
        {
            return $"version.pattern: {exception.Message}";
        }
        return null;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,31}$")]
    private static partial Regex IdPattern();
}

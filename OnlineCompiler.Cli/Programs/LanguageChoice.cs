using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Programs;

/// <summary>Finds out which language a program is written in, and where it starts.</summary>
internal static class LanguageChoice
{
    /// <returns>Id of the language, and the path of the file to start with.</returns>
    /// <exception cref="ProgramException">No language has such files, or several have.</exception>
    public static (string Language, string EntryPoint) Of(ProgramFiles program, IReadOnlyList<Language> languages)
    {
        if (!program.IsFolder)
            return (Of(program.Files[0].Path, languages), program.Files[0].Path);

        // A folder starts where its language's programs usually do; installed languages first.
        var starts = from language in languages.OrderByDescending(language => language.Installed)
                     from file in program.Files
                     where file.Path == language.EntryPoint
                     select (language.Id, file.Path);
        if (starts.FirstOrDefault() is { Id: not null } start)
            return (Of(start.Path, languages), start.Path);

        var first = program.Files.FirstOrDefault(file => Candidates(file.Path, languages).Count > 0)
            ?? throw new ProgramException("no language is known for the files of this folder; name it with --language (oc languages lists them)");
        return (Of(first.Path, languages), first.Path);
    }

    private static string Of(string path, IReadOnlyList<Language> languages)
    {
        var candidates = Candidates(path, languages);
        return candidates switch
        {
            [] => throw new ProgramException($"no language is known for \"{path}\"; name it with --language (oc languages lists them)"),
            [var only] => only.Id,
            _ => candidates.FirstOrDefault(language => Extension(path) == "." + language.Id)?.Id
                ?? throw new ProgramException($"\"{path}\" may be {string.Join(" or ", candidates.Select(language => language.Id))}; say which with --language"),
        };
    }

    /// <summary>The languages whose usual extension it is, else those that have it, too; installed ones if there are any.</summary>
    private static List<Language> Candidates(string path, IReadOnlyList<Language> languages)
    {
        var extension = Extension(path);
        var best = languages
            .Where(language => extension.Length > 0 && language.Extensions.Contains(extension))
            .GroupBy(language => (IsOther: language.Extensions[0] != extension, IsMissing: !language.Installed))
            .OrderBy(group => group.Key.IsMissing).ThenBy(group => group.Key.IsOther)
            .FirstOrDefault();
        return best?.ToList() ?? [];
    }

    private static string Extension(string path) => Path.GetExtension(path);
}

namespace OnlineCompiler.AiService.Assistance;

/// <summary>What a user asks about: data, never instructions.</summary>
internal sealed record SubmittedProgram(
    string Language, IReadOnlyList<CodeFile> Files, string EntryPoint, string Stdin, IReadOnlyList<string> Arguments)
{
    /// <summary>This program with some files replaced or added.</summary>
    public SubmittedProgram With(IReadOnlyCollection<CodeFile> changed)
    {
        var replacements = changed.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var kept = Files.Select(file => replacements.Remove(file.Path, out var replacement) ? replacement : file).ToList();
        return this with { Files = [.. kept, .. changed.Where(file => replacements.ContainsKey(file.Path))] };
    }
}

internal sealed record CodeFile(string Path, string Content);

/// <summary>What the user saw of a run; each text at most <see cref="MaxTextBytes"/>, longer ones cut in the middle.</summary>
internal sealed record ObservedRun(string Outcome, string CompilerOutput, string Stdout, string Stderr, int? ExitCode, string Message)
{
    public const int MaxTextBytes = 64 * 1024;

    public static ObservedRun OfMessage(string message) => new("", "", "", "", null, message);
}

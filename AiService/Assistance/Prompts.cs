using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OnlineCompiler.AiService.Assistance;

/// <summary>
/// What is sent to the model: our instructions (Prompts/*.md) as the system's message, the user's material as the user's.
/// The material is fenced by a boundary that is random for each request, so a program cannot write the end of its own
/// section and go on as if it were us. That does not guarantee that a model never follows what it reads there. So
/// nothing an answer says is trusted either: it is shown as text, it has no tools, its files must have harmless paths, and
/// they run nowhere but in the sandbox, as any user's program does.
/// </summary>
internal static class Prompts
{
    private const int MaxStdinBytes = 16 * 1024;
    private const int BoundaryBytes = 8;

    public static string Explain { get; } = Read("explain.md");

    public static string Fix { get; } = Read("fix.md");

    /// <summary>The material of one request; <paramref name="wish"/> is its question or instruction, under <paramref name="wishName"/>.</summary>
    public static string Describe(SubmittedProgram program, ObservedRun? lastRun, string wishName, string wish, string locale)
    {
        var boundary = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(BoundaryBytes));
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"BOUNDARY is {boundary}\n");
        Add("language", program.Language);
        foreach (var file in program.Files)
            Add($"file {JsonSerializer.Serialize(file.Path)}", file.Content);
        AddIfAny("entry-point", program.EntryPoint);
        AddIfAny("arguments", program.Arguments.Count == 0 ? "" : JsonSerializer.Serialize(program.Arguments));
        AddIfAny("standard-input", MiddleCut.Apply(program.Stdin, MaxStdinBytes));
        if (lastRun is not null)
        {
            Add("last-run outcome", $"{lastRun.Outcome} exit code: {lastRun.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "none"}");
            AddIfAny("last-run message", lastRun.Message);
            AddIfAny("last-run compiler-output", lastRun.CompilerOutput);
            AddIfAny("last-run standard-output", lastRun.Stdout);
            AddIfAny("last-run standard-error", lastRun.Stderr);
        }

        Add("locale", locale);
        Add(wishName, wish);
        return text.ToString();

        void AddIfAny(string name, string content)
        {
            if (content.Length > 0)
                Add(name, content);
        }

        void Add(string name, string content) =>
            text.Append(CultureInfo.InvariantCulture, $"<<<{boundary} {name}\n{content}\n{boundary}>>>\n");
    }

    private static string Read(string name)
    {
        using var stream = typeof(Prompts).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

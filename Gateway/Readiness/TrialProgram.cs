using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Readiness;

/// <summary>A small program whose output is known, in a language that is installed.</summary>
/// <param name="Request">How to run it.</param>
/// <param name="Output">What it must print; null when only its success counts.</param>
internal sealed record TrialProgram(ExecuteRequest Request, string? Output)
{
    private const string Answer = "42";

    // Those that start fastest, first.
    private static readonly (string Language, string Source)[] Known =
    [
        ("python", "print(6*7)"),
        ("bash", "echo $((6*7))"),
        ("javascript", "console.log(6*7)"),
    ];

    public static TrialProgram? Choose(IReadOnlyCollection<Language> languages)
    {
        var installed = languages.Where(language => language.Installed).ToArray();
        foreach (var (id, source) in Known)
        {
            if (Array.Find(installed, language => language.Id == id) is { } known)
                return new TrialProgram(RequestFor(known, source, stdin: ""), Answer);
        }

        return installed.MinBy(language => language.Compiled) is { } other
            ? new TrialProgram(RequestFor(other, other.Sample, other.SampleStdin), Output: null)
            : null;
    }

    public bool IsAnswered(ExecuteResponse response) =>
        response.Outcome is Outcome.Succeeded && (Output is null || response.Run?.Stdout.ToStringUtf8().Trim() == Output);

    private static ExecuteRequest RequestFor(Language language, string source, string stdin) => new()
    {
        RequestId = "readiness-" + Guid.CreateVersion7().ToString("N"),
        Caller = "readiness",
        Language = language.Id,
        Files = { new SourceFile { Path = language.EntryPoint, Content = ByteString.CopyFromUtf8(source) } },
        Stdin = ByteString.CopyFromUtf8(stdin),
    };
}

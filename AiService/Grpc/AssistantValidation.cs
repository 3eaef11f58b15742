using System.Text;
using System.Text.RegularExpressions;
using OnlineCompiler.Ai.V1;
using OnlineCompiler.ServiceDefaults;
using ProgramMessage = OnlineCompiler.Ai.V1.Program;

namespace OnlineCompiler.AiService.Grpc;

/// <summary>What ai.proto says of its fields; everything that is wrong is named at once.</summary>
internal static partial class AssistantValidation
{
    private const int MaxFiles = 20;
    private const int MaxFilesBytes = 256 * 1024;
    private const int MaxStdinBytes = 4 * 1024 * 1024;
    private const int MaxArguments = 256;
    private const int MaxArgumentBytes = 4096;
    private const int MaxWishCharacters = 4096;

    public static void Check(ExplainRequest request) => Check(request.Program, "question", request.Question, request.Locale);

    public static void Check(FixRequest request) => Check(request.Program, "instruction", request.Instruction, request.Locale);

    private static void Check(ProgramMessage? program, string wishField, string wish, string locale)
    {
        var violations = new FieldViolations();
        if (program is null)
            violations.Add("program", "is required");
        else
            CheckProgram(violations, program);
        violations.AddIf(wish.EnumerateRunes().Count() > MaxWishCharacters, wishField, $"must be at most {MaxWishCharacters} characters");
        violations.AddIf(
            locale.Length > 0 && !LanguageTag().IsMatch(locale), "locale", "must be an IETF language tag, e.g. \"en\" or \"pt-BR\"");
        violations.ThrowIfAny();
    }

    private static void CheckProgram(FieldViolations violations, ProgramMessage program)
    {
        violations.AddIf(
            !LanguageId().IsMatch(program.Language), "program.language", "is required: the id of a language, e.g. \"python\"");
        violations.AddIf(program.Files.Count is 0 or > MaxFiles, "program.files", $"must be 1 to {MaxFiles} files");
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (position, file) in program.Files.Index())
        {
            var field = $"program.files[{position}].path";
            if (WorkspacePath.FindViolation(file.Path) is { } violation)
                violations.Add(field, violation);
            else
                violations.AddIf(!paths.Add(file.Path), field, "is used by an earlier file");
        }

        violations.AddIf(
            program.Files.Sum(file => (long)Encoding.UTF8.GetByteCount(file.Content)) > MaxFilesBytes,
            "program.files",
            $"must be at most {MaxFilesBytes} bytes together");
        violations.AddIf(
            program.EntryPoint.Length > 0 && program.Files.Count > 0 && !paths.Contains(program.EntryPoint),
            "program.entry_point",
            "must be the path of one of the files");
        violations.AddIfLonger(program.Stdin, MaxStdinBytes, "program.stdin");
        violations.AddIf(program.Arguments.Count > MaxArguments, "program.arguments", $"must be at most {MaxArguments}");
        foreach (var (position, argument) in program.Arguments.Index())
            violations.AddIfLonger(argument, MaxArgumentBytes, $"program.arguments[{position}]");
    }

    [GeneratedRegex("^[a-z0-9+#.-]{1,32}\\z")]
    private static partial Regex LanguageId();

    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,6}\\z")]
    private static partial Regex LanguageTag();
}

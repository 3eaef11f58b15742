using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using OnlineCompiler.Ai.V1;
using OnlineCompiler.Gateway.Json;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Api.Ai;

internal sealed record ExplainBody
{
    [Required]
    public ProgramBody? Program { get; init; }

    [Description("What the user saw when it last ran. Default: the program has not run.")]
    public RunReportBody? LastRun { get; init; }

    [MaxLength(4096), Description("What the user wants to know. Default: explain the program, or its failure.")]
    public string? Question { get; init; }

    [Description("Language of the answer as an IETF tag; default \"en\".")]
    public string? Locale { get; init; }
}

internal sealed record FixBody
{
    [Required]
    public ProgramBody? Program { get; init; }

    [Description("What the user saw when it last ran. Default: the program has not run.")]
    public RunReportBody? LastRun { get; init; }

    [MaxLength(4096), Description("What should happen instead. Default: it compiles, runs and exits with 0.")]
    public string? Instruction { get; init; }

    [Description("Language of the answer as an IETF tag; default \"en\".")]
    public string? Locale { get; init; }
}

internal sealed record ProgramBody
{
    [Required, Description("Id of a language.")]
    public string? Language { get; init; }

    [Required, MinLength(1), MaxLength(20), Description("All at most 256 KiB.")]
    public IReadOnlyList<ProgramFileBody?>? Files { get; init; }

    public string? EntryPoint { get; init; }

    public string? Stdin { get; init; }

    public IReadOnlyList<string?>? Arguments { get; init; }
}

internal sealed record ProgramFileBody
{
    [Required]
    public string? Path { get; init; }

    [Required]
    public string? Content { get; init; }
}

[Description("As an execution answered; texts longer than 64 KiB are cut in the middle.")]
internal sealed record RunReportBody
{
    public string? Outcome { get; init; }

    // Output as an execution answered it: what was not text stays unreadable to a model, but is no reason to refuse.
    public TextOrBytes? CompilerOutput { get; init; }

    public TextOrBytes? Stdout { get; init; }

    public TextOrBytes? Stderr { get; init; }

    public int? ExitCode { get; init; }

    public string? Message { get; init; }
}

/// <summary>Turns bodies into requests; only what is missing or null is checked here.</summary>
internal static class AssistanceRequests
{
    /// <exception cref="ProblemException">Members are missing or null; names each.</exception>
    public static ExplainRequest ToRequest(this ExplainBody body) => new()
    {
        Program = ToProgram(body.Program),
        LastRun = ToReport(body.LastRun),
        Question = body.Question ?? "",
        Locale = body.Locale ?? "",
    };

    /// <exception cref="ProblemException">Members are missing or null; names each.</exception>
    public static FixRequest ToRequest(this FixBody body) => new()
    {
        Program = ToProgram(body.Program),
        LastRun = ToReport(body.LastRun),
        Instruction = body.Instruction ?? "",
        Locale = body.Locale ?? "",
    };

    private static OnlineCompiler.Ai.V1.Program ToProgram(ProgramBody? body)
    {
        if (body is null)
            throw ProblemException.ForField("program", "Required.");

        var errors = new FieldErrors("program.");
        errors.Require(body.Language, "language");
        errors.RequireSome(body.Files, "files", "At least one file is needed.");

        var program = new OnlineCompiler.Ai.V1.Program
        {
            Language = body.Language ?? "",
            EntryPoint = body.EntryPoint ?? "",
            Stdin = body.Stdin ?? "",
        };
        program.Arguments.AddRange(errors.Elements(body.Arguments, "arguments"));
        for (var i = 0; i < (body.Files?.Count ?? 0); i++)
        {
            var file = body.Files![i];
            errors.Require(file?.Path, $"files[{i}].path");
            if (file?.Content is null)
                errors.Add($"files[{i}].content", "Required.");
            program.Files.Add(new ProgramFile { Path = file?.Path ?? "", Content = file?.Content ?? "" });
        }

        errors.ThrowIfAny();
        return program;
    }

    private static RunReport? ToReport(RunReportBody? body)
    {
        if (body is null)
            return null;

        var report = new RunReport
        {
            // "nonzeroExit" here is NONZERO_EXIT there.
            Outcome = JsonNamingPolicy.SnakeCaseUpper.ConvertName(body.Outcome ?? ""),
            CompilerOutput = body.CompilerOutput?.ToText() ?? "",
            Stdout = body.Stdout?.ToText() ?? "",
            Stderr = body.Stderr?.ToText() ?? "",
            Message = body.Message ?? "",
        };
        if (body.ExitCode is { } exitCode)
            report.ExitCode = exitCode;
        return report;
    }
}

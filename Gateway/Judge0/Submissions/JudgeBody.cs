using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace OnlineCompiler.Gateway.Judge0.Submissions;

/// <summary>A submission as the document describes it; <see cref="SubmissionReader"/> reads it, more leniently.</summary>
internal sealed record JudgeBody
{
    [JsonPropertyName("source_code"), Description("The program; absent for a multi-file program (89).")]
    public string? SourceCode { get; init; }

    [Required, JsonPropertyName("language_id"), Description("Judge0's id of the language.")]
    public int? LanguageId { get; init; }

    [JsonPropertyName("stdin"), Description("Standard input.")]
    public string? Stdin { get; init; }

    [JsonPropertyName("expected_output"), Description("What the output is compared with, but for white space at the end of lines. Default: nothing is compared.")]
    public string? ExpectedOutput { get; init; }

    [JsonPropertyName("compiler_options"), Description("At most 512 characters, split as a shell does.")]
    public string? CompilerOptions { get; init; }

    [JsonPropertyName("command_line_arguments"), Description("At most 512 characters, split as a shell does.")]
    public string? CommandLineArguments { get; init; }

    [JsonPropertyName("cpu_time_limit"), Description("Seconds; default 5, at most 15.")]
    public double? CpuTimeLimit { get; init; }

    [JsonPropertyName("cpu_extra_time"), Description("Seconds that it may go on after that; default 1, at most 5.")]
    public double? CpuExtraTime { get; init; }

    [JsonPropertyName("wall_time_limit"), Description("Seconds; default 10, 1-20.")]
    public double? WallTimeLimit { get; init; }

    [JsonPropertyName("memory_limit"), Description("KiB; default 128000, 2048-512000.")]
    public int? MemoryLimit { get; init; }

    [JsonPropertyName("max_processes_and_or_threads"), Description("Default 60, at most 120.")]
    public int? MaxProcesses { get; init; }

    [JsonPropertyName("max_file_size"), Description("KiB of each output stream; default 1024, at most 4096.")]
    public int? MaxFileSize { get; init; }

    [JsonPropertyName("number_of_runs"), Description("How often it runs, until one is not accepted; default 1, at most 20. Time and memory are means.")]
    public int? NumberOfRuns { get; init; }

    [JsonPropertyName("redirect_stderr_to_stdout"), Description("Puts standard error behind standard output.")]
    public bool? RedirectStderrToStdout { get; init; }

    [JsonPropertyName("callback_url"), Description("Gets the submission by PUT when it has ended, as Base64.")]
    public string? CallbackUrl { get; init; }

    [JsonPropertyName("additional_files"), Description("A ZIP archive as Base64, unpacked beside the source.")]
    public string? AdditionalFiles { get; init; }
}

internal sealed record JudgeBatchBody
{
    [Required, MinLength(1), Description("1-20 submissions.")]
    public IReadOnlyList<JudgeBody>? Submissions { get; init; }
}

/// <summary>Names a submission.</summary>
internal sealed record JudgeToken(string Token);

/// <summary>The usual fields of a submission, as the document describes them; <see cref="SubmissionFields"/> writes them.</summary>
internal sealed record JudgeAnswer
{
    [Description("Null when there is none.")]
    public string? Stdout { get; init; }

    [Description("Seconds of CPU, as a string.")]
    public string? Time { get; init; }

    [Description("Peak, in KiB.")]
    public long? Memory { get; init; }

    [Description("Null when there is none.")]
    public string? Stderr { get; init; }

    public required string Token { get; init; }

    [JsonPropertyName("compile_output"), Description("What the compiler said; null when it said nothing.")]
    public string? CompileOutput { get; init; }

    [Description("Why it did not end well.")]
    public string? Message { get; init; }

    public required JudgeStatusAnswer Status { get; init; }
}

internal sealed record JudgeStatusAnswer(int Id, string Description);

internal sealed record JudgeBatchAnswer(IReadOnlyList<JudgeAnswer?> Submissions);

internal static class JudgeExamples
{
    private const string ExampleToken = "d85cd024-1548-4165-96c7-7bc88673f194";

    public static readonly JudgeBody Body = new() { LanguageId = 71, SourceCode = "print(input()[::-1])", Stdin = "abc", ExpectedOutput = "cba" };

    public static readonly JudgeBatchBody Batch = new() { Submissions = [Body] };

    public static readonly JudgeToken Token = new(ExampleToken);

    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Invalid =
        new Dictionary<string, IReadOnlyList<string>> { ["language_id"] = ["language with id 9999 doesn't exist"] };

    public static readonly JudgeAnswer Answer = new()
    {
        Stdout = "cba\n",
        Time = "0.016",
        Memory = 9_216,
        Token = ExampleToken,
        Status = new JudgeStatusAnswer(JudgeStatus.Accepted, JudgeStatus.DescriptionOf(JudgeStatus.Accepted)),
    };

    public static readonly JudgeBatchAnswer BatchAnswer = new([Answer]);
}

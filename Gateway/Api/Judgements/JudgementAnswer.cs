using System.ComponentModel;
using System.Text.Json.Serialization;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;

namespace OnlineCompiler.Gateway.Api.Judgements;

internal sealed record CompiledAnswer(
    JudgePart Part,
    [property: Description("With the first 16 KiB of what the compiler printed.")] StageAnswer Result)
{
    public static CompiledAnswer From(JudgeCompiled compiled) => new(compiled.Part, StageAnswer.From(compiled.Result)!);
}

internal sealed record TestAnswer
{
    [Description("Place in the request, from 0.")]
    public required uint Index { get; init; }

    public required string Id { get; init; }

    public required Verdict Verdict { get; init; }

    [Description("From 0 to points.")]
    public required double Score { get; init; }

    public required double Points { get; init; }

    [Description("For people: where the output differs, which limit was reached, what the checker said. Null when there is nothing to say, and for hidden tests.")]
    public required string? Message { get; init; }

    public required bool Hidden { get; init; }

    [Description("The program's run, with the first 16 KiB of each output stream; of a hidden test outcome, times and memory only. Null when it was skipped or stopped.")]
    public required StageAnswer? Run { get; init; }

    public static TestAnswer From(JudgeTestResult result) => new()
    {
        Index = result.Index,
        Id = result.Id,
        Verdict = result.Verdict,
        Score = result.Score,
        Points = result.Points,
        Message = result.Message is "" ? null : result.Message,
        Hidden = result.Hidden,
        Run = StageAnswer.From(result.Run),
    };
}

/// <summary>The end of a judgement; the last event of a stream.</summary>
internal record JudgementResult
{
    [Description("Names this judgement in logs and traces.")]
    public required string Id { get; init; }

    [Description("Id of the language, whatever alias the request used.")]
    public required string Language { get; init; }

    [Description("Version of the toolchain that ran it.")]
    public required string Version { get; init; }

    [Description(
        "That of the first test, in the order of the request, that is neither accepted nor skipped; accepted when there is none. " +
        "compilationError when the program, internalError when the checker or interactor, does not compile.")]
    public required Verdict Verdict { get; init; }

    [Description("Sum over all tests.")]
    public required double Score { get; init; }

    [Description("Sum over all tests.")]
    public required double Points { get; init; }

    [Description("Tests that were accepted.")]
    public required uint Accepted { get; init; }

    [Description("Tests that were neither accepted nor skipped.")]
    public required uint Failed { get; init; }

    public required uint Skipped { get; init; }

    [Description("Why no test ran; else null.")]
    public required string? Message { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Only there when the service's operator accepted a weaker sandbox than the full one: which.")]
    public Isolation? Isolation { get; init; }

    public static JudgementResult From(JudgeResult result) => new()
    {
        Id = result.RequestId,
        Language = result.Language,
        Version = result.Version,
        Verdict = result.Verdict,
        Score = result.Score,
        Points = result.Points,
        Accepted = result.AcceptedCount,
        Failed = result.FailedCount,
        Skipped = result.SkippedCount,
        Message = result.Message is "" ? null : result.Message,
        Isolation = result.Isolation is Execution.V1.Isolation.Full or Execution.V1.Isolation.Unspecified ? null : result.Isolation,
    };
}

/// <summary>The whole judgement in one answer.</summary>
internal sealed record JudgementAnswer : JudgementResult
{
    public JudgementAnswer()
    {
    }

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public JudgementAnswer(JudgementResult result, IReadOnlyList<CompiledAnswer> compiled, IReadOnlyList<TestAnswer> tests)
        : base(result)
    {
        Compiled = compiled;
        Tests = tests;
    }

    // What is inherited comes first.
    [JsonPropertyOrder(1)]
    [Description("One for each of program, checker and interactor that is compiled.")]
    public required IReadOnlyList<CompiledAnswer> Compiled { get; init; }

    [JsonPropertyOrder(2)]
    [Description("In the order of the request.")]
    public required IReadOnlyList<TestAnswer> Tests { get; init; }
}

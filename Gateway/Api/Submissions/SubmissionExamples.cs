using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Api.Judgements;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Api.Submissions;

/// <summary>Examples for the API's pages, made of the types themselves so that they cannot disagree.</summary>
internal static class SubmissionExamples
{
    private static readonly DateTime Created = new(2026, 11, 23, 9, 30, 0, DateTimeKind.Utc);

    public static readonly SubmissionBody Body = new()
    {
        Execution = ExecutionExamples.Body,
        Callback = new CallbackBody
        {
            Url = "https://example.com/results",
            Secret = "whsec_" + Convert.ToBase64String("a secret of 24-64 bytes, from a generator"u8),
            Context = "homework 3",
        },
    };

    public static readonly BatchBody Batch = new() { Submissions = [Body, new SubmissionBody { Judgement = JudgementExamples.Body }] };

    public static readonly SubmissionAnswer Queued = new()
    {
        Id = "3q2-7wAAbbCCddEEffGGhh",
        State = SubmissionState.Queued,
        CreatedAt = Created,
        StartedAt = null,
        FinishedAt = null,
        ExpiresAt = Created.AddDays(1),
        Attempts = 0,
        Message = null,
    };

    public static readonly SubmissionAnswer Finished = Queued with
    {
        State = SubmissionState.Finished,
        StartedAt = Created.AddMilliseconds(2),
        FinishedAt = Created.AddMilliseconds(12),
        Attempts = 1,
        Execution = ExecutionExamples.Answer,
    };

    public static readonly SubmissionAnswer Cancelled = Queued with { State = SubmissionState.Cancelled, FinishedAt = Created.AddSeconds(3) };

    public static readonly BatchAnswer BatchAnswer = new(
    [
        new BatchItemAnswer(Queued, null),
        new BatchItemAnswer(null, ErrorExamples.Complete(
            ProblemKind.InvalidRequest.Problem(new Dictionary<string, string[]> { ["judgement.tests"] = ["At least one test is needed."] }), "/api/v1/submissions/batch")),
    ]);

    public const string Events =
        "event: state\ndata: {\"id\":\"3q2-7wAAbbCCddEEffGGhh\",\"state\":\"running\",\"createdAt\":\"2026-11-23T09:30:00Z\",…}\n\n" +
        "event: state\ndata: {\"id\":\"3q2-7wAAbbCCddEEffGGhh\",\"state\":\"finished\",…,\"execution\":{…}}\n\n";
}

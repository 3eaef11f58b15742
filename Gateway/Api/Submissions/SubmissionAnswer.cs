using System.ComponentModel;
using System.Text.Json.Serialization;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Mvc;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Api.Judgements;

namespace OnlineCompiler.Gateway.Api.Submissions;

internal sealed record SubmissionAnswer
{
    [Description("Cannot be guessed: whoever knows it may ask for the submission, and cancel it.")]
    public required string Id { get; init; }

    [Description("queued, running, and one of the final ones: finished (with a result, which may be that the program failed), cancelled, failed (never the program's fault).")]
    public required SubmissionState State { get; init; }

    public required DateTime CreatedAt { get; init; }

    [Description("When it last began to run; null before.")]
    public required DateTime? StartedAt { get; init; }

    [Description("When it came to its final state; null before.")]
    public required DateTime? FinishedAt { get; init; }

    [Description("When it will be forgotten.")]
    public required DateTime ExpiresAt { get; init; }

    [Description("How often it began to run: more than once when a machine was lost.")]
    public required uint Attempts { get; init; }

    [Description("Why it failed; else null.")]
    public required string? Message { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Only there when an execution has finished.")]
    public ExecutionAnswer? Execution { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Only there when a judgement has finished.")]
    public JudgementAnswer? Judgement { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [Description("The result was too large to be kept whole: artifacts, and output beyond 4 KiB of each stream or less, were left out.")]
    public bool ResultCut { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("How far its callback is; only there when one was asked for.")]
    public CallbackAnswer? Callback { get; init; }

    public static SubmissionAnswer From(Submission submission) => new()
    {
        Id = submission.Id,
        State = submission.State,
        CreatedAt = TimeOf(submission.CreatedAt) ?? default,
        StartedAt = TimeOf(submission.StartedAt),
        FinishedAt = TimeOf(submission.FinishedAt),
        ExpiresAt = TimeOf(submission.ExpiresAt) ?? default,
        Attempts = submission.Attempts,
        Message = submission.Message is "" ? null : submission.Message,
        Execution = submission.Execution is { } execution ? ExecutionAnswer.From(execution) : null,
        Judgement = submission.Judgement is { } judgement ? From(judgement) : null,
        ResultCut = submission.ResultCut,
        Callback = submission.Callback is { } callback ? CallbackAnswer.From(callback) : null,
    };

    private static JudgementAnswer From(JudgeResponse response) => new(
        JudgementResult.From(response.Result),
        [.. response.Compiled.Select(CompiledAnswer.From)],
        [.. response.Tests.Select(TestAnswer.From)]);

    private static DateTime? TimeOf(Timestamp? time) => time?.ToDateTime();
}

internal enum CallbackAnswerState
{
    Pending,
    Delivered,
    Failed,
}

internal sealed record CallbackAnswer
{
    [Description("pending until it is delivered, or failed: given up, or refused for good.")]
    public required CallbackAnswerState State { get; init; }

    [Description("How often it was begun to be sent.")]
    public required uint Attempts { get; init; }

    [Description("HTTP status of the last answer; null when there was none.")]
    public required uint? LastStatus { get; init; }

    [Description("Why the last attempt failed; else null.")]
    public required string? Message { get; init; }

    public static CallbackAnswer From(CallbackDelivery delivery) => new()
    {
        State = delivery.State switch
        {
            CallbackDelivery.Types.State.Delivered => CallbackAnswerState.Delivered,
            CallbackDelivery.Types.State.Failed => CallbackAnswerState.Failed,
            _ => CallbackAnswerState.Pending,
        },
        Attempts = delivery.Attempts,
        LastStatus = delivery.LastStatus == 0 ? null : delivery.LastStatus,
        Message = delivery.Message is "" ? null : delivery.Message,
    };
}

[Description("Either a submission or the problem that kept it from being one.")]
internal sealed record BatchItemAnswer(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SubmissionAnswer? Submission,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ProblemDetails? Problem);

internal sealed record BatchAnswer([property: Description("In the order of the request.")] IReadOnlyList<BatchItemAnswer> Submissions);

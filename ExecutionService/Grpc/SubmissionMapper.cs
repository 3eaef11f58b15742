using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Submissions;
using Submission = OnlineCompiler.ExecutionService.Submissions.Submission;
using SubmissionState = OnlineCompiler.ExecutionService.Submissions.SubmissionState;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Turns what is kept of a submission into the contract's message.</summary>
internal static class SubmissionMapper
{
    public static Execution.V1.Submission Map(Submission submission)
    {
        var message = new Execution.V1.Submission
        {
            Id = submission.Id,
            State = Map(submission.State),
            CreatedAt = Timestamp.FromDateTimeOffset(submission.CreatedAt),
            StartedAt = Map(submission.StartedAt),
            FinishedAt = Map(submission.FinishedAt),
            ExpiresAt = Timestamp.FromDateTimeOffset(submission.ExpiresAt),
            Attempts = (uint)submission.Attempts,
            Message = submission.Message,
            ResultCut = submission.IsCut,
        };
        if (submission.State == SubmissionState.Finished && submission.Kind == SubmissionKind.Execution)
            message.Execution = ExecuteResponse.Parser.ParseFrom(UnsafeByteOperations.UnsafeWrap(submission.Result));
        else if (submission.State == SubmissionState.Finished)
            message.Judgement = JudgeResponse.Parser.ParseFrom(UnsafeByteOperations.UnsafeWrap(submission.Result));
        if (submission.Callback is { } callback)
        {
            message.Callback = new Execution.V1.CallbackDelivery
            {
                State = Map(callback.State),
                Attempts = (uint)callback.Attempts,
                LastStatus = (uint)callback.LastStatus,
                Message = callback.Message,
            };
        }
        return message;
    }

    private static Timestamp? Map(DateTimeOffset? time) => time is { } given ? Timestamp.FromDateTimeOffset(given) : null;

    private static Execution.V1.SubmissionState Map(SubmissionState state) => state switch
    {
        SubmissionState.Queued => Execution.V1.SubmissionState.Queued,
        SubmissionState.Running => Execution.V1.SubmissionState.Running,
        SubmissionState.Finished => Execution.V1.SubmissionState.Finished,
        SubmissionState.Cancelled => Execution.V1.SubmissionState.Cancelled,
        _ => Execution.V1.SubmissionState.Failed,
    };

    private static Execution.V1.CallbackDelivery.Types.State Map(CallbackState state) => state switch
    {
        CallbackState.Pending => Execution.V1.CallbackDelivery.Types.State.Pending,
        CallbackState.Delivered => Execution.V1.CallbackDelivery.Types.State.Delivered,
        _ => Execution.V1.CallbackDelivery.Types.State.Failed,
    };
}

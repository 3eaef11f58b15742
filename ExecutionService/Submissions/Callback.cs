namespace OnlineCompiler.ExecutionService.Submissions;

/// <summary>The first is on its way, the others are final.</summary>
internal enum CallbackState
{
    Pending,
    Delivered,
    Failed,
}

/// <summary>How far the callback of a submission is.</summary>
/// <param name="State">Whether it has arrived.</param>
/// <param name="Attempts">How often it was begun to be sent.</param>
/// <param name="LastStatus">HTTP status of the last answer; 0 when there was none.</param>
/// <param name="Message">Why the last attempt failed; else empty.</param>
internal sealed record CallbackDelivery(CallbackState State, int Attempts, int LastStatus, string Message);

/// <summary>A callback that someone is about to send.</summary>
/// <param name="SubmissionId">Names the submission that has ended.</param>
/// <param name="Owner">Names this taking of it: whoever holds another name has lost it.</param>
/// <param name="Callback">As it was asked for; opaque here.</param>
/// <param name="Attempt">Which one this is, from 1.</param>
internal sealed record TakenCallback(string SubmissionId, string Owner, ReadOnlyMemory<byte> Callback, int Attempt);

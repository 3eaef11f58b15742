using System.Buffers.Text;
using System.Security.Cryptography;

namespace OnlineCompiler.ExecutionService.Submissions;

internal enum SubmissionKind
{
    Execution,
    Judgement,
}

/// <summary>The first two are ways to a result, the others are final.</summary>
internal enum SubmissionState
{
    Queued,
    Running,
    Finished,
    Cancelled,
    Failed,
}

/// <summary>What somebody wants run later. Checked already; opaque here.</summary>
/// <param name="Kind">What the request is.</param>
/// <param name="Caller">Whose share and bounds it counts against.</param>
/// <param name="Request">As its worker will get it.</param>
/// <param name="IdempotencyKey">Of this caller; empty for none.</param>
/// <param name="Fingerprint">Equal for requests that mean the same.</param>
/// <param name="Callback">As whoever sends it will get it; empty for none.</param>
internal sealed record SubmissionOrder(
    SubmissionKind Kind, string Caller, ReadOnlyMemory<byte> Request, string IdempotencyKey, ReadOnlyMemory<byte> Fingerprint, ReadOnlyMemory<byte> Callback = default);

/// <summary>What is known of a submission.</summary>
/// <param name="Id">Names it, and is all one needs to ask for it.</param>
/// <param name="Kind">What its result is.</param>
/// <param name="State">How far it is.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="StartedAt">When it last began to run.</param>
/// <param name="FinishedAt">When it came to its final state.</param>
/// <param name="ExpiresAt">When it will be forgotten.</param>
/// <param name="Attempts">How often it began to run.</param>
/// <param name="Result">As its worker made it; empty unless it is finished.</param>
/// <param name="Message">Why it failed; empty unless it has.</param>
/// <param name="IsCut">Whether parts of the result were left out.</param>
/// <param name="Callback">How far its callback is; null when none was asked for.</param>
internal sealed record Submission(
    string Id,
    SubmissionKind Kind,
    SubmissionState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset ExpiresAt,
    int Attempts,
    ReadOnlyMemory<byte> Result,
    string Message,
    bool IsCut,
    CallbackDelivery? Callback)
{
    public bool IsFinal => State >= SubmissionState.Finished;
}

/// <summary>A submission that a worker has begun.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Entry">Its place in the stream.</param>
/// <param name="Owner">Names this beginning of it: whoever holds another name has lost it.</param>
/// <param name="Kind">What the request is.</param>
/// <param name="Request">As it was submitted.</param>
/// <param name="Attempt">How often it has begun, this time included.</param>
/// <param name="Age">Since it was submitted.</param>
internal sealed record TakenSubmission(
    string Id, string Entry, string Owner, SubmissionKind Kind, ReadOnlyMemory<byte> Request, int Attempt, TimeSpan Age);

/// <summary>What a worker hears when it says that it lives.</summary>
/// <param name="Lost">Ids of those that it holds no longer.</param>
/// <param name="Taken">What it has to begin.</param>
/// <param name="IsMore">Whether there may be more.</param>
/// <param name="Failed">How many were given up, for all who began them were lost.</param>
/// <param name="Waiting">How many wait, whoever will run them.</param>
/// <param name="LongestWait">Of the first of these.</param>
internal sealed record Work(
    IReadOnlyList<string> Lost, IReadOnlyList<TakenSubmission> Taken, bool IsMore, int Failed, int Waiting, TimeSpan LongestWait);

/// <summary>What a submission has come to.</summary>
/// <param name="Bytes">To be kept.</param>
/// <param name="Short">To be kept in place of it where there is no room; the same where it is short.</param>
/// <param name="IsCut">Whether parts were left out of the first already.</param>
internal sealed record SubmissionResult(ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Short, bool IsCut);

/// <summary>128 random bits as 22 URL-safe characters.</summary>
internal static class SubmissionId
{
    private const int Length = 22;
    private const int RandomBytes = 16;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static bool IsWellFormed(string id) => id.Length == Length && Base64Url.IsValid(id);
}

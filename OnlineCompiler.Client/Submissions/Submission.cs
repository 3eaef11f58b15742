using System.Text.Json.Serialization;

namespace OnlineCompiler.Client;

/// <summary>A program that was handed in, to be run when its turn comes.</summary>
public sealed record Submission
{
    /// <summary>Names it, and is all that one needs to ask for it: do not publish it.</summary>
    public required string Id { get; init; }

    /// <summary>How far it is.</summary>
    public required SubmissionState State { get; init; }

    /// <summary>When it was handed in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last began to run; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it came to its final state; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When the service will forget it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How often it began to run: more than once when a machine was lost.</summary>
    public int Attempts { get; init; }

    /// <summary>Why it failed; else null.</summary>
    public string? Message { get; init; }

    /// <summary>Its result; null unless it has finished.</summary>
    public ExecutionResult? Execution { get; init; }

    /// <summary>Whether the result was too large to be kept whole: artifacts and ends of output were left out.</summary>
    public bool ResultCut { get; init; }

    /// <summary>How far its callback is; null when none was asked for.</summary>
    public CallbackDelivery? Callback { get; init; }

    /// <summary>Whether nothing changes any more but its callback.</summary>
    [JsonIgnore]
    public bool IsFinal => State is not (SubmissionState.Queued or SubmissionState.Running);
}

/// <summary>How far a submission is; the first two are on the way, the others final.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SubmissionState>))]
public enum SubmissionState
{
    /// <summary>It waits.</summary>
    Queued,

    /// <summary>It runs somewhere.</summary>
    Running,

    /// <summary>It has a result, which may be that the program failed.</summary>
    Finished,

    /// <summary>As asked.</summary>
    Cancelled,

    /// <summary>It could not be run in several attempts; never the program's fault.</summary>
    Failed,
}

/// <summary>Whom to tell when a submission has ended: by a POST in the form of the Standard Webhooks specification.</summary>
/// <param name="Url">http or https, at most 2 048 ASCII characters, of a host of the public internet or one that the operator allows.</param>
/// <param name="Secret">Key of the signatures, see <see cref="CallbackVerifier.CreateSecret"/>; null for none.</param>
/// <param name="Context">Your own, given back with the callback; at most 1 KiB.</param>
public sealed record Callback(string Url, string? Secret = null, string? Context = null);

/// <summary>How far a callback is.</summary>
public sealed record CallbackDelivery
{
    /// <summary>Whether it has arrived.</summary>
    public required CallbackState State { get; init; }

    /// <summary>How often it was begun to be sent.</summary>
    public int Attempts { get; init; }

    /// <summary>HTTP status of the last answer; null when there was none.</summary>
    public int? LastStatus { get; init; }

    /// <summary>Why the last attempt failed; else null.</summary>
    public string? Message { get; init; }
}

/// <summary>Whether a callback has arrived.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CallbackState>))]
public enum CallbackState
{
    /// <summary>Not yet.</summary>
    Pending,

    /// <summary>It has.</summary>
    Delivered,

    /// <summary>It was given up, or refused for good.</summary>
    Failed,
}

/// <summary>The body of a callback.</summary>
public sealed record CallbackMessage
{
    /// <summary>submission.finished, submission.cancelled or submission.failed.</summary>
    public required string Type { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>As it was given with the callback; null when it was not.</summary>
    public string? Context { get; init; }

    /// <summary>The submission in its final state.</summary>
    public required Submission Data { get; init; }

    /// <summary>The result is too large for a callback; it is there to be asked for.</summary>
    public bool ResultOmitted { get; init; }
}

internal sealed record SubmissionBody(ExecutionRequest Execution, Callback? Callback);

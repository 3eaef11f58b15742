using Microsoft.Extensions.Options;

namespace OnlineCompiler.ExecutionService.Submissions;

/// <summary>Section <c>Submissions</c>: how many wait, how long they are kept, and when a worker counts as lost.</summary>
internal sealed class SubmissionOptions
{
    public const string Section = "Submissions";

    /// <summary>How long a submission is kept after it was made, and after it ended. Default 24 h; range 1 s to 7 days.</summary>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a worker may be silent before what it was running is given to another. Default 15 s; range 500 ms to 10 min.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often one is begun at most before it has failed. Default 3; range 1-10.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Submissions that may wait or run, of all callers; further ones are refused. Default 10 000; range 1-1 000 000.</summary>
    public int MaxWaiting { get; set; } = 10_000;

    /// <summary>Of these, of any one caller. Default 1 000; range 1-MaxWaiting.</summary>
    public int MaxWaitingPerCaller { get; set; } = 1_000;

    /// <summary>Callbacks of submissions that have ended, not yet delivered; further submissions with one are refused. Default 10 000; range 1-1 000 000.</summary>
    public int MaxCallbacks { get; set; } = 10_000;

    /// <summary>Bytes of one result; of a larger one artifacts and output are left out, and that is told. Default 8 MiB; range 16 KiB-48 MiB.</summary>
    public int MaxResultBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// Bytes, compressed, of all requests that wait and all results that are kept. Beyond them submissions are refused, and results
    /// of those that were accepted before are kept without artifacts and most of their output. Default 512 MiB; range 1 MiB-1 TiB.
    /// </summary>
    public long MaxKeptBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>Often enough that one lost beat does not end a lease.</summary>
    internal TimeSpan Beat => Lease / 3;
}

internal sealed class SubmissionOptionsValidator : IValidateOptions<SubmissionOptions>
{
    private const int MinResultBytes = 16 * 1024;
    private const int MaxResultBytes = 48 * 1024 * 1024;
    private const long MinKeptBytes = 1024 * 1024;
    private const long MaxKeptBytes = 1024L * 1024 * 1024 * 1024;
    private static readonly TimeSpan MinTimeToLive = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxTimeToLive = TimeSpan.FromDays(7);
    private static readonly TimeSpan MinLease = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxLease = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, SubmissionOptions options)
    {
        var wrong = new List<string>();
        if (options.TimeToLive < MinTimeToLive || options.TimeToLive > MaxTimeToLive)
            wrong.Add($"Submissions:TimeToLive must be from {MinTimeToLive} to {MaxTimeToLive}, not {options.TimeToLive}.");
        if (options.Lease < MinLease || options.Lease > MaxLease)
            wrong.Add($"Submissions:Lease must be from {MinLease} to {MaxLease}, not {options.Lease}.");
        if (options.MaxAttempts is < 1 or > 10)
            wrong.Add($"Submissions:MaxAttempts must be from 1 to 10, not {options.MaxAttempts}.");
        if (options.MaxWaiting is < 1 or > 1_000_000)
            wrong.Add($"Submissions:MaxWaiting must be from 1 to 1000000, not {options.MaxWaiting}.");
        if (options.MaxWaitingPerCaller < 1 || options.MaxWaitingPerCaller > options.MaxWaiting)
            wrong.Add($"Submissions:MaxWaitingPerCaller must be from 1 to Submissions:MaxWaiting, {options.MaxWaiting}, not {options.MaxWaitingPerCaller}.");
        if (options.MaxCallbacks is < 1 or > 1_000_000)
            wrong.Add($"Submissions:MaxCallbacks must be from 1 to 1000000, not {options.MaxCallbacks}.");
        if (options.MaxResultBytes is < MinResultBytes or > MaxResultBytes)
            wrong.Add($"Submissions:MaxResultBytes must be from {MinResultBytes} to {MaxResultBytes}, not {options.MaxResultBytes}.");
        if (options.MaxKeptBytes is < MinKeptBytes or > MaxKeptBytes)
            wrong.Add($"Submissions:MaxKeptBytes must be from {MinKeptBytes} to {MaxKeptBytes}, not {options.MaxKeptBytes}.");
        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}

using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Callbacks;
using OnlineCompiler.Gateway.Judge0.Access;
using OnlineCompiler.Gateway.Judge0.Languages;
using OnlineCompiler.Gateway.Judge0.Running;
using OnlineCompiler.Gateway.Judge0.Wire;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Judge0.Submissions;

/// <summary>What all calls about submissions need, and what they check, in Judge0's order.</summary>
internal sealed class JudgeCalls(
    JudgeLanguages languages,
    JudgeStore store,
    JudgeRuns runs,
    JudgeFollower follower,
    JudgeAccess access,
    CallbackTargets targets,
    RunBudget budget,
    IOptions<Judge0Options> options,
    IOptions<Judge0Limits> limits,
    TimeProvider clock)
{
    public Judge0Options Options { get; } = options.Value;

    public JudgeStore Store { get; } = store;

    public JudgeRuns Runs { get; } = runs;

    public JudgeAccess Access { get; } = access;

    public bool IsBase64(JudgeParameters parameters) => Options.Base64ByDefault
        ? !parameters.Is("base64_encoded", "false")
        : parameters.Is("base64_encoded", "true");

    /// <exception cref="JudgeRefusal">503: it is in maintenance.</exception>
    public void RequireService()
    {
        if (Options.Maintenance)
            throw JudgeRefusal.Because(Options.MaintenanceMessage, StatusCodes.Status503ServiceUnavailable);
    }

    /// <exception cref="JudgeRefusal">503: too many wait already.</exception>
    public async Task RequireRoomAsync(int count, CancellationToken cancellationToken)
    {
        if (await CountPendingAsync(cancellationToken) + count > Options.MaxQueueSize)
            throw JudgeRefusal.QueueIsFull(retryAfterSeconds: 1);
    }

    /// <exception cref="JudgeRefusal">400: too many, or none.</exception>
    public void RequireBatch(int count)
    {
        if (count > Options.MaxBatchSize)
            throw JudgeRefusal.Because($"number of submissions in a batch should be less than or equal to {Options.MaxBatchSize}");
        if (count == 0)
            throw JudgeRefusal.Because("there should be at least one submission in a batch");
    }

    /// <exception cref="JudgeRefusal">400: there are no batches here.</exception>
    public void RequireBatches()
    {
        if (!Options.EnableBatches)
            throw JudgeRefusal.Because("batched submissions are not allowed");
    }

    /// <exception cref="JudgeRefusal">422: something is wrong with it.</exception>
    public async Task<(JudgeSubmission Submission, JudgeLanguage Language)> ReadAsync(JudgeParameters parameters, bool isBase64, HttpContext context) =>
        new SubmissionReader(parameters, isBase64, await languages.ListAsync(context.RequestAborted), targets, Options, limits.Value)
            .Read(Caller.Of(context), clock.GetUtcNow().UtcDateTime);

    /// <param name="runs">How many programs are to run.</param>
    /// <param name="chargedRuns">How many of these the rate limit has counted already.</param>
    /// <param name="context">Of the caller.</param>
    /// <exception cref="ProblemException">The caller may not run that many now.</exception>
    public void Charge(int runs, int chargedRuns, HttpContext context)
    {
        if (!budget.TryTake(Caller.Of(context), runs - chargedRuns, out var refusal))
            throw new ProblemException(RateLimits.Refusal(refusal));
    }

    public async Task SubmitAsync(JudgeSubmission submission, CancellationToken cancellationToken)
    {
        await Runs.SubmitAsync(submission, cancellationToken);
        follower.Follow(submission.Token);
    }

    /// <summary>Runs it; that it cannot be kept is no reason not to tell how it ended.</summary>
    public async Task<JudgeSubmission> RunAsync(JudgeSubmission submission, JudgeLanguage language, CancellationToken cancellationToken)
    {
        if (submission.CallbackUrl is not null)
            return await SubmitAndWaitAsync(submission, cancellationToken);
        var ended = await Runs.RunAsync(submission, language, cancellationToken);
        try
        {
            if (Store.IsConfigured)
                await Store.AddAsync(ended, cancellationToken);
        }
        catch (ProblemException)
        {
            // Its token will not be known.
        }

        return ended;
    }

    // Only a submission that is kept has a callback.
    private async Task<JudgeSubmission> SubmitAndWaitAsync(JudgeSubmission submission, CancellationToken cancellationToken)
    {
        await SubmitAsync(submission, cancellationToken);
        await Runs.FollowAsync(submission.Token, cancellationToken);
        return await Runs.FindAsync(submission.Token, cancellationToken) ?? throw JudgeRefusal.Bare(StatusCodes.Status404NotFound);
    }

    // Where nothing can be counted, nothing waits but in the service's own queue, which refuses for itself.
    private async Task<long> CountPendingAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Store.IsConfigured ? await Store.CountPendingAsync(cancellationToken) : 0;
        }
        catch (ProblemException)
        {
            return 0;
        }
    }
}

using Grpc.Core;
using Microsoft.Extensions.Options;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Judge0.Languages;
using OnlineCompiler.Gateway.Judge0.Submissions;
using OnlineCompiler.Gateway.Judge0.Wire;

namespace OnlineCompiler.Gateway.Judge0.Running;

/// <summary>
/// Runs submissions, inside of the request or by submissions of the service, which survive the end of any of us. Whoever hears first of an
/// end notes it: everything here may be done twice, and by two Gateways, and is only once in the end.
/// </summary>
internal sealed class JudgeRuns(ExecutionClient client, JudgeLanguages languages, JudgeStore store, IOptions<Judge0Options> options, TimeProvider clock)
{
    /// <summary>Runs it as often as it asks for, and stops at the first that is not accepted.</summary>
    /// <exception cref="JudgeRefusal">The queue is full, or the service takes less than Judge0.</exception>
    /// <exception cref="RpcException">The service failed.</exception>
    public async Task<JudgeSubmission> RunAsync(JudgeSubmission submission, JudgeLanguage language, CancellationToken cancellationToken)
    {
        var request = ProgramRequest.Of(submission, language, options.Value);
        var earlier = new List<JudgeOutcome>();
        while (true)
        {
            var response = await RefusingAsync(() => client.ExecuteAsync(request, deadline: ExecutionsApi.DeadlineFrom(clock), cancellationToken: cancellationToken).ResponseAsync);
            var outcome = RunVerdict.Of(submission, response, Now());
            if (IsLast(submission, outcome, earlier.Count))
                return submission with { Outcome = outcome.WithMeansOf(earlier) };
            earlier.Add(outcome);
        }
    }

    /// <summary>Keeps it and lets it run. One that is refused is not kept.</summary>
    /// <exception cref="JudgeRefusal">The queue is full, or the service takes less than Judge0.</exception>
    /// <exception cref="RpcException">The service failed.</exception>
    public async Task SubmitAsync(JudgeSubmission submission, CancellationToken cancellationToken)
    {
        await store.AddAsync(submission, cancellationToken);
        try
        {
            await RefusingAsync(() => SubmitRunAsync(submission, run: 0, cancellationToken));
        }
        catch (Exception exception) when (exception is RpcException or JudgeRefusal)
        {
            // Nobody knows its token.
            await store.DeleteAsync(submission.Token, CancellationToken.None);
            throw;
        }
    }

    /// <summary>The submission as it is now, as far as anyone knows while the service is away; null when there is none.</summary>
    public async Task<JudgeSubmission?> FindAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsItIsAsync(token, cancellationToken);
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            return (await store.FindAsync(token, cancellationToken))?.Submission;
        }
    }

    /// <summary>The submission as it is now; null when there is none.</summary>
    /// <exception cref="RpcException">The service is away.</exception>
    public async Task<JudgeSubmission?> FindAsItIsAsync(string token, CancellationToken cancellationToken)
    {
        while (await store.FindAsync(token, cancellationToken) is { } kept)
        {
            if (kept is not { Submission.Outcome: null, Runs: [.., var id] })
                return kept.Submission;
            var run = await GetAsync(id, cancellationToken);
            if (!IsFinal(run.State))
                return kept.Submission with { IsRunning = run.State is SubmissionState.Running || kept.Ended.Count > 0 };
            await TakeAsync(kept, run, cancellationToken);
        }

        return null;
    }

    /// <summary>Waits for the end of a submission and notes it.</summary>
    /// <exception cref="RpcException">The service has gone; it is to be followed again.</exception>
    public async Task FollowAsync(string token, CancellationToken cancellationToken)
    {
        while (await store.FindAsync(token, cancellationToken) is { Submission.Outcome: null } kept)
        {
            try
            {
                // Without a run, the Gateway that kept it was lost before it could submit it.
                var id = kept.Runs is [.., var last] ? last : await SubmitRunAsync(kept.Submission, run: 0, cancellationToken);
                await TakeAsync(kept, await WatchAsync(id, cancellationToken), cancellationToken);
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.InvalidArgument or StatusCode.AlreadyExists)
            {
                // What was taken before is not any more: another release, or other limits.
                await store.EndAsync(kept.Submission, RunVerdict.InternalError(exception.Status.Detail, Now()), cancellationToken);
            }
        }

        await store.ForgetPendingAsync(token, cancellationToken);
    }

    /// <summary>Notes the end of a run, and lets the next one run if there is one.</summary>
    private async Task TakeAsync(KeptSubmission kept, Submission ended, CancellationToken cancellationToken)
    {
        var run = Math.Max(0, kept.Runs.Count - 1);
        var outcome = ended.ResultCase is Submission.ResultOneofCase.Execution
            ? RunVerdict.Of(kept.Submission, ended.Execution, ended.FinishedAt?.ToDateTime() ?? Now())
            : RunVerdict.InternalError(ended.Message is "" ? "It was cancelled." : ended.Message, Now());
        if (ended.ResultCut)
            outcome = Cut(outcome);
        if (IsLast(kept.Submission, outcome, run))
        {
            await store.EndAsync(kept.Submission, outcome.WithMeansOf(kept.Ended), cancellationToken);
            return;
        }

        // Of earlier runs only what the means need.
        await store.AddEndedAsync(kept.Submission.Token, run, outcome with { Stdout = null, Stderr = null, CompileOutput = null }, cancellationToken);
        await SubmitRunAsync(kept.Submission, run + 1, cancellationToken);
    }

    private async Task<string> SubmitRunAsync(JudgeSubmission submission, int run, CancellationToken cancellationToken)
    {
        var language = await languages.FindAsync(submission.LanguageId, cancellationToken);
        if (language is not { Installed: not null })
            throw new RpcException(new Status(StatusCode.Unavailable, $"Language {submission.LanguageId} is not installed any more."));

        var request = new SubmitRequest
        {
            Caller = submission.Caller,
            Execution = ProgramRequest.Of(submission, language, options.Value),
            // Makes it one, however often it is submitted.
            IdempotencyKey = $"judge0/{submission.Token}/{run}",
        };
        // Any run may be the last: the format says nothing of the others.
        if (submission.CallbackUrl is { } url)
            request.Callback = new Callback { Url = url, Format = JudgeCallbackFormat.FormatName, Context = submission.Token };
        var answer = await client.SubmitAsync(request, cancellationToken: cancellationToken);
        await store.AddRunAsync(submission.Token, run, answer.Id, cancellationToken);
        return answer.Id;
    }

    private async Task<Submission> GetAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetSubmissionAsync(new GetSubmissionRequest { Id = id }, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound)
        {
            return Forgotten;
        }
    }

    private async Task<Submission> WatchAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            using var call = client.WatchSubmission(new WatchSubmissionRequest { Id = id }, cancellationToken: cancellationToken);
            Submission? last = null;
            await foreach (var state in call.ResponseStream.ReadAllAsync(cancellationToken))
                last = state;
            if (last is not null && IsFinal(last.State))
                return last;
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound)
        {
            return Forgotten;
        }

        throw new RpcException(new Status(StatusCode.Unavailable, "The service stopped telling before the end."));
    }

    private static async Task<T> RefusingAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (RpcException exception) when (JudgeRefusal.From(exception) is { } refusal)
        {
            throw refusal;
        }
    }

    // What is not there any more is no wrong answer.
    private static JudgeOutcome Cut(JudgeOutcome outcome) => outcome.StatusId is JudgeStatus.WrongAnswer
        ? outcome with { StatusId = JudgeStatus.InternalError, Message = "Its output was too large to be kept, and could not be compared." }
        : outcome with { Message = outcome.Message ?? "Its output was too large to be kept whole." };

    private static Submission Forgotten => new() { State = SubmissionState.Failed, Message = "Its result was kept for a shorter time than the submission." };

    private static bool IsLast(JudgeSubmission submission, JudgeOutcome outcome, int run) =>
        outcome.StatusId is not JudgeStatus.Accepted || run + 1 >= submission.Limits.Runs;

    private static bool IsFinal(SubmissionState state) =>
        state is SubmissionState.Finished or SubmissionState.Cancelled or SubmissionState.Failed;

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}

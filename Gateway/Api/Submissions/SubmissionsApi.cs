using System.ComponentModel;
using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.AspNetCore.Http.HttpResults;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Api.Judgements;
using OnlineCompiler.Gateway.Callbacks;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Api.Submissions;

internal static class SubmissionsApi
{
    public const int MaxBatch = 20;

    private const string IdDescription = "As it was answered when it was submitted.";

    /// <summary>Put behind the key of a batch for each of its submissions: a slash and a number.</summary>
    private const int BatchKeyLength = 3;

    public static void MapSubmissionsApi(this RouteGroupBuilder api)
    {
        var submissions = api.MapGroup("/submissions").WithTags("Submissions").RequireScope(Scopes.Submit);
        MapSubmitting(submissions);

        submissions.MapGet("/{id}", GetAsync)
            .WithName("getSubmission")
            .WithParameterExample("id", SubmissionExamples.Queued.Id)
            .WithSummary("Ask for a submission")
            .WithDescription("Its state, and its result when it has one.")
            .WithResponseExample(SubmissionExamples.Finished)
            .ProducesProblem(StatusCodes.Status404NotFound);

        submissions.MapGet("/{id}/events", WatchAsync)
            .WithName("watchSubmission")
            .WithParameterExample("id", SubmissionExamples.Queued.Id)
            .WithSummary("See a submission change")
            .WithDescription(
                "Answers with server-sent events named state: the submission as it is, then each time its state has changed; the last one has the result. " +
                "States that follow each other fast may be told as the later one. Closing the connection changes nothing.")
            .WithResponseExample(SubmissionExamples.Events)
            .ProducesProblem(StatusCodes.Status404NotFound);

        submissions.MapDelete("/{id}", CancelAsync)
            .WithName("cancelSubmission")
            .WithParameterExample("id", SubmissionExamples.Queued.Id)
            .WithSummary("Cancel a submission")
            .WithDescription("One that waits never runs, one that runs is killed, one that has ended stays as it is. Answers with what it is then.")
            .WithResponseExample(SubmissionExamples.Cancelled)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static void MapSubmitting(RouteGroupBuilder submissions)
    {
        var submitting = submissions.MapGroup("").TakesPrograms(JudgementsApi.MaxBodyBytes);

        submitting.MapPost("", SubmitAsync)
            .WithName("submit")
            .WithSummary("Submit a run or a judgement, to come back for its result")
            .WithDescription(
                "Checks it, keeps it and answers at once; it runs when its turn comes, and survives the restart of any service. " +
                "The answer's Location is where its state and result are. For the rate limit it counts as what it runs.")
            .WithRequestExample(SubmissionExamples.Body)
            .Submits();

        submitting.MapPost("/batch", SubmitAllAsync)
            .WithName("submitBatch")
            .WithSummary("Submit up to 20 at once")
            .WithDescription(
                "Each is answered with its submission or with its own problem, in the order of the request; those that are wrong keep none of the others. " +
                "With an Idempotency-Key (at most 125 characters here), each has the key with its place behind it.")
            .WithIdempotencyKey()
            .WithRequestExample(SubmissionExamples.Batch)
            .WithResponseExample(SubmissionExamples.BatchAnswer, StatusCodes.Status202Accepted);
    }

    /// <summary>Where the submission is to be asked for.</summary>
    public static Accepted<SubmissionAnswer> Accepted(SubmissionAnswer submission) =>
        TypedResults.Accepted($"/api/v1/submissions/{submission.Id}", submission);

    private static async Task<Accepted<SubmissionAnswer>> SubmitAsync(
        SubmissionBody body, SubmissionCalls calls, CallbackTargets targets, HttpContext context, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        var request = body.ToRequest(caller, targets);
        request.IdempotencyKey = SubmissionCalls.KeyOf(context.Request);
        // The first run was charged before the body was read.
        return Accepted(await calls.SubmitAsync(request, caller, chargedRuns: 1, cancellationToken));
    }

    private static async Task<Accepted<BatchAnswer>> SubmitAllAsync(
        BatchBody body, SubmissionCalls calls, CallbackTargets targets, HttpContext context, CancellationToken cancellationToken)
    {
        if (body.Submissions is not { Count: >= 1 and <= MaxBatch } bodies)
            throw ProblemException.ForField("submissions", $"Expected 1-{MaxBatch} submissions.");

        var key = SubmissionCalls.KeyOf(context.Request, reserved: BatchKeyLength);
        var answers = new List<BatchItemAnswer>();
        for (var i = 0; i < bodies.Count; i++)
            answers.Add(await SubmitOneAsync(bodies[i], key is "" ? "" : $"{key}/{i}", chargedRuns: i == 0 ? 1 : 0, calls, targets, context, cancellationToken));
        return TypedResults.Accepted((string?)null, new BatchAnswer(answers));
    }

    private static async Task<BatchItemAnswer> SubmitOneAsync(
        SubmissionBody? body, string key, int chargedRuns, SubmissionCalls calls, CallbackTargets targets, HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            var caller = Caller.Of(context);
            var request = body.ToRequest(caller, targets);
            request.IdempotencyKey = key;
            return new BatchItemAnswer(await calls.SubmitAsync(request, caller, chargedRuns, cancellationToken), null);
        }
        catch (Exception exception) when (exception is ProblemException or RpcException && !cancellationToken.IsCancellationRequested)
        {
            return new BatchItemAnswer(null, ProblemWriter.From(context, exception));
        }
    }

    private static async Task<Ok<SubmissionAnswer>> GetAsync(
        [Description(IdDescription)] string id, ExecutionClient client, CancellationToken cancellationToken) =>
        TypedResults.Ok(SubmissionAnswer.From(await client.GetSubmissionAsync(new GetSubmissionRequest { Id = id }, cancellationToken: cancellationToken)));

    private static Task<EventStream> WatchAsync(
        [Description(IdDescription)] string id, ExecutionClient client, CancellationToken cancellationToken) =>
        EventStream.OpenAsync(ReadAsync(id, client, cancellationToken), cancellationToken);

    private static async Task<Ok<SubmissionAnswer>> CancelAsync(
        [Description(IdDescription)] string id, ExecutionClient client, CancellationToken cancellationToken) =>
        TypedResults.Ok(SubmissionAnswer.From(await client.CancelSubmissionAsync(new CancelSubmissionRequest { Id = id }, cancellationToken: cancellationToken)));

    private static async IAsyncEnumerable<ServerEvent> ReadAsync(string id, ExecutionClient client, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = client.WatchSubmission(new WatchSubmissionRequest { Id = id }, cancellationToken: cancellationToken);
        await foreach (var submission in call.ResponseStream.ReadAllAsync(cancellationToken))
            yield return new ServerEvent("state", SubmissionAnswer.From(submission));
    }
}

using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Api.Submissions;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Api.Judgements;

internal static class JudgementsApi
{
    /// <summary>16 MiB of tests and 4 MiB of files for each of two programs, all as Base64, and the JSON around them.</summary>
    public const int MaxBodyBytes = 36 * 1024 * 1024;

    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(15);

    public static void MapJudgementsApi(this RouteGroupBuilder api)
    {
        var judgements = api.MapGroup("/judgements")
            .WithTags("Judgements")
            .TakesPrograms(MaxBodyBytes)
            .WaitsInQueue()
            .RequireScope(Scopes.Judge);

        judgements.MapPost("", JudgeAsync)
            .WithName("judgeProgram")
            .WithSummary("Judge a program by tests")
            .WithDescription(
                "Compiles the program once, runs it on every test, several at once, and answers when all are over. Outputs are compared, or judged by a checker or " +
                "an interactor. A program that fails is an answer with a verdict, not an error. For the rate limit each run counts, a checker's and an interactor's too.")
            .WithRequestExample(JudgementExamples.Body)
            .WithResponseExample(JudgementExamples.Answer)
            .MaySubmit();

        judgements.MapPost("/stream", StreamAsync)
            .WithName("streamJudgement")
            .WithSummary("Judge a program and see each verdict as it is found")
            .WithDescription(
                "Answers with server-sent events: accepted, compiled, test as each one is over, and last result, or error with problem details. " +
                "Closing the connection kills whatever runs.")
            .WithRequestExample(JudgementExamples.Body)
            .WithResponseExample(JudgementExamples.Events);
    }

    private static Task<Results<Ok<JudgementAnswer>, Accepted<SubmissionAnswer>>> JudgeAsync(
        JudgementBody body, ExecutionClient client, SubmissionCalls submissions, RunBudget budget, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        return submissions.SubmitOrRunAsync(
            () => new SubmitRequest { Caller = caller, Judgement = body.ToRequest(caller) },
            () => JudgementEvents.GatherAsync(ReadAsync(Charge(body, budget, context), client, clock, cancellationToken)),
            context,
            cancellationToken);
    }

    private static Task<EventStream> StreamAsync(
        JudgementBody body, ExecutionClient client, RunBudget budget, TimeProvider clock, HttpContext context, CancellationToken cancellationToken) =>
        EventStream.OpenAsync(ReadAsync(Charge(body, budget, context), client, clock, cancellationToken), cancellationToken);

    /// <summary>The request, when its caller may still have that many runs.</summary>
    /// <exception cref="ProblemException">The body is wrong, or its caller must wait.</exception>
    public static JudgeRequest Charge(JudgementBody body, RunBudget budget, HttpContext context)
    {
        var caller = Caller.Of(context);
        var request = body.ToRequest(caller);
        // The first run was charged before the body was read.
        return budget.TryTake(caller, request.Runs() - 1, out var refusal) ? request : throw new ProblemException(RateLimits.Refusal(refusal));
    }

    public static async IAsyncEnumerable<ServerEvent> ReadAsync(
        JudgeRequest request, ExecutionClient client, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = client.Judge(request, deadline: clock.GetUtcNow().UtcDateTime + LongestCall, cancellationToken: cancellationToken);
        await foreach (var item in JudgementEvents.ReadAsync(call.ResponseStream, cancellationToken))
            yield return item;
    }
}

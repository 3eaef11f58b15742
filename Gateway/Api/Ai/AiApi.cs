using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.AspNetCore.Http.HttpResults;
using OnlineCompiler.Ai.V1;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Api.Ai;

internal static class AiApi
{
    public static void MapAiApi(this RouteGroupBuilder api)
    {
        api.MapGet("/ai", GetModelAsync)
            .WithTags("AI")
            .WithName("getModel")
            .WithSummary("Which model answers")
            .WithDescription("Costs nothing: nobody is asked for it. Without a model, the other operations are refused.")
            .WithResponseExample(AiExamples.Model);

        var ai = api.MapGroup("/ai")
            .WithTags("AI")
            .RequireRateLimiting(RateLimits.Runs)
            .RequireScope(Scopes.Ai)
            .WithBodyLimit()
            .ProducesBodyProblems();

        ai.MapPost("/explain", ExplainAsync)
            .WithName("explainProgram")
            .WithSummary("Explain a program, or what went wrong in its last run")
            .WithDescription("Answers with server-sent events: text as it is written, and last completion, or error with problem details.")
            .WithRequestExample(AiExamples.Explain)
            .WithResponseExample(AiExamples.ExplainEvents);

        ai.MapPost("/fix", FixAsync)
            .WithName("fixProgram")
            .WithSummary("Correct a program, and prove it with a run")
            .WithDescription(
                "Answers with server-sent events: text as it is written, fixed with the corrected files, proof with a run of them, " +
                "and last completion, or error with problem details.")
            .WithRequestExample(AiExamples.Fix)
            .WithResponseExample(AiExamples.FixEvents);
    }

    private static async Task<Ok<ModelAnswer>> GetModelAsync(AssistantClient client, CancellationToken cancellationToken)
    {
        var answer = await client.GetModelAsync(new GetModelRequest(), cancellationToken: cancellationToken);
        return TypedResults.Ok(new ModelAnswer(answer.Model is "" ? null : answer.Model));
    }

    private static Task<EventStream> ExplainAsync(ExplainBody body, AssistantClient client, CancellationToken cancellationToken)
    {
        var request = body.ToRequest();
        return EventStream.OpenAsync(ReadAsync(() => client.Explain(request, cancellationToken: cancellationToken), cancellationToken), cancellationToken);
    }

    private static Task<EventStream> FixAsync(FixBody body, AssistantClient client, CancellationToken cancellationToken)
    {
        var request = body.ToRequest();
        return EventStream.OpenAsync(ReadAsync(() => client.Fix(request, cancellationToken: cancellationToken), cancellationToken), cancellationToken);
    }

    private static async IAsyncEnumerable<ServerEvent> ReadAsync(
        Func<AsyncServerStreamingCall<AssistantEvent>> start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = start();
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            if (AssistanceEvents.From(call.ResponseStream.Current) is { } item)
                yield return item;
        }
    }
}

using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Api.Submissions;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Api.Executions;

internal static class ExecutionsApi
{
    /// <summary>The longest compile and run there are, and a wait in the queue before them.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(4);

    public static void MapExecutionsApi(this RouteGroupBuilder api)
    {
        var executions = api.MapGroup("/executions")
            .WithTags("Executions")
            .TakesPrograms()
            .WaitsInQueue()
            .RequireScope(Scopes.Run);

        executions.MapPost("", RunAsync)
            .WithName("runProgram")
            .WithSummary("Run a program")
            .WithDescription(
                "Compiles the program if its language needs that, runs it in a sandbox of its own, and answers once with everything it printed. " +
                "A program that fails, or is stopped at a limit, is an answer with an outcome, not an error.")
            .WithRequestExample(ExecutionExamples.Body)
            .WithResponseExample(ExecutionExamples.Answer)
            .MaySubmit();

        executions.MapPost("/stream", StreamAsync)
            .WithName("streamProgram")
            .WithSummary("Run a program and see what happens as it happens")
            .WithDescription(
                "Answers with server-sent events: accepted, stage, output, stageResult, artifact, and last result, or error with problem details. " +
                "Closing the connection kills the program.")
            .WithRequestExample(ExecutionExamples.Body)
            .WithResponseExample(ExecutionExamples.Events);
    }

    private static Task<Results<Ok<ExecutionAnswer>, Accepted<SubmissionAnswer>>> RunAsync(
        ExecutionBody body, ExecutionClient client, SubmissionCalls submissions, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        var request = body.ToRequest(Caller.Of(context));
        return submissions.SubmitOrRunAsync(
            () => new SubmitRequest { Caller = request.Caller, Execution = request },
            async () => ExecutionAnswer.From(await client.ExecuteAsync(request, deadline: DeadlineFrom(clock), cancellationToken: cancellationToken)),
            context,
            cancellationToken);
    }

    private static Task<EventStream> StreamAsync(
        ExecutionBody body, ExecutionClient client, TimeProvider clock, HttpContext context, CancellationToken cancellationToken) =>
        EventStream.OpenAsync(ReadAsync(body.ToRequest(Caller.Of(context)), client, DeadlineFrom(clock), cancellationToken), cancellationToken);

    private static async IAsyncEnumerable<ServerEvent> ReadAsync(
        ExecuteRequest request, ExecutionClient client, DateTime deadline, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = client.ExecuteStream(request, deadline: deadline, cancellationToken: cancellationToken);
        await foreach (var item in ExecutionEvents.ReadAsync(call.ResponseStream, cancellationToken))
            yield return new ServerEvent(item.Name, item);
    }

    /// <summary>When a call for a whole run, begun now, must have ended.</summary>
    public static DateTime DeadlineFrom(TimeProvider clock) => clock.GetUtcNow().UtcDateTime + LongestCall;
}

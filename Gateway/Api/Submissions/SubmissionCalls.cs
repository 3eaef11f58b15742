using Grpc.Core;
using Microsoft.AspNetCore.Http.HttpResults;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Api.Submissions;

/// <summary>Submits, for those who submit outright and for those who prefer an answer at once.</summary>
internal sealed class SubmissionCalls(ExecutionClient client, RunBudget budget)
{
    public const string KeyHeader = "Idempotency-Key";

    private const int MaxKeyLength = 128;
    private const string Errors = "errors";
    private const string Prefer = "Prefer";
    private const string RespondAsync = "respond-async";

    /// <summary>Submits it where its caller prefers an answer at once; else runs it and answers when it is over.</summary>
    public async Task<Results<Ok<T>, Accepted<SubmissionAnswer>>> SubmitOrRunAsync<T>(
        Func<SubmitRequest> submission, Func<Task<T>> run, HttpContext context, CancellationToken cancellationToken) =>
        IsPreferred(context.Request)
            ? SubmissionsApi.Accepted(await SubmitPreferredAsync(submission(), context, cancellationToken))
            : TypedResults.Ok(await run());

    /// <param name="request">What to submit.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="chargedRuns">How many of its runs the rate limit has counted already.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProblemException">The caller may not run that many now.</exception>
    public async Task<SubmissionAnswer> SubmitAsync(SubmitRequest request, string caller, int chargedRuns, CancellationToken cancellationToken)
    {
        if (!budget.TryTake(caller, request.Runs() - chargedRuns, out var refusal))
            throw new ProblemException(RateLimits.Refusal(refusal));
        var submission = await client.SubmitAsync(request, cancellationToken: cancellationToken);
        // It runs no more often for being submitted again.
        if (submission.Repeated)
            budget.GiveBack(caller, request.Runs());
        return SubmissionAnswer.From(submission);
    }

    /// <summary>RFC 7240: whether the answer may come before the result does.</summary>
    public static bool IsPreferred(HttpRequest request) => request.Headers[Prefer]
        .SelectMany(value => (value ?? "").Split(','))
        .Any(preference => preference.Split(';')[0].Trim().Equals(RespondAsync, StringComparison.OrdinalIgnoreCase));

    /// <summary>The header's value, "" without one.</summary>
    /// <exception cref="ProblemException">It is not one key.</exception>
    public static string KeyOf(HttpRequest request, int reserved = 0)
    {
        if (request.Headers[KeyHeader] is not { Count: > 0 } header)
            return "";
        return header is [{ Length: > 0 } key] && key.Length <= MaxKeyLength - reserved && key.All(character => character is >= '!' and <= '~')
            ? key
            : throw ProblemException.ForField(KeyHeader, $"Expected 1-{MaxKeyLength - reserved} visible ASCII characters.");
    }

    /// <summary>Submits what the route takes as its whole body, and says that the preference was heeded.</summary>
    private async Task<SubmissionAnswer> SubmitPreferredAsync(SubmitRequest request, HttpContext context, CancellationToken cancellationToken)
    {
        Caller.Demand(context, Scopes.Submit);
        request.IdempotencyKey = KeyOf(context.Request);
        try
        {
            var submission = await SubmitAsync(request, Caller.Of(context), chargedRuns: 1, cancellationToken);
            context.Response.Headers["Preference-Applied"] = RespondAsync;
            return submission;
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.InvalidArgument)
        {
            throw new ProblemException(WithoutPrefix(RpcProblems.From(exception), request.WorkCase is SubmitRequest.WorkOneofCase.Execution ? "execution." : "judgement."));
        }
    }

    // What the service calls execution.files is files in a body that is the execution.
    private static Microsoft.AspNetCore.Mvc.ProblemDetails WithoutPrefix(Microsoft.AspNetCore.Mvc.ProblemDetails problem, string prefix)
    {
        if (!problem.Extensions.TryGetValue(Errors, out var value) || value is not IReadOnlyDictionary<string, string[]> errors)
            return problem;
        return ProblemKind.InvalidRequest.Problem(errors.ToDictionary(
            error => error.Key.StartsWith(prefix, StringComparison.Ordinal) ? error.Key[prefix.Length..] : error.Key, error => error.Value));
    }
}

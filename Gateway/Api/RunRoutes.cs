using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Api.Submissions;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Api;

/// <summary>What all routes have in common whose body is a program to run.</summary>
internal static class RunRoutes
{
    public static RouteGroupBuilder TakesPrograms(this RouteGroupBuilder group, int maxBodyBytes = BodyRules.MaxBodyBytes) => group
        .RequireRateLimiting(RateLimits.Runs)
        .WithBodyLimit(maxBodyBytes)
        .ProducesBodyProblems()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <summary>Answers with a submission.</summary>
    public static RouteHandlerBuilder Submits(this RouteHandlerBuilder route) => route
        .WithIdempotencyKey()
        .WithResponseExample(SubmissionExamples.Queued, StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status409Conflict);

    /// <summary>Answers with one where its caller prefers that: see <see cref="SubmissionCalls.SubmitOrRunAsync"/>.</summary>
    public static RouteHandlerBuilder MaySubmit(this RouteHandlerBuilder route) => route.WithPreference().Submits();
}

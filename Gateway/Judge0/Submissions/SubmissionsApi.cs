using System.ComponentModel;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Judge0.Wire;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Judge0.Submissions;

/// <summary>Submissions one by one.</summary>
internal static class SubmissionsApi
{
    public static void MapSubmissions(this RouteGroupBuilder judge0)
    {
        judge0.MapPost("/submissions", CreateAsync)
            .WithName("judge0Submit")
            .WithSummary("Submit a program, as to Judge0")
            .WithDescription(
                "Answers with a token, or with wait=true with the submission that has ended. Parameters may come in the query, as JSON or as a form; " +
                "base64_encoded=true makes Base64 of all text, both ways. docs/judge0.md tells what is better than there.")
            .RequireRateLimiting(RateLimits.Runs)
            .Accepts<JudgeBody>("application/json", "application/x-www-form-urlencoded", "multipart/form-data")
            .WithRequestExample(JudgeExamples.Body)
            .Produces<JudgeToken>(StatusCodes.Status201Created)
            .WithResponseExample(JudgeExamples.Token, StatusCodes.Status201Created)
            .Produces<JudgeError>(StatusCodes.Status400BadRequest)
            .Produces<IReadOnlyDictionary<string, IReadOnlyList<string>>>(StatusCodes.Status422UnprocessableEntity)
            .WithResponseExample(JudgeExamples.Invalid, StatusCodes.Status422UnprocessableEntity);

        // What says of its body what it takes is no match for anything else, and all parameters may be in the query.
        judge0.MapPost("/submissions", CreateAsync).RequireRateLimiting(RateLimits.Runs).ExcludeFromDescription();

        judge0.MapGet("/submissions/{token}", GetAsync)
            .WithName("judge0Submission")
            .WithSummary("Ask for a submission, as at Judge0")
            .WithDescription("Those fields that the parameter fields names, * for all. It has ended when the id of its status is above 2.")
            .WithParameterExample("token", JudgeExamples.Token.Token)
            .Produces<JudgeAnswer>()
            .WithResponseExample(JudgeExamples.Answer)
            .Produces<JudgeError>(StatusCodes.Status400BadRequest)
            .Produces<JudgeError>(StatusCodes.Status404NotFound);

        judge0.MapDelete("/submissions/{token}", DeleteAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> CreateAsync(HttpContext context, JudgeCalls calls, CancellationToken cancellationToken)
    {
        var parameters = await JudgeParameters.ReadAsync(context);
        var isWaiting = parameters.Is("wait", "true");
        calls.RequireService();
        if (isWaiting && !calls.Options.EnableWait)
            throw JudgeRefusal.Because("wait not allowed");
        await calls.RequireRoomAsync(1, cancellationToken);
        var fields = SubmissionFields.Parse(parameters["fields"]);
        var isBase64 = calls.IsBase64(parameters);
        var (submission, language) = await calls.ReadAsync(parameters, isBase64, context);
        // The first run was charged before the body was read.
        calls.Charge(submission.Limits.Runs, chargedRuns: 1, context);

        if (isWaiting)
            return SubmissionAnswers.Created(await calls.RunAsync(submission, language, cancellationToken), fields, isBase64);
        await calls.SubmitAsync(submission, cancellationToken);
        return Results.Json(new JudgeToken(submission.Token), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> GetAsync([Description("As it was answered.")] string token, HttpContext context, JudgeCalls calls, CancellationToken cancellationToken)
    {
        var parameters = await JudgeParameters.ReadAsync(context);
        var fields = SubmissionFields.Parse(parameters["fields"]);
        var submission = await calls.Runs.FindAsync(token, cancellationToken) ?? throw JudgeRefusal.Bare(StatusCodes.Status404NotFound);
        return SubmissionAnswers.One(submission, fields, calls.IsBase64(parameters));
    }

    private static async Task<IResult> DeleteAsync(string token, HttpContext context, JudgeCalls calls, CancellationToken cancellationToken)
    {
        calls.Access.Authorize(context.Request);
        var parameters = await JudgeParameters.ReadAsync(context);
        calls.RequireService();
        var fields = SubmissionFields.Parse(parameters["fields"]);
        if (!calls.Options.EnableDelete)
            throw JudgeRefusal.Because("delete not allowed");
        var submission = await calls.Runs.FindAsync(token, cancellationToken) ?? throw JudgeRefusal.Bare(StatusCodes.Status404NotFound);
        if (submission.Outcome is null)
            throw JudgeRefusal.Because($"submission cannot be deleted because its status is {submission.StatusId} ({JudgeStatus.DescriptionOf(submission.StatusId)})");

        await calls.Store.DeleteAsync(token, cancellationToken);
        return SubmissionAnswers.One(submission, fields, isBase64: true);
    }
}

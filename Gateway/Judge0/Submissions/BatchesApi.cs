using System.Text.Json;
using Grpc.Core;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Judge0.Wire;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Judge0.Submissions;

/// <summary>Several submissions in one request, and the list of all.</summary>
internal static class BatchesApi
{
    /// <summary>Judge0 has no such limit; a page of this many is still one that can be sent.</summary>
    private const long MaxPerPage = 1_000;

    private const long DefaultPerPage = 20;

    public static void MapBatches(this RouteGroupBuilder judge0)
    {
        judge0.MapPost("/submissions/batch", CreateAsync)
            .WithName("judge0SubmitBatch")
            .WithSummary("Submit several programs, as to Judge0")
            .WithDescription("Each is answered in its place: with its token, or with what is wrong with it. None is ever waited for.")
            .RequireRateLimiting(RateLimits.Runs)
            .Accepts<JudgeBatchBody>("application/json")
            .WithRequestExample(JudgeExamples.Batch)
            .Produces<IReadOnlyList<JudgeToken>>(StatusCodes.Status201Created)
            .WithResponseExample<IReadOnlyList<JudgeToken>>([JudgeExamples.Token], StatusCodes.Status201Created)
            .Produces<IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyList<string>>>>(StatusCodes.Status422UnprocessableEntity)
            .WithResponseExample<IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyList<string>>>>([JudgeExamples.Invalid], StatusCodes.Status422UnprocessableEntity)
            .Produces<JudgeError>(StatusCodes.Status400BadRequest);

        judge0.MapPost("/submissions/batch", CreateAsync).RequireRateLimiting(RateLimits.Runs).ExcludeFromDescription();

        judge0.MapGet("/submissions/batch", GetAsync)
            .WithName("judge0Batch")
            .WithSummary("Ask for several submissions, as at Judge0")
            .WithDescription("Those whose tokens the parameter tokens names, with commas between them, in this order; null where there is none.")
            .Produces<JudgeBatchAnswer>()
            .WithResponseExample(JudgeExamples.BatchAnswer)
            .Produces<JudgeError>(StatusCodes.Status400BadRequest);

        judge0.MapGet("/submissions", ListAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> CreateAsync(HttpContext context, JudgeCalls calls, CancellationToken cancellationToken)
    {
        var parameters = await JudgeParameters.ReadAsync(context);
        calls.RequireBatches();
        List<JsonElement> elements = parameters.Json("submissions") is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : [];
        await calls.RequireRoomAsync(elements.Count, cancellationToken);
        calls.RequireBatch(elements.Count);

        var isBase64 = calls.IsBase64(parameters);
        var answers = new List<object>();
        foreach (var (i, element) in elements.Index())
            answers.Add(await SubmitOneAsync(JudgeParameters.Of(element), isBase64, chargedRuns: i == 0 ? 1 : 0, context, calls));
        return Results.Json(answers, statusCode: answers.Exists(answer => answer is JudgeToken) ? StatusCodes.Status201Created : StatusCodes.Status422UnprocessableEntity);
    }

    /// <returns>A token, or what is wrong.</returns>
    private static async Task<object> SubmitOneAsync(JudgeParameters parameters, bool isBase64, int chargedRuns, HttpContext context, JudgeCalls calls)
    {
        try
        {
            var (submission, _) = await calls.ReadAsync(parameters, isBase64, context);
            calls.Charge(submission.Limits.Runs, chargedRuns, context);
            await calls.SubmitAsync(submission, context.RequestAborted);
            return new JudgeToken(submission.Token);
        }
        catch (JudgeRefusal refusal)
        {
            return refusal.Fields as object ?? new JudgeError(refusal.Message);
        }
        catch (Exception exception) when (exception is ProblemException or RpcException && !context.RequestAborted.IsCancellationRequested)
        {
            return JudgeError.Shape.BodyOf(ProblemWriter.From(context, exception));
        }
    }

    private static async Task<IResult> GetAsync(HttpContext context, JudgeCalls calls, CancellationToken cancellationToken)
    {
        var parameters = await JudgeParameters.ReadAsync(context);
        calls.RequireBatches();
        var fields = SubmissionFields.Parse(parameters["fields"]);
        var tokens = (parameters["tokens"] ?? context.Request.Headers["tokens"].ToString()).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        calls.RequireBatch(tokens.Length);
        return SubmissionAnswers.Several(await FindAllAsync(tokens, calls, cancellationToken), fields, calls.IsBase64(parameters));
    }

    private static async Task<IResult> ListAsync(HttpContext context, JudgeCalls calls, CancellationToken cancellationToken)
    {
        calls.Access.Authorize(context.Request);
        var parameters = await JudgeParameters.ReadAsync(context);
        var fields = SubmissionFields.Parse(parameters["fields"]);
        var page = ReadPositive(parameters, "page", 1);
        var perPage = Math.Min(ReadPositive(parameters, "per_page", DefaultPerPage), MaxPerPage);

        var (tokens, total) = await calls.Store.ListAsync((page - 1) * perPage, perPage, cancellationToken);
        var submissions = await FindAllAsync(tokens, calls, cancellationToken);
        var pages = (total + perPage - 1) / perPage;
        var meta = new ListMeta(page, page < pages ? page + 1 : null, page > 1 ? page - 1 : null, pages, total);
        // One that is just being forgotten is still counted.
        return SubmissionAnswers.Several(submissions.Where(submission => submission is not null), fields, calls.IsBase64(parameters), meta);
    }

    private static long ReadPositive(JudgeParameters parameters, string name, long missing)
    {
        if (parameters[name] is null)
            return missing;
        var value = parameters.Integer(name) ?? 0;
        return value > 0 ? value : throw JudgeRefusal.Because($"invalid {name}: {value}");
    }

    private static Task<JudgeSubmission?[]> FindAllAsync(IEnumerable<string> tokens, JudgeCalls calls, CancellationToken cancellationToken) =>
        Task.WhenAll(tokens.Select(token => calls.Runs.FindAsync(token, cancellationToken)));
}

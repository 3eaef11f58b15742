using System.Net.Mime;
using System.Text.Json;
using OnlineCompiler.Gateway.Judge0.Wire;

namespace OnlineCompiler.Gateway.Judge0.Submissions;

/// <summary>Answers that hold submissions, as text or as Base64.</summary>
internal static class SubmissionAnswers
{
    private const string OfOne = "some attributes for this submission cannot be converted to UTF-8, use base64_encoded=true query parameter";
    private const string OfSome = "some attributes for one or more submissions cannot be converted to UTF-8, use base64_encoded=true query parameter";

    public static IResult One(JudgeSubmission submission, SubmissionFields fields, bool isBase64) =>
        fields.TryWrite(submission, isBase64) is { } json ? Json(json) : throw JudgeRefusal.Because(OfOne);

    /// <summary>After a wait: it was created, so that its token is told even where its text cannot be.</summary>
    public static IResult Created(JudgeSubmission submission, SubmissionFields fields, bool isBase64) =>
        fields.TryWrite(submission, isBase64) is { } json
            ? Json(json, StatusCodes.Status201Created)
            : Results.Json(new Unreadable(OfOne, submission.Token), statusCode: StatusCodes.Status201Created);

    /// <summary>In their order; null where there is none. With what tells of the page, if it is one.</summary>
    public static IResult Several(IEnumerable<JudgeSubmission?> submissions, SubmissionFields fields, bool isBase64, ListMeta? meta = null)
    {
        var json = new MemoryStream();
        using var writer = new Utf8JsonWriter(json);
        writer.WriteStartObject();
        writer.WriteStartArray("submissions");
        foreach (var submission in submissions)
        {
            if (submission is null)
                writer.WriteNullValue();
            else
                writer.WriteRawValue((fields.TryWrite(submission, isBase64) ?? throw JudgeRefusal.Because(OfSome)).Span, skipInputValidation: true);
        }

        writer.WriteEndArray();
        if (meta is not null)
        {
            writer.WritePropertyName("meta");
            JsonSerializer.Serialize(writer, meta, SnakeCase);
        }

        writer.WriteEndObject();
        writer.Flush();
        return Json(json.GetBuffer().AsMemory(0, (int)json.Length));
    }

    /// <summary>How Judge0 names the members of what it answers.</summary>
    public static JsonSerializerOptions SnakeCase { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static JsonBytes Json(ReadOnlyMemory<byte> json, int status = StatusCodes.Status200OK) => new JsonBytes(json, status);

    private sealed class JsonBytes(ReadOnlyMemory<byte> json, int status) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = $"{MediaTypeNames.Application.Json}; charset=utf-8";
            await httpContext.Response.Body.WriteAsync(json, httpContext.RequestAborted);
        }
    }

    private sealed record Unreadable(string Error, string Token);
}

/// <summary>Where in the list a page is.</summary>
internal sealed record ListMeta(long CurrentPage, long? NextPage, long? PrevPage, long TotalPages, long TotalCount);

using System.Diagnostics;
using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using Grpc.Core;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Problems;

/// <summary>Makes a problem of any exception and writes it; a stream that has begun carries the problem as its last event instead.</summary>
internal static class ProblemWriter
{
    public const string ContentType = "application/problem+json";

    /// <summary>The problem, complete with <c>instance</c> and <c>traceId</c>.</summary>
    public static ProblemDetails From(HttpContext context, Exception exception, string fieldPrefix = "", Type? bodyType = null)
    {
        var problem = exception switch
        {
            ProblemException known => known.Problem,
            RpcException rpc => RpcProblems.From(rpc, fieldPrefix),
            JsonException json => JsonProblems.From(json, bodyType),
            BadHttpRequestException { InnerException: JsonException json } => JsonProblems.From(json, bodyType ?? BodyTypeOf(context)),
            BadHttpRequestException bad => FromBadRequest(context, bad),
            _ => ProblemKind.Internal.Problem(),
        };
        return Complete(context, problem);
    }

    public static ProblemDetails ForStatus(HttpContext context, int status) =>
        Complete(context, ProblemKind.For(status).Problem(status is StatusCodes.Status413PayloadTooLarge ? DescribeBodyLimit(context) : null));

    public static async Task WriteAsync(HttpContext context, ProblemDetails problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status ?? StatusCodes.Status500InternalServerError;
        var shape = MetadataOf(context)?.GetMetadata<ErrorShape>();
        response.ContentType = shape is null ? ContentType : $"{MediaTypeNames.Application.Json}; charset=utf-8";
        if (problem.Extensions.TryGetValue(RpcProblems.RetryAfterSeconds, out var delay))
            response.Headers.RetryAfter = Convert.ToString(delay, CultureInfo.InvariantCulture);
        if (!HttpMethods.IsHead(context.Request.Method))
            await JsonSerializer.SerializeAsync(response.Body, shape?.BodyOf(problem) ?? problem, ApiJson.Options, context.RequestAborted);
    }

    public static ProblemDetails Complete(HttpContext context, ProblemDetails problem)
    {
        // What people are shown; where there is nothing to say of the occurrence, its sort says it all.
        problem.Detail ??= problem.Title;
        problem.Instance = context.Request.PathBase + context.Request.Path;
        // The W3C trace id, as in the traceresponse header.
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        return problem;
    }

    private static ProblemDetails FromBadRequest(HttpContext context, BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status400BadRequest when BodyTypeOf(context) is not null =>
            ProblemKind.MalformedJson.Problem(new Dictionary<string, string[]> { ["body"] = ["The body is empty, or null; expected a JSON object."] }),
        StatusCodes.Status400BadRequest => ProblemKind.InvalidRequest.Problem(exception.Message),
        StatusCodes.Status413PayloadTooLarge => ProblemKind.BodyTooLarge.Problem(DescribeBodyLimit(context)),
        StatusCodes.Status415UnsupportedMediaType => ProblemKind.UnsupportedMediaType.Problem("Send it with Content-Type: application/json."),
        var status => ProblemKind.For(status).Problem(),
    };

    private static string? DescribeBodyLimit(HttpContext context) =>
        MetadataOf(context)?.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize is { } bytes
            ? $"At most {bytes} bytes."
            : null;

    private static Type? BodyTypeOf(HttpContext context) =>
        MetadataOf(context)?.GetMetadata<IAcceptsMetadata>()?.RequestType;

    // While an exception is handled, the endpoint has been taken off the request.
    private static EndpointMetadataCollection? MetadataOf(HttpContext context) =>
        (context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint())?.Metadata;
}

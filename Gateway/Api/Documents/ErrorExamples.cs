using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OnlineCompiler.Gateway.Json;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Api.Documents;

/// <summary>Shows an error of each status that an operation may answer with, in the shape that its clients get.</summary>
internal static class ErrorExamples
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var shape = metadata.OfType<ErrorShape>().LastOrDefault();
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (!int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < StatusCodes.Status400BadRequest)
                continue;
            var problem = Problem(number, operation, "/" + context.Description.RelativePath);
            foreach (var media in (response.Content?.Values ?? []).Where(media => media.Example is null))
                media.Example = JsonSerializer.SerializeToNode(shape?.BodyOf(problem) ?? problem, ApiJson.Options);
        }

        return Task.CompletedTask;
    }

    private static ProblemDetails Problem(int status, OpenApiOperation operation, string path)
    {
        var problem = status switch
        {
            StatusCodes.Status400BadRequest => Invalid(operation),
            StatusCodes.Status401Unauthorized => ProblemKind.NotSignedIn.Problem("The API key is not valid, or it has been revoked."),
            StatusCodes.Status403Forbidden => ProblemKind.NotAllowed.Problem("Pages of this origin may not call the API."),
            StatusCodes.Status404NotFound => ProblemKind.NotFound.Problem("There is none with this id."),
            StatusCodes.Status409Conflict => ProblemKind.IdempotencyKeyUsed.Problem("The key was used for another request."),
            StatusCodes.Status412PreconditionFailed when operation.RequestBody is not null => Stale(),
            StatusCodes.Status415UnsupportedMediaType => ProblemKind.UnsupportedMediaType.Problem("Send it with Content-Type: application/json."),
            StatusCodes.Status422UnprocessableEntity => ProblemKind.LanguageNotInstalled.Problem("Go is not installed here: ./run.sh --languages go installs it."),
            StatusCodes.Status426UpgradeRequired => ProblemKind.WebSocketExpected.Problem("Connect with a WebSocket client."),
            StatusCodes.Status428PreconditionRequired => ProblemKind.VersionRequired.Problem("Send If-Match with the ETag that the session was read with, e.g. If-Match: \"3\"."),
            StatusCodes.Status429TooManyRequests => WithRetry(ProblemKind.TooManyRequests.Problem("Retry in 1 s.")),
            StatusCodes.Status503ServiceUnavailable => WithRetry(ProblemKind.Unavailable.Problem("The service stopped while it was answering.")),
            _ => ProblemKind.For(status).Problem(ProblemKind.For(status).Title),
        };
        return Complete(problem, path);
    }

    /// <summary>With what every problem has.</summary>
    public static ProblemDetails Complete(ProblemDetails problem, string path)
    {
        problem.Instance = path;
        problem.Extensions["traceId"] = TraceId;
        return problem;
    }

    private static ProblemDetails Invalid(OpenApiOperation operation)
    {
        var (field, message) = operation.RequestBody is not null ? ("language", "Required.")
            : operation.Parameters?.FirstOrDefault()?.Name is { } parameter ? (parameter, "Expected another value.")
            : ("body", "Expected an object.");
        return ProblemKind.InvalidRequest.Problem(new Dictionary<string, string[]> { [field] = [message] });
    }

    private static ProblemDetails Stale()
    {
        var problem = ProblemKind.StaleVersion.Problem("The session is at version 4.");
        problem.Extensions["currentVersion"] = 4;
        return problem;
    }

    private static ProblemDetails WithRetry(ProblemDetails problem)
    {
        problem.Extensions[RpcProblems.RetryAfterSeconds] = 1;
        return problem;
    }
}

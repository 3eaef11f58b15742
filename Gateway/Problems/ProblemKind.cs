using Microsoft.AspNetCore.Mvc;

namespace OnlineCompiler.Gateway.Problems;

/// <summary>A sort of error: its stable <c>type</c>, status and title. The detail belongs to the occurrence.</summary>
internal sealed record ProblemKind(string Name, int Status, string Title)
{
    public const string TypeBase = "https://onlinecompiler.dev/problems/";

    public static readonly ProblemKind InvalidRequest = new("invalid-request", 400, "The request is not valid.");
    public static readonly ProblemKind MalformedJson = new("malformed-json", 400, "The body is not the JSON that was expected.");
    public static readonly ProblemKind NotSignedIn = new("not-signed-in", 401, "This needs a caller who is signed in.");
    public static readonly ProblemKind NotAllowed = new("not-allowed", 403, "This caller may not do that.");
    public static readonly ProblemKind NotFound = new("not-found", 404, "There is nothing here.");
    public static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", 405, "This path does not answer that method.");
    public static readonly ProblemKind Conflict = new("conflict", 409, "Someone else changed this at the same time.");
    public static readonly ProblemKind IdempotencyKeyUsed = new("idempotency-key-used", 409, "The idempotency key belongs to another request.");
    public static readonly ProblemKind RunTakenOver = new("run-taken-over", 409, "Another connection has taken over this run.");
    public static readonly ProblemKind RunGone = new("run-gone", 410, "This run is over, or was never there.");
    public static readonly ProblemKind PreconditionFailed = new("precondition-failed", 412, "It is not what the request expects it to be.");
    public static readonly ProblemKind StaleVersion = new("stale-version", 412, "The session was saved since it was read; nothing was changed.");
    public static readonly ProblemKind BodyTooLarge = new("body-too-large", 413, "The body is too large.");
    public static readonly ProblemKind UnsupportedMediaType = new("unsupported-media-type", 415, "The body must be JSON.");
    public static readonly ProblemKind LanguageNotInstalled = new("language-not-installed", 422, "The language is known but not installed here.");
    public static readonly ProblemKind WebSocketExpected = new("websocket-expected", 426, "This path speaks WebSocket.");
    public static readonly ProblemKind VersionRequired = new("version-required", 428, "Saving needs the version that was read.");
    public static readonly ProblemKind TooManyRequests = new("too-many-requests", 429, "Too many requests; slow down.");
    public static readonly ProblemKind Busy = new("busy", 429, "Everything is taken at the moment.");
    public static readonly ProblemKind ClientClosed = new("client-closed-request", 499, "The caller left.");
    public static readonly ProblemKind Internal = new("internal-error", 500, "Something went wrong on our side.");
    public static readonly ProblemKind NotImplemented = new("not-available", 501, "This is not available here.");
    public static readonly ProblemKind Unavailable = new("service-unavailable", 503, "A service that this needs is not available.");
    public static readonly ProblemKind AiNotConfigured = new("ai-not-configured", 503, "No model is configured.");
    public static readonly ProblemKind Timeout = new("timeout", 504, "A service did not answer in time.");

    private static readonly Dictionary<int, ProblemKind> ByStatus = new[]
    {
        InvalidRequest, NotSignedIn, NotAllowed, NotFound, MethodNotAllowed, PreconditionFailed, BodyTooLarge, UnsupportedMediaType, TooManyRequests,
        Internal, Unavailable, Timeout,
    }.ToDictionary(kind => kind.Status);

    public string Type => TypeBase + Name;

    public static ProblemKind For(int status) =>
        ByStatus.GetValueOrDefault(status) ?? new ProblemKind("http-" + status, status, "The request could not be answered.");

    public ProblemDetails Problem(string? detail = null) => new() { Type = Type, Status = Status, Title = Title, Detail = detail };

    /// <summary>With a message or more for each field, named as in the JSON of the request.</summary>
    public ProblemDetails Problem(IReadOnlyDictionary<string, string[]> errors)
    {
        var problem = Problem(string.Join(" ", errors.SelectMany(error => error.Value.Select(message => Sentence($"{error.Key}: {message}")))));
        problem.Extensions["errors"] = errors;
        return problem;
    }

    private static string Sentence(string text) => text[^1] is '.' or '?' or '!' ? text : text + ".";
}

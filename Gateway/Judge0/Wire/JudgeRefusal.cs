using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Judge0.Wire;

/// <summary>Ends the handling of a request as Judge0 would: with a text, with texts by field, or with nothing but a status.</summary>
internal sealed class JudgeRefusal : Exception
{
    private readonly int _status;
    private readonly object? _body;
    private readonly int? _retryAfterSeconds;

    private JudgeRefusal(int status, object? body, string message, int? retryAfterSeconds = null)
        : base(message) => (_status, _body, _retryAfterSeconds) = (status, body, retryAfterSeconds);

    /// <summary>What is wrong by field; null where it is not about fields.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Fields => _body as IReadOnlyDictionary<string, IReadOnlyList<string>>;

    public static JudgeRefusal Because(string error, int status = StatusCodes.Status400BadRequest) =>
        new(status, new JudgeError(error), error);

    public static JudgeRefusal QueueIsFull(int? retryAfterSeconds = null) =>
        new(StatusCodes.Status503ServiceUnavailable, new JudgeError("queue is full"), "queue is full", retryAfterSeconds);

    public static JudgeRefusal Invalid(IReadOnlyDictionary<string, IReadOnlyList<string>> fields) =>
        new(StatusCodes.Status422UnprocessableEntity, fields, "invalid");

    /// <summary>With no body, except that those who ask for JSON get the status in it.</summary>
    public static JudgeRefusal Bare(int status) => new(status, null, ReasonPhrases.GetReasonPhrase(status));

    /// <summary>What the service found, in Judge0's way of saying it.</summary>
    public static JudgeRefusal? From(RpcException exception) => exception.StatusCode switch
    {
        StatusCode.ResourceExhausted => QueueIsFull(RpcProblems.From(exception).Extensions[RpcProblems.RetryAfterSeconds] as int?),
        StatusCode.InvalidArgument => Invalid(ServiceFields.From(exception)),
        _ => null,
    };

    public IResult ToResult(HttpRequest request)
    {
        if (_retryAfterSeconds is { } seconds)
            request.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (_body is not null)
            return Results.Json(_body, statusCode: _status);
        return _status is StatusCodes.Status400BadRequest or StatusCodes.Status404NotFound && WantsJson(request.Headers.Accept)
            ? Results.Json(new BareError(_status, Message), statusCode: _status)
            : Results.Text("", "text/html", statusCode: _status);
    }

    private static bool WantsJson(StringValues accept) =>
        accept.ToString().Split(',')[0].Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private sealed record BareError(int Status, string Error);
}

/// <summary>What Judge0's clients read of an error that is not about fields.</summary>
/// <param name="Error">In words.</param>
internal sealed record JudgeError(string Error)
{
    /// <summary>For everything that is refused before a handler or by another service.</summary>
    public static readonly ErrorShape Shape = new(problem => new JudgeError(problem.Detail ?? problem.Title ?? ""));
}

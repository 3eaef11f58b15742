using System.Globalization;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.Gateway.Problems;

/// <summary>The one place where an error of a service becomes a problem of ours.</summary>
internal static class RpcProblems
{
    /// <summary>Member that carries the delay of the <c>Retry-After</c> header, in seconds.</summary>
    public const string RetryAfterSeconds = "retryAfterSeconds";

    /// <summary>Reason of a refusal: the run is another instance's.</summary>
    public const string RunElsewhere = "RUN_ELSEWHERE";

    private const string RunGone = "RUN_GONE";
    private const string RunTakenOver = "RUN_TAKEN_OVER";
    private const string StaleVersion = "STALE_VERSION";
    private static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromSeconds(1);

    public static ProblemDetails From(RpcException exception, string fieldPrefix = "")
    {
        var status = exception.GetRpcStatus();
        var detail = exception.Status.Detail;
        return exception.StatusCode switch
        {
            StatusCode.InvalidArgument or StatusCode.OutOfRange => FromInvalidArgument(status?.GetDetail<BadRequest>(), detail, fieldPrefix),
            StatusCode.NotFound when exception.Reason() is RunGone or RunElsewhere => ProblemKind.RunGone.Problem(),
            StatusCode.NotFound => ProblemKind.NotFound.Problem(detail),
            StatusCode.AlreadyExists => ProblemKind.IdempotencyKeyUsed.Problem(detail),
            StatusCode.Aborted => FromAborted(status?.GetDetail<ErrorInfo>(), detail),
            StatusCode.FailedPrecondition => FromFailedPrecondition(status?.GetDetail<PreconditionFailure>(), detail),
            // What a transport says about its sockets is for our logs.
            StatusCode.ResourceExhausted => WithRetry(ProblemKind.Busy.Problem(IsTransports(exception) ? null : detail), status),
            StatusCode.Unavailable => WithRetry(ProblemKind.Unavailable.Problem(status is null ? null : detail), status),
            StatusCode.Cancelled => WithRetry(ProblemKind.Unavailable.Problem("The service stopped while it was answering."), status),
            StatusCode.DeadlineExceeded => ProblemKind.Timeout.Problem(),
            StatusCode.Unauthenticated => ProblemKind.NotSignedIn.Problem(detail),
            StatusCode.PermissionDenied => ProblemKind.NotAllowed.Problem(detail),
            StatusCode.Unimplemented => ProblemKind.NotImplemented.Problem(),
            _ => ProblemKind.Internal.Problem(),
        };
    }

    private static bool IsTransports(RpcException exception) => exception.Status.DebugException is HttpRequestException or IOException;

    private static ProblemDetails FromInvalidArgument(BadRequest? request, string detail, string fieldPrefix)
    {
        if (request is null or { FieldViolations.Count: 0 })
            return ProblemKind.InvalidRequest.Problem(detail);

        return ProblemKind.InvalidRequest.Problem(request.FieldViolations
            .GroupBy(violation => ToJson(violation.Field, fieldPrefix))
            .ToDictionary(field => field.Key, field => field.Select(violation => violation.Description).ToArray()));
    }

    // A frame holds the terminal beside the execution, not inside it.
    private static string ToJson(string field, string fieldPrefix)
    {
        var path = FieldPath.ToJson(field);
        return path.StartsWith("terminal", StringComparison.Ordinal) ? path : fieldPrefix + path;
    }

    private static ProblemDetails FromAborted(ErrorInfo? info, string detail)
    {
        if (info?.Reason is RunTakenOver)
            return ProblemKind.RunTakenOver.Problem();
        if (info?.Reason is not StaleVersion)
            return ProblemKind.Conflict.Problem(detail);

        var problem = ProblemKind.StaleVersion.Problem(detail);
        if (info.Metadata.TryGetValue("current_version", out var text)
            && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            problem.Extensions["currentVersion"] = version;
        return problem;
    }

    private static ProblemDetails FromFailedPrecondition(PreconditionFailure? failure, string detail)
    {
        var violation = failure?.Violations.FirstOrDefault();
        var kind = violation?.Type switch
        {
            "LANGUAGE_NOT_INSTALLED" => ProblemKind.LanguageNotInstalled,
            "SETTING_MISSING" => ProblemKind.AiNotConfigured,
            null or "" => ProblemKind.Unavailable,
            // E.g. SANDBOX_UNAVAILABLE: an operator must act, so there is no delay to promise.
            var type => ProblemKind.Unavailable with { Name = type.ToLowerInvariant().Replace('_', '-') },
        };
        return kind.Problem(detail);
    }

    private static ProblemDetails WithRetry(ProblemDetails problem, Google.Rpc.Status? status)
    {
        var delay = status?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan() ?? DefaultRetryDelay;
        problem.Extensions[RetryAfterSeconds] = (int)Math.Max(1, Math.Ceiling(delay.TotalSeconds));
        return problem;
    }
}

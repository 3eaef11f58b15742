using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.ExecutionService.Submissions;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Errors of the contract other than wrong fields, with the details it promises.</summary>
internal static class Errors
{
    public static RpcException NotInstalled(Language language) => FailedPrecondition(
        "LANGUAGE_NOT_INSTALLED", language.Id, $"{language.Pack.Name} is not installed here. An operator installs it with: {language.InstallCommand}");

    public static RpcException SandboxUnavailable(string message) => FailedPrecondition("SANDBOX_UNAVAILABLE", "sandbox", message);

    public static RpcException SandboxLost(string message) => WithRetry(Code.Unavailable, message, TimeSpan.FromSeconds(1));

    public static RpcException QueueFull(QueueFullException exception) => WithRetry(Code.ResourceExhausted, exception.Message, exception.RetryDelay);

    public static RpcException SubmissionsNotConfigured() => FailedPrecondition(
        "SUBMISSIONS_NOT_CONFIGURED",
        $"ConnectionStrings:{RedisDefaults.ConnectionName}",
        $"Submissions are kept in Redis, and none is configured here: an operator sets ConnectionStrings:{RedisDefaults.ConnectionName}. Programs can be run without.");

    public static RpcException SubmissionsUnavailable(SubmissionsUnavailableException exception) =>
        WithRetry(Code.Unavailable, exception.Message, TimeSpan.FromSeconds(1));

    public static RpcException TooManySubmissions(TooManySubmissionsException exception) =>
        WithRetry(Code.ResourceExhausted, exception.Message, exception.RetryDelay);

    public static RpcException IdempotencyConflict(IdempotencyConflictException exception) =>
        new(new global::Grpc.Core.Status(StatusCode.AlreadyExists, exception.Message));

    public static RpcException NoSubmission() => new(new global::Grpc.Core.Status(StatusCode.NotFound, "There is no submission of this id, or no longer."));

    public static RpcException Draining(string message) => WithRetry(Code.Unavailable, message, TimeSpan.FromSeconds(1), "DRAINING");

    public static RpcException RunElsewhere(string message) => WithReason(Code.NotFound, message, "RUN_ELSEWHERE");

    public static RpcException RunGone(string message) => WithReason(Code.NotFound, message, "RUN_GONE");

    public static RpcException RunTakenOver(string message) => WithReason(Code.Aborted, message, "RUN_TAKEN_OVER");

    public static RpcException Stopping() => new(new global::Grpc.Core.Status(StatusCode.Unavailable, "The service is stopping; what still ran was ended."));

    private static RpcException FailedPrecondition(string type, string subject, string message) => new Google.Rpc.Status
    {
        Code = (int)Code.FailedPrecondition,
        Message = message,
        Details =
        {
            Any.Pack(new PreconditionFailure
            {
                Violations = { new PreconditionFailure.Types.Violation { Type = type, Subject = subject, Description = message } },
            }),
        },
    }.ToRpcException();

    private static RpcException WithRetry(Code code, string message, TimeSpan delay, string? reason = null)
    {
        var status = new Google.Rpc.Status
        {
            Code = (int)code,
            Message = message,
            Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }) },
        };
        if (reason is not null)
            status.Details.Add(Any.Pack(Reason(reason)));
        return status.ToRpcException();
    }

    private static RpcException WithReason(Code code, string message, string reason) => new Google.Rpc.Status
    {
        Code = (int)code,
        Message = message,
        Details = { Any.Pack(Reason(reason)) },
    }.ToRpcException();

    private static ErrorInfo Reason(string reason) => new() { Reason = reason, Domain = "onlinecompiler.execution.v1" };
}

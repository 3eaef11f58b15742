using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Languages;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Errors of the contract other than wrong fields, with the details it promises.</summary>
internal static class Errors
{
    public static RpcException NotInstalled(Language language) => FailedPrecondition(
        "LANGUAGE_NOT_INSTALLED", language.Id, $"{language.Pack.Name} is not installed here. An operator installs it with: {language.InstallCommand}");

    public static RpcException SandboxUnavailable(string message) => FailedPrecondition("SANDBOX_UNAVAILABLE", "sandbox", message);

    public static RpcException SandboxLost(string message) => new Google.Rpc.Status
    {
        Code = (int)Code.Unavailable,
        Message = message,
        Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) }) },
    }.ToRpcException();

    public static RpcException QueueFull(QueueFullException exception) => new Google.Rpc.Status
    {
        Code = (int)Code.ResourceExhausted,
        Message = exception.Message,
        Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(exception.RetryDelay) }) },
    }.ToRpcException();

    public static RpcException Stopping() => new(new global::Grpc.Core.Status(StatusCode.Unavailable, "The service is stopping."));

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
}

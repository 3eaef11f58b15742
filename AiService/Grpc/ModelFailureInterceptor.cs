using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;
using OnlineCompiler.AiService.Models;

namespace OnlineCompiler.AiService.Grpc;

/// <summary>Says why the model did not answer as ai.proto promises.</summary>
internal sealed class ModelFailureInterceptor(ILogger<ModelFailureInterceptor> logger) : Interceptor
{
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (ModelFailureException failure)
        {
            logger.ModelFailed(context.Method, failure.Failure, failure.Message);
            throw ToRpcException(failure);
        }
    }

    private static RpcException ToRpcException(ModelFailureException failure)
    {
        var status = new Google.Rpc.Status { Message = failure.Message };
        switch (failure.Failure)
        {
            case ModelFailure.NotConfigured or ModelFailure.Refused:
                status.Code = (int)Code.FailedPrecondition;
                status.Details.Add(Any.Pack(new PreconditionFailure
                {
                    Violations =
                    {
                        failure.Settings.Select(key => new PreconditionFailure.Types.Violation
                        {
                            Type = failure.Failure == ModelFailure.NotConfigured ? "SETTING_MISSING" : "SETTING_REFUSED",
                            Subject = key,
                            Description = failure.Message,
                        }),
                    },
                }));
                break;
            case ModelFailure.RateLimited:
                status.Code = (int)Code.ResourceExhausted;
                status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(failure.RetryDelay) }));
                break;
            default:
                status.Code = (int)Code.Unavailable;
                break;
        }

        return status.ToRpcException();
    }
}

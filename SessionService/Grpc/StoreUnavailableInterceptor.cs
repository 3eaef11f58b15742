using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;
using OnlineCompiler.SessionService.Sessions;

namespace OnlineCompiler.SessionService.Grpc;

/// <summary>A store that cannot be reached is <c>UNAVAILABLE</c>, with the time after which to try again.</summary>
internal sealed class StoreUnavailableInterceptor(ILogger<StoreUnavailableInterceptor> logger) : Interceptor
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (SessionStoreUnavailableException exception)
        {
            logger.StoreUnavailable(context.Method, exception.InnerException?.Message);
            throw new Google.Rpc.Status
            {
                Code = (int)Code.Unavailable,
                Message = exception.Message,
                Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }) },
            }.ToRpcException();
        }
    }
}

using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace OnlineCompiler.ServiceDefaults;

/// <summary>
/// Asks once more where nothing can have happened: a service that is draining says so by <see cref="Draining"/>, and one that is gone takes no
/// connection. Behind the same address there may be another. Any other failure is the caller's to judge.
/// Calls with messages both ways are left alone, for here nobody knows what they have said.
/// </summary>
public sealed class RetryElsewhere : Interceptor
{
    /// <summary>The reason of such a refusal, in its <c>google.rpc.ErrorInfo</c>.</summary>
    public const string Draining = "DRAINING";

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(request, context);
        return new AsyncUnaryCall<TResponse>(
            RespondAsync(), HeadersAsync(), () => call.GetStatus(), () => call.GetTrailers(), () => call.Dispose());

        async Task<TResponse> RespondAsync()
        {
            try
            {
                return await call.ResponseAsync;
            }
            catch (RpcException refusal) when (refusal.HasNotBegun())
            {
                call.Dispose();
                call = continuation(request, context);
                return await call.ResponseAsync;
            }
        }

        // Those of the call that was answered.
        async Task<Metadata> HeadersAsync()
        {
            var first = call;
            await ((Task)first.ResponseAsync).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return await call.ResponseHeadersAsync;
        }
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var reader = new Reader<TResponse>(() => continuation(request, context));
        return new AsyncServerStreamingCall<TResponse>(
            reader, reader.Call.ResponseHeadersAsync, () => reader.Call.GetStatus(), () => reader.Call.GetTrailers(), reader.Dispose);
    }

    private sealed class Reader<T>(Func<AsyncServerStreamingCall<T>> ask) : IAsyncStreamReader<T>, IDisposable
    {
        private bool _hasBegun;

        public AsyncServerStreamingCall<T> Call { get; private set; } = ask();

        public T Current => Call.ResponseStream.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (_hasBegun)
                return await Call.ResponseStream.MoveNext(cancellationToken);
            _hasBegun = true;
            try
            {
                return await Call.ResponseStream.MoveNext(cancellationToken);
            }
            catch (RpcException refusal) when (refusal.HasNotBegun())
            {
                Call.Dispose();
                Call = ask();
                return await Call.ResponseStream.MoveNext(cancellationToken);
            }
        }

        public void Dispose() => Call.Dispose();
    }
}

/// <summary>What services say beside the status of a refusal.</summary>
public static class Refusals
{
    /// <summary>The stable reason in the details; null when there is none.</summary>
    public static string? Reason(this RpcException refusal) => refusal.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason;

    /// <summary>What was asked has not begun, and will not: it was refused for another to take, or there was no connection to send it by.</summary>
    public static bool HasNotBegun(this RpcException refusal) => refusal.StatusCode is StatusCode.Unavailable
        && (refusal.Status.DebugException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } || refusal.Reason() == RetryElsewhere.Draining);
}

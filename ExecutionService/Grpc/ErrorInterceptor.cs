using Grpc.Core;
using Grpc.Core.Interceptors;
using OnlineCompiler.ExecutionService.Draining;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Executions.Resuming;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Submissions;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Turns what the domain throws into the errors of the contract, in one place.</summary>
internal sealed class ErrorInterceptor(Drain drain, TimeProvider time, ILogger<ErrorInterceptor> logger) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(() => continuation(request, context), context);

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(() => AsTask(continuation(request, responseStream, context)), context);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(() => AsTask(continuation(requestStream, responseStream, context)), context);

    private async Task<T> GuardAsync<T>(Func<Task<T>> call, ServerCallContext context)
    {
        try
        {
            return await call();
        }
        catch (QueueFullException exception)
        {
            throw Errors.QueueFull(exception);
        }
        catch (DrainingException exception)
        {
            throw Errors.Draining(exception.Message);
        }
        catch (RunElsewhereException exception)
        {
            throw Errors.RunElsewhere(exception.Message);
        }
        catch (RunGoneException exception)
        {
            throw Errors.RunGone(exception.Message);
        }
        catch (RunTakenOverException exception)
        {
            throw Errors.RunTakenOver(exception.Message);
        }
        catch (TooManySubmissionsException exception)
        {
            throw Errors.TooManySubmissions(exception);
        }
        catch (IdempotencyConflictException exception)
        {
            throw Errors.IdempotencyConflict(exception);
        }
        catch (SubmissionsUnavailableException exception)
        {
            logger.SubmissionsUnavailable(context.Method, exception.InnerException?.Message);
            throw Errors.SubmissionsUnavailable(exception);
        }
        catch (SandboxLostException exception)
        {
            logger.SandboxFailed(exception, context.Method);
            throw Errors.SandboxLost(exception.Message);
        }
        catch (SandboxUnavailableException exception)
        {
            logger.SandboxFailed(exception, context.Method);
            throw Errors.SandboxUnavailable(exception.Message);
        }
        catch (OperationCanceledException) when (drain.Over.IsCancellationRequested)
        {
            throw Errors.Stopping();
        }
        catch (OperationCanceledException) when (context.Deadline <= time.GetUtcNow().UtcDateTime)
        {
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "The call's deadline passed."));
        }
        catch (OperationCanceledException)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "The caller left."));
        }
    }

    private static async Task<bool> AsTask(Task task)
    {
        await task;
        return true;
    }
}

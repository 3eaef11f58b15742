using Grpc.Core;
using Microsoft.Extensions.Options;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Worker;

/// <summary>A worker's life: dials until a dispatcher takes it, serves one call, ends the process.</summary>
internal sealed class WorkerService(
    WorkerCall call, ISandbox sandbox, IOptions<WorkerOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<WorkerService> logger)
    : BackgroundService
{
    private static readonly TimeSpan _firstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestDelay = TimeSpan.FromSeconds(5);

    /// <summary>A call that ends sooner may have ended at something before the dispatcher, such as a proxy.</summary>
    private static readonly TimeSpan _realCall = TimeSpan.FromSeconds(1);

    public WorkerExit Exit { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            Exit = sandbox.Readiness.IsReady ? await DialAsync(stoppingToken) : SandboxUnavailable();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped while it had no job.
        }
        finally
        {
            lifetime.StopApplication();
        }
    }

    private async Task<WorkerExit> DialAsync(CancellationToken stoppingToken)
    {
        var (wasConnected, lastConnected, delay) = (false, time.GetTimestamp(), _firstDelay);
        while (true)
        {
            var dialled = time.GetTimestamp();
            var problem = "it ended the call";
            try
            {
                if (await call.ServeAsync(stoppingToken) == CallEnd.JobDone || stoppingToken.IsCancellationRequested)
                    return WorkerExit.Done;
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.Unauthenticated)
            {
                return Refused(exception, WorkerExit.TokenRefused);
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.FailedPrecondition or StatusCode.InvalidArgument or StatusCode.Unimplemented)
            {
                return Refused(exception, WorkerExit.ProtocolMismatch);
            }
            catch (RpcException exception)
            {
                problem = exception.Status.Detail;
            }

            if (call.HasSaidHello && time.GetElapsedTime(dialled) >= _realCall)
                (wasConnected, lastConnected, delay) = (true, time.GetTimestamp(), _firstDelay);
            if (time.GetElapsedTime(lastConnected) >= options.Value.DialPatience)
                return wasConnected ? WorkerExit.Done : Unreachable(problem);
            // Not all workers of a dispatcher that comes back at the same moment.
            await Task.Delay(delay * (0.5 + Random.Shared.NextDouble()), time, stoppingToken);
            delay = delay * 2 < _longestDelay ? delay * 2 : _longestDelay;
        }
    }

    private WorkerExit SandboxUnavailable()
    {
        foreach (var problem in sandbox.Readiness.Problems)
            logger.WorkerCannotSandbox(problem);
        return WorkerExit.SandboxUnavailable;
    }

    private WorkerExit Refused(RpcException exception, WorkerExit exit)
    {
        logger.DispatcherRefused(options.Value.Dispatcher, exception.Status.Detail);
        return exit;
    }

    private WorkerExit Unreachable(string problem)
    {
        logger.DispatcherUnreachable(options.Value.Dispatcher, options.Value.DialPatience.TotalSeconds, problem);
        return WorkerExit.DispatcherUnreachable;
    }
}

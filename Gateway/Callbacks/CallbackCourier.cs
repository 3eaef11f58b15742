using Grpc.Core;
using Microsoft.Extensions.Options;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Callbacks;

/// <summary>
/// Takes callbacks as they become due and delivers them, some at a time; any number of Gateways share the work. What this one
/// loses, killed or cut off, is due again for another when its lease ends. Idle where no submissions are kept.
/// <code>
///   Take (waits until something is due) ─► attempt, MaxConcurrent at a time ─► Report
/// </code>
/// </summary>
internal sealed class CallbackCourier(
    CallbacksClient client, CallbackAttempt attempt, IEnumerable<ICallbackFormat> formats, IOptions<CallbackOptions> options, TimeProvider clock, ILogger<CallbackCourier> logger)
    : BackgroundService
{
    /// <summary>For all but the sending: asking for the submission, and saying what became of it.</summary>
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReportLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Until it is asked again whether there is a store for submissions now.</summary>
    private static readonly TimeSpan IdleDelay = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _lease = formats.Max(format => format.Timeout) + LeaseMargin;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sending = new HashSet<Task>();
        try
        {
            while (true)
            {
                sending.RemoveWhere(task => task.IsCompleted);
                if (sending.Count >= options.Value.MaxConcurrent)
                {
                    await Task.WhenAny(sending).WaitAsync(stoppingToken);
                    continue;
                }
                foreach (var taken in await TakeAsync(options.Value.MaxConcurrent - sending.Count, stoppingToken))
                    sending.Add(DeliverAsync(taken, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(sending);
        }
    }

    /// <returns>None when nothing became due in a while, or the service could not be asked.</returns>
    private async Task<IReadOnlyList<TakenCallback>> TakeAsync(int count, CancellationToken stoppingToken)
    {
        var request = new TakeCallbacksRequest { Count = (uint)count, LeaseMs = (uint)_lease.TotalMilliseconds, WaitMs = (uint)LongestWait.TotalMilliseconds };
        try
        {
            return (await client.TakeAsync(request, deadline: clock.GetUtcNow().UtcDateTime + CallLimit, cancellationToken: stoppingToken)).Callbacks;
        }
        catch (RpcException exception) when (!stoppingToken.IsCancellationRequested)
        {
            var isIdle = exception.StatusCode is StatusCode.FailedPrecondition or StatusCode.Unimplemented;
            if (isIdle)
                logger.NoCallbacks(exception.Status.Detail);
            else
                logger.CallbacksWait(exception.StatusCode);
            await Task.Delay(isIdle ? IdleDelay : RetryDelay, clock, stoppingToken);
            return [];
        }
        catch (RpcException)
        {
            throw new OperationCanceledException(stoppingToken);
        }
    }

    private async Task DeliverAsync(TakenCallback taken, CancellationToken stoppingToken)
    {
        var report = await attempt.MakeAsync(taken, stoppingToken);
        // For as long as it is this one's to say, unless the Gateway stops: then nobody waits for more than one call.
        var end = clock.GetUtcNow() + LeaseMargin;
        while (!await TryReportAsync(report) && clock.GetUtcNow() < end && !stoppingToken.IsCancellationRequested)
            await Task.Delay(RetryDelay, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<bool> TryReportAsync(ReportCallbackRequest report)
    {
        try
        {
            await client.ReportAsync(report, deadline: clock.GetUtcNow().UtcDateTime + ReportLimit);
            return true;
        }
        catch (RpcException exception)
        {
            logger.CallbacksWait(exception.StatusCode);
            return false;
        }
    }
}

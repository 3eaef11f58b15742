using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Problems;
using Outcome = OnlineCompiler.Execution.V1.ReportCallbackRequest.Types.Outcome;

namespace OnlineCompiler.Gateway.Callbacks;

/// <summary>
/// Tries once to deliver a callback, and says what became of it. The reasons it gives are for the caller, who may not learn from
/// them what stands beside us: a name that leads inside and one that leads nowhere are the same.
/// </summary>
internal sealed class CallbackAttempt(
    IEnumerable<ICallbackFormat> formats,
    CallbackTargets targets,
    CallbackHosts hosts,
    CallbackSender sender,
    ExecutionClient client,
    CallbackTelemetry telemetry,
    TimeProvider clock,
    ILogger<CallbackAttempt> logger)
{
    private const string Unreachable = "The host could not be reached.";
    private const string TooSlow = "The host did not answer in time.";
    private static readonly TimeSpan AwayDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestAskedDelay = TimeSpan.FromHours(1);

    private readonly Dictionary<string, ICallbackFormat> _formats = formats.ToDictionary(format => format.Name);

    /// <param name="taken">What to deliver.</param>
    /// <param name="stoppingToken">Breaks it off; it is then another's at once.</param>
    public async Task<ReportCallbackRequest> MakeAsync(TakenCallback taken, CancellationToken stoppingToken)
    {
        var callback = taken.Callback;
        if (!_formats.TryGetValue(callback.Format is "" ? NativeFormat.FormatName : callback.Format, out var format))
            return Report(taken, Outcome.Failed, $"There is no format \"{callback.Format}\".");
        if (targets.Refusal(callback.Url) is { } refusal)
            return Told(Report(taken, Outcome.Failed, refusal), format, TimeSpan.Zero);

        var host = new Uri(callback.Url).Authority;
        if (!hosts.TryEnter(host, out var wait))
            return Postponed(taken, wait);
        try
        {
            var begun = clock.GetTimestamp();
            var submission = await client.GetSubmissionAsync(new GetSubmissionRequest { Id = taken.SubmissionId }, cancellationToken: stoppingToken);
            var report = await SendAsync(taken, format, submission, stoppingToken);
            return Told(report, format, clock.GetElapsedTime(begun));
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound)
        {
            return Report(taken, Outcome.Failed, "The submission was forgotten.");
        }
        catch (Exception exception) when (exception is RpcException or ProblemException or OperationCanceledException)
        {
            return Postponed(taken, AwayDelay);
        }
        finally
        {
            hosts.Leave(host);
        }
    }

    private async Task<ReportCallbackRequest> SendAsync(TakenCallback taken, ICallbackFormat format, Submission submission, CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(format.Timeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        try
        {
            using var request = await format.CreateRequestAsync(taken.Callback, submission, ending.Token);
            if (request is null)
                return Report(taken, Outcome.Delivered, "");
            var reply = await sender.SendAsync(request, ending.Token);
            var status = (uint)reply.Status;
            return format.Judge(reply.Status) switch
            {
                CallbackVerdict.Delivered => Report(taken, Outcome.Delivered, "", status),
                CallbackVerdict.Refused => Report(taken, Outcome.Failed, $"The host answered {status}.", status),
                _ => Again(taken, format, $"The host answered {status}.", status, reply.RetryAfter),
            };
        }
        catch (HttpRequestException)
        {
            return Again(taken, format, Unreachable);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return Again(taken, format, TooSlow);
        }
        catch (Exception exception) when (exception is not (RpcException or ProblemException or OperationCanceledException))
        {
            logger.CallbackBroken(exception);
            return Again(taken, format, Unreachable);
        }
    }

    private static ReportCallbackRequest Again(TakenCallback taken, ICallbackFormat format, string message, uint status = 0, TimeSpan? askedDelay = null)
    {
        if (format.DelayAfter((int)taken.Attempt) is not { } delay)
            return Report(taken, Outcome.Failed, message, status);
        if (askedDelay > LongestAskedDelay)
            askedDelay = LongestAskedDelay;
        var report = Report(taken, Outcome.Retry, message, status);
        report.DelayMs = (uint)(askedDelay > delay ? askedDelay.Value : delay).TotalMilliseconds;
        return report;
    }

    private static ReportCallbackRequest Postponed(TakenCallback taken, TimeSpan delay)
    {
        var report = Report(taken, Outcome.Postponed, "");
        report.DelayMs = (uint)delay.TotalMilliseconds;
        return report;
    }

    private static ReportCallbackRequest Report(TakenCallback taken, Outcome outcome, string message, uint status = 0) => new()
    {
        SubmissionId = taken.SubmissionId,
        Owner = taken.Owner,
        Outcome = outcome,
        Message = message,
        LastStatus = status,
    };

    private ReportCallbackRequest Told(ReportCallbackRequest report, ICallbackFormat format, TimeSpan duration)
    {
        telemetry.Record(format.Name, report.Outcome.ToString(), duration);
        return report;
    }
}

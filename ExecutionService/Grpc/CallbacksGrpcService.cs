using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Draining;
using OnlineCompiler.ExecutionService.Submissions;
using OnlineCompiler.ServiceDefaults;
using CallbackDelivery = OnlineCompiler.ExecutionService.Submissions.CallbackDelivery;
using Outcome = OnlineCompiler.Execution.V1.ReportCallbackRequest.Types.Outcome;
using TakenCallback = OnlineCompiler.Execution.V1.TakenCallback;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>The contract of callbacks.proto. Without Redis there is no store, and both calls say which setting is missing.</summary>
internal sealed class CallbacksGrpcService(Drain drain, CallbackStore? store = null) : Callbacks.CallbacksBase
{
    private const uint MaxCount = 1000;
    private const uint MinLeaseMs = 1_000;
    private const uint MaxLeaseMs = 600_000;
    private const uint MaxWaitMs = 60_000;
    private const uint MaxDelayMs = 24 * 60 * 60 * 1000;

    private CallbackStore Store => store ?? throw Errors.SubmissionsNotConfigured();

    public override async Task<TakeCallbacksResponse> Take(TakeCallbacksRequest request, ServerCallContext context)
    {
        var violations = new FieldViolations();
        violations.AddIf(request.Count is 0 or > MaxCount, "count", $"must be from 1 to {MaxCount}");
        violations.AddIf(request.LeaseMs is < MinLeaseMs or > MaxLeaseMs, "lease_ms", $"must be from {MinLeaseMs} to {MaxLeaseMs}");
        violations.AddIf(request.WaitMs > MaxWaitMs, "wait_ms", $"must be at most {MaxWaitMs}");
        violations.ThrowIfAny();

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, drain.Over);
        var taken = await Store.TakeAsync(
            (int)request.Count, TimeSpan.FromMilliseconds(request.LeaseMs), TimeSpan.FromMilliseconds(request.WaitMs), ending.Token);
        return new TakeCallbacksResponse { Callbacks = { taken.Select(Map) } };
    }

    public override async Task<ReportCallbackResponse> Report(ReportCallbackRequest request, ServerCallContext context)
    {
        var violations = new FieldViolations();
        violations.AddIf(request.Outcome == Outcome.Unspecified || !Enum.IsDefined(request.Outcome), "outcome", "is required");
        violations.AddIf(request.DelayMs > MaxDelayMs, "delay_ms", $"must be at most {MaxDelayMs}");
        violations.ThrowIfAny();

        var state = request.Outcome switch
        {
            Outcome.Delivered => CallbackState.Delivered,
            Outcome.Failed => CallbackState.Failed,
            _ => CallbackState.Pending,
        };
        await Store.ReportAsync(
            request.SubmissionId,
            request.Owner,
            new CallbackDelivery(state, Attempts: 0, (int)request.LastStatus, request.Message),
            TimeSpan.FromMilliseconds(request.DelayMs),
            isCounted: request.Outcome != Outcome.Postponed,
            context.CancellationToken);
        return new ReportCallbackResponse();
    }

    private static TakenCallback Map(Submissions.TakenCallback taken) => new()
    {
        SubmissionId = taken.SubmissionId,
        Owner = taken.Owner,
        Callback = Callback.Parser.ParseFrom(taken.Callback.Span),
        Attempt = (uint)taken.Attempt,
    };
}

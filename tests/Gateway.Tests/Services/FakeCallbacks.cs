using System.Threading.Channels;
using Grpc.Core;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Tests.Services;

/// <summary>Hands out the callbacks that a test makes due, and remembers what is reported of them.</summary>
internal sealed class FakeCallbacks : OnlineCompiler.Execution.V1.Callbacks.CallbacksBase
{
    private readonly Channel<TakenCallback> _due = Channel.CreateUnbounded<TakenCallback>();
    private readonly Channel<ReportCallbackRequest> _reports = Channel.CreateUnbounded<ReportCallbackRequest>();

    /// <summary>Of each call to take some.</summary>
    public List<TakeCallbacksRequest> Asked { get; } = [];

    public void MakeDue(string submission, Callback callback, uint attempt = 1) =>
        Assert.True(_due.Writer.TryWrite(new TakenCallback { SubmissionId = submission, Owner = $"{submission}-{attempt}", Callback = callback, Attempt = attempt }));

    public async Task<ReportCallbackRequest> ReportAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        return await _reports.Reader.ReadAsync(limit.Token);
    }

    public override async Task<TakeCallbacksResponse> Take(TakeCallbacksRequest request, ServerCallContext context)
    {
        lock (Asked)
            Asked.Add(request);
        await _due.Reader.WaitToReadAsync(context.CancellationToken);
        var response = new TakeCallbacksResponse();
        while (response.Callbacks.Count < request.Count && _due.Reader.TryRead(out var taken))
            response.Callbacks.Add(taken);
        return response;
    }

    public override async Task<ReportCallbackResponse> Report(ReportCallbackRequest request, ServerCallContext context)
    {
        await _reports.Writer.WriteAsync(request, context.CancellationToken);
        return new ReportCallbackResponse();
    }
}

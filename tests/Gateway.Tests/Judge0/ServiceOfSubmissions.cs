using System.Collections.Concurrent;
using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests.Judge0;

/// <summary>A service that keeps submissions, which end when a test says so. It outlives Gateways, as the real one does.</summary>
internal sealed class ServiceOfSubmissions
{
    private readonly ConcurrentDictionary<string, Kept> _byKey = new();

    /// <summary>Each once, in their order.</summary>
    public ConcurrentQueue<SubmitRequest> Submitted { get; } = new();

    public IEnumerable<string> Keys => Submitted.Select(request => request.IdempotencyKey);

    /// <summary>Ends of those that nobody has been waiting for yet; an empty queue keeps them running.</summary>
    public ConcurrentQueue<ExecuteResponse> Ends { get; } = new();

    public void Serve(FakeExecution execution)
    {
        execution.OnSubmit = request => Task.FromResult(SubmitOnce(request).State());
        execution.OnGetSubmission = id => Task.FromResult(Find(id).State());
        execution.OnWatch = async (id, events, context) =>
        {
            await events.WriteAsync(Find(id).State());
            await Find(id).End.Task.WaitAsync(context.CancellationToken);
            await events.WriteAsync(Find(id).State());
        };
    }

    /// <summary>Ends the run that was submitted with the number.</summary>
    public void End(int number, ExecuteResponse response) => Find($"sub-{number}").End.SetResult(response);

    private Kept SubmitOnce(SubmitRequest request)
    {
        lock (_byKey)
        {
            if (_byKey.TryGetValue(request.IdempotencyKey, out var kept))
                return kept;
            Submitted.Enqueue(request);
            kept = new Kept($"sub-{Submitted.Count}");
            if (Ends.TryDequeue(out var end))
                kept.End.SetResult(end);
            return _byKey[request.IdempotencyKey] = kept;
        }
    }

    private Kept Find(string id) =>
        _byKey.Values.FirstOrDefault(kept => kept.Id == id) ?? throw new RpcException(new Status(StatusCode.NotFound, "There is no such submission."));

    private sealed record Kept(string Id)
    {
        public TaskCompletionSource<ExecuteResponse> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Submission State()
        {
            var state = FakeExecution.Queued(Id);
            state.State = SubmissionState.Running;
            if (End.Task.IsCompleted)
            {
                state.State = SubmissionState.Finished;
                state.Execution = End.Task.Result;
                state.FinishedAt = FakeExecution.Time(2);
            }

            return state;
        }
    }
}

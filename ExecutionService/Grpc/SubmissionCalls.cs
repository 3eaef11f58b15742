using System.Runtime.CompilerServices;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Submissions;
using OnlineCompiler.ServiceDefaults;
using Submission = OnlineCompiler.Execution.V1.Submission;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>The four calls about submissions. Without Redis there is no store, and they say which setting is missing.</summary>
internal sealed class SubmissionCalls(RequestMapper requests, JudgeRequestMapper judgements, SubmissionStore? store = null, SubmissionChanges? changes = null)
{
    private const int MaxCallerLength = 128;
    private const int MaxKeyLength = 128;

    private SubmissionStore Store => store ?? throw Errors.SubmissionsNotConfigured();

    public async Task<Submission> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken)
    {
        var submissions = Store;
        await CheckAsync(request, cancellationToken);
        var kind = request.WorkCase == SubmitRequest.WorkOneofCase.Execution ? SubmissionKind.Execution : SubmissionKind.Judgement;
        var program = request.Execution ?? request.Judgement.Program;
        if (request.Caller.Length > 0)
            program.Caller = request.Caller;
        if (program.Caller.Length == 0)
            program.Caller = "anonymous";

        var work = kind == SubmissionKind.Execution ? request.Execution.ToByteArray() : request.Judgement.ToByteArray();
        var order = new SubmissionOrder(kind, program.Caller, work, request.IdempotencyKey, RequestFingerprint.Of(request), request.Callback?.ToByteArray());
        var (id, isKnown) = await submissions.SubmitAsync(order, cancellationToken);
        var submission = await GetAsync(id, cancellationToken);
        submission.Repeated = isKnown;
        return submission;
    }

    public async Task<Submission> GetAsync(string id, CancellationToken cancellationToken)
    {
        CheckId(id);
        return await Store.FindAsync(id, cancellationToken) is { } found ? SubmissionMapper.Map(found) : throw Errors.NoSubmission();
    }

    public async IAsyncEnumerable<Submission> WatchAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CheckId(id);
        var isFinal = false;
        await foreach (var submission in (changes ?? throw Errors.SubmissionsNotConfigured()).WatchAsync(id, cancellationToken))
        {
            isFinal = submission.IsFinal;
            yield return SubmissionMapper.Map(submission);
        }
        // Never there, or forgotten before it was its turn.
        if (!isFinal)
            throw Errors.NoSubmission();
    }

    public async Task<Submission> CancelAsync(string id, CancellationToken cancellationToken)
    {
        CheckId(id);
        await Store.CancelAsync(id, cancellationToken);
        return await GetAsync(id, cancellationToken);
    }

    /// <summary>What would be refused then is refused now.</summary>
    private async Task CheckAsync(SubmitRequest request, CancellationToken cancellationToken)
    {
        var violations = new FieldViolations();
        violations.AddIf(request.WorkCase == SubmitRequest.WorkOneofCase.None, "work", "is required: an execution or a judgement");
        violations.AddIf(request.Caller.Length > MaxCallerLength, "caller", $"must be at most {MaxCallerLength} characters");
        violations.AddIf(
            request.IdempotencyKey.Length > MaxKeyLength || request.IdempotencyKey.Any(character => character is < '!' or > '~'),
            "idempotency_key",
            $"must be 1-{MaxKeyLength} visible ASCII characters");
        CallbackValidator.Check(request.Callback, violations.Of("callback"));
        violations.ThrowIfAny();

        if (request.Execution is { } execution)
            await requests.MapAsync(execution, isInteractive: false, violations.Of("execution"), cancellationToken);
        else
            await judgements.MapAsync(request.Judgement, violations.Of("judgement"), cancellationToken);
    }

    private static void CheckId(string id)
    {
        var violations = new FieldViolations();
        violations.AddIf(id.Length == 0, "id", "is required");
        violations.ThrowIfAny();
    }
}

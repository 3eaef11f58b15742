using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Executions;
using StackExchange.Redis;

namespace OnlineCompiler.ExecutionService.Submissions;

/// <summary>Keeps submissions in Redis; what happens there is in <see cref="SubmissionScripts"/>.</summary>
internal sealed class SubmissionStore(SubmissionRedis redis, ExecutionQueues queues, SubmissionTelemetry telemetry, IOptions<SubmissionOptions> options)
{
    /// <summary>What is told of when there may be room again lies between these: sooner is a storm, and later is guessing.</summary>
    private static readonly TimeSpan MinRetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMinutes(10);

    private readonly SubmissionOptions _options = options.Value;

    private string Exhausted => $"It was begun {_options.MaxAttempts} times, and each time the service that ran it was lost.";

    /// <summary>Keeps the order, or finds the submission that it has become before.</summary>
    /// <returns>Its id, and whether it was there before.</returns>
    /// <exception cref="TooManySubmissionsException">As many are waiting as may.</exception>
    /// <exception cref="IdempotencyConflictException">Its key came with another request before.</exception>
    /// <exception cref="SubmissionsUnavailableException">Redis does not answer; whether it is kept is not known.</exception>
    public async Task<(string Id, bool IsKnown)> SubmitAsync(SubmissionOrder order, CancellationToken cancellationToken)
    {
        var reply = await EvaluateAsync(
            SubmissionScripts.Submit,
            [
                SubmissionId.New(), order.Caller, order.Kind.ToString(), StoredBytes.Pack(order.Request), HashOf(order), order.Fingerprint,
                _options.MaxWaiting, _options.MaxWaitingPerCaller, order.Callback, _options.MaxCallbacks, _options.MaxKeptBytes,
            ],
            cancellationToken);
        var (outcome, subject) = ((string)reply[0]!, (string)reply[1]!);
        if (outcome == "conflict")
            throw new IdempotencyConflictException();
        if (outcome == "full")
            throw Full(subject, TimeSpan.FromMilliseconds((long)reply[2]));
        if (outcome == "new")
            telemetry.RecordSubmitted(order.Kind);
        return (subject, outcome == "known");
    }

    /// <returns>Null when there is none of this id.</returns>
    /// <exception cref="SubmissionsUnavailableException">Redis does not answer.</exception>
    public async Task<Submission?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!SubmissionId.IsWellFormed(id))
            return null;
        var reply = await EvaluateAsync(SubmissionScripts.Read, [id], cancellationToken);
        return reply.IsNull
            ? null
            : new Submission(
                id,
                Enum.Parse<SubmissionKind>((string)reply[0]!),
                Enum.Parse<SubmissionState>((string)reply[1]!),
                TimeOf(reply[2])!.Value,
                TimeOf(reply[3]),
                TimeOf(reply[4]),
                TimeOf(reply[8])!.Value,
                (int)reply[5],
                reply[6].IsNull ? default : StoredBytes.Unpack((byte[])reply[6]!),
                (string?)reply[7] ?? "",
                !reply[13].IsNull,
                reply[9].IsNull
                    ? null
                    : new CallbackDelivery(Enum.Parse<CallbackState>((string)reply[9]!), (int)reply[10], reply[11].IsNull ? 0 : (int)reply[11], (string?)reply[12] ?? ""));
    }

    /// <summary>Ends it, if it has not ended; whoever runs it hears of it.</summary>
    /// <exception cref="SubmissionsUnavailableException">Redis does not answer; whether it is cancelled is not known.</exception>
    public async Task CancelAsync(string id, CancellationToken cancellationToken)
    {
        if (SubmissionId.IsWellFormed(id) && (int)await EvaluateAsync(SubmissionScripts.Cancel, [id], cancellationToken) == 1)
            telemetry.RecordEnded(SubmissionState.Cancelled);
    }

    /// <summary>Says that the worker lives and holds these, and takes more if there are any.</summary>
    /// <exception cref="SubmissionsUnavailableException">Redis does not answer; what it has given is given again when the lease ends.</exception>
    public async Task<Work> WorkAsync(
        string worker, IEnumerable<TakenSubmission> held, int room, CancellationToken cancellationToken)
    {
        var reply = await EvaluateAsync(
            SubmissionScripts.Work,
            [
                worker, (long)_options.Lease.TotalMilliseconds, room, _options.MaxAttempts, Exhausted,
                .. held.SelectMany(taken => (RedisValue[])[taken.Id, taken.Entry, taken.Owner]),
            ],
            cancellationToken);
        var taken = ((RedisResult[])reply[1]!).Select(fields => new TakenSubmission(
            (string)fields[0]!, (string)fields[1]!, (string)fields[2]!, Enum.Parse<SubmissionKind>((string)fields[3]!), StoredBytes.Unpack((byte[])fields[4]!),
            (int)fields[5], TimeSpan.FromMilliseconds((long)fields[6])));
        var work = new Work(
            (string[])reply[0]!, [.. taken], (int)reply[2] == 1, (int)reply[3], (int)reply[4], TimeSpan.FromMilliseconds((long)reply[5]));
        telemetry.RecordWork(work);
        return work;
    }

    /// <summary>Keeps the result, unless there is one already or it was cancelled.</summary>
    public async Task FinishAsync(TakenSubmission taken, SubmissionResult result, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [taken.Id, StoredBytes.Pack(result.Bytes), StoredBytes.Pack(result.Short), result.IsCut ? 1 : 0, _options.MaxKeptBytes];
        if ((int)await EvaluateAsync(SubmissionScripts.Finish, arguments, cancellationToken) == 1)
            telemetry.RecordEnded(SubmissionState.Finished);
    }

    /// <summary>Says that it can never be run.</summary>
    public async Task FailAsync(TakenSubmission taken, string message, CancellationToken cancellationToken)
    {
        if ((int)await EvaluateAsync(SubmissionScripts.Fail, [taken.Id, message], cancellationToken) == 1)
            telemetry.RecordEnded(SubmissionState.Failed);
    }

    /// <summary>Lets another worker have it, or this one again.</summary>
    /// <param name="taken">What was taken.</param>
    /// <param name="failure">Why it could not be run this time, which counts as an attempt; null when it was only not its time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task GiveBackAsync(TakenSubmission taken, string? failure, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [taken.Id, taken.Owner, failure is null ? 0 : 1, _options.MaxAttempts, $"It could not be run in {_options.MaxAttempts} attempts. {failure}"];
        if ((int)await EvaluateAsync(SubmissionScripts.GiveBack, arguments, cancellationToken) == 1)
            telemetry.RecordEnded(SubmissionState.Failed);
    }

    /// <summary>The worker takes nothing any more; its share of the stream is nobody's.</summary>
    public Task RetireAsync(string worker, CancellationToken cancellationToken) => EvaluateAsync(SubmissionScripts.Retire, [worker], cancellationToken);

    /// <summary>One step inside Redis: a script that begins with what all have in common.</summary>
    /// <exception cref="SubmissionsUnavailableException">Redis does not answer.</exception>
    public Task<RedisResult> EvaluateAsync(string script, RedisValue[] arguments, CancellationToken cancellationToken) => redis.CallAsync(
        database => database.ScriptEvaluateAsync(
            script, [SubmissionScripts.Stream], [queues.PlacesPerCaller, (long)_options.TimeToLive.TotalMilliseconds, .. arguments]),
        cancellationToken);

    private TooManySubmissionsException Full(string what, TimeSpan delay) => new(
        what switch
        {
            "caller" => $"{_options.MaxWaitingPerCaller} submissions of this caller are waiting; that is as many as may.",
            "all" => $"{_options.MaxWaiting} submissions are waiting; that is as many as may.",
            "callbacks" => $"{_options.MaxCallbacks} callbacks are waiting; that is as many as may.",
            _ => $"Submissions and their results take {_options.MaxKeptBytes} bytes; that is as much as may be kept.",
        },
        TimeSpan.FromMilliseconds(Math.Clamp(delay.TotalMilliseconds, MinRetryDelay.TotalMilliseconds, MaxRetryDelay.TotalMilliseconds)));

    /// <summary>Callers cannot meet in one another's keys, whatever these hold.</summary>
    private static string HashOf(SubmissionOrder order) => order.IdempotencyKey.Length == 0
        ? ""
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{order.Caller.Length}:{order.Caller}{order.IdempotencyKey}"))));

    private static DateTimeOffset? TimeOf(RedisResult milliseconds) =>
        milliseconds.IsNull ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
}

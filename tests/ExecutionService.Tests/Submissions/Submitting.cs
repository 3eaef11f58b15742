using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Submissions;

/// <summary>Submits, and waits for what comes of it, with a limit.</summary>
internal static class Submitting
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A service on this Redis.</summary>
    public static ServiceFixture ServiceOn(RedisServer redis, params (string Key, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => setting.Key, setting => setting.Value);
        all["ConnectionStrings:redis"] = redis.ConnectionString;
        return new ServiceFixture(all);
    }

    public static async Task<Submission> SubmitAsync(this ServiceFixture service, ExecuteRequest program, string caller = "", string key = "") =>
        await service.Client.SubmitAsync(
            new SubmitRequest { Execution = program, Caller = caller, IdempotencyKey = key }, cancellationToken: TestContext.Current.CancellationToken);

    public static async Task<Submission> GetAsync(this ServiceFixture service, string id) =>
        await service.Client.GetSubmissionAsync(new GetSubmissionRequest { Id = id }, cancellationToken: TestContext.Current.CancellationToken);

    public static async Task<Submission> CancelAsync(this ServiceFixture service, string id) =>
        await service.Client.CancelSubmissionAsync(new CancelSubmissionRequest { Id = id }, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Everything that is told of it, up to its end.</summary>
    public static async Task<IReadOnlyList<Submission>> WatchAsync(this ServiceFixture service, string id)
    {
        using var call = service.Client.WatchSubmission(
            new WatchSubmissionRequest { Id = id }, deadline: DateTime.UtcNow + Patience, cancellationToken: TestContext.Current.CancellationToken);
        var told = new List<Submission>();
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            told.Add(call.ResponseStream.Current);
        return told;
    }

    public static async Task<Submission> EndAsync(this ServiceFixture service, string id) => (await service.WatchAsync(id))[^1];

    public static Task IsAsync(this ServiceFixture service, string id, SubmissionState state) =>
        WaitFor.TrueAsync(async () => (await service.GetAsync(id)).State == state, Patience);
}

using System.Diagnostics;
using System.Net;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Tests.Stores;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace OnlineCompiler.SessionService.Tests;

/// <summary>What a network and AWS do to calls, put between the service and its table.</summary>
public sealed class DynamoDbOutageTests(DynamoDbStore store)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _owner = SessionServiceApp.NewOwner();

    [Theory]
    [InlineData("ThrottlingException")]
    [InlineData("ProvisionedThroughputExceededException")]
    [InlineData("RequestLimitExceeded")]
    [InlineData("ExpiredTokenException")]
    [InlineData("ResourceNotFoundException")]
    public async Task What_AWS_refuses_just_now_is_unavailable_and_says_when_to_try_again(string error)
    {
        await using var faulty = await FaultyDynamoDb.StartAsync(store.Address);
        await using var app = new SessionServiceApp(DynamoDbStore.SettingsFor(faulty.Address));
        var session = await app.CreateAsync(_owner);
        var token = Guid.NewGuid().ToString("N");
        var shared = await app.ShareAsync(SessionServiceApp.SampleContent(token), deleteToken: token);
        faulty.Refuse(error);

        foreach (var call in new Func<Task>[]
        {
            () => app.GetAsync(_owner, session.Id),
            () => app.SaveAsync(_owner, session.Id, 1, "Saved"),
            () => app.ListAsync(_owner),
            () => app.ShareAsync(SessionServiceApp.SampleContent()),
            () => app.UnshareAsync(shared.Id, token),
            () => app.GetHistoryAsync(_owner, session.Id),
        })
        {
            var failure = await SessionServiceApp.FailsAsync(StatusCode.Unavailable, call);
            Assert.True(failure.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        }

        faulty.Refuse(null);
        await app.SaveAsync(_owner, session.Id, 1, "Saved");
    }

    [Fact]
    public async Task A_save_whose_answer_was_lost_is_done_once_and_is_no_conflict_with_itself()
    {
        await using var faulty = await FaultyDynamoDb.StartAsync(store.Address);
        await using var app = new SessionServiceApp(DynamoDbStore.SettingsFor(faulty.Address));
        var session = await app.CreateAsync(_owner);
        faulty.LoseNextAnswerOf("UpdateItem");

        var saved = await app.SaveAsync(_owner, session.Id, 1, "Saved");

        Assert.Equal((2ul, "Saved"), (saved.Version, saved.Content.Title));
        var read = await app.GetAsync(_owner, session.Id);
        Assert.Equal((2ul, saved.SavedAt), (read.Version, read.SavedAt));
    }

    [Fact]
    public async Task A_session_and_a_snapshot_whose_answer_was_lost_are_made_once()
    {
        await using var faulty = await FaultyDynamoDb.StartAsync(store.Address);
        await using var app = new SessionServiceApp(DynamoDbStore.SettingsFor(faulty.Address));

        faulty.LoseNextAnswerOf("PutItem");
        var session = await app.CreateAsync(_owner);
        Assert.Equal(session.Id, Assert.Single((await app.ListAsync(_owner)).Sessions).Id);

        faulty.LoseNextAnswerOf("PutItem");
        var shared = await app.ShareAsync(SessionServiceApp.SampleContent(Guid.NewGuid().ToString()));
        Assert.Equal(shared.Content, (await app.GetSnapshotAsync(shared.Id)).Content);
    }

    [Fact]
    public async Task A_sharing_whose_taking_back_was_not_answered_is_taken_back_once()
    {
        await using var faulty = await FaultyDynamoDb.StartAsync(store.Address);
        await using var app = new SessionServiceApp(DynamoDbStore.SettingsFor(faulty.Address));
        var (mine, others) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"));
        var shared = await app.ShareAsync(SessionServiceApp.SampleContent(mine), deleteToken: mine);
        faulty.LoseNextAnswerOf("UpdateItem", "snapshot:");
        await app.ShareAsync(shared.Content, TimeSpan.FromHours(1), others);

        faulty.LoseNextAnswerOf("UpdateItem", "snapshot:");
        await app.UnshareAsync(shared.Id, mine);
        Assert.NotNull((await app.GetSnapshotAsync(shared.Id)).ExpiresAt);

        faulty.LoseNextAnswerOf("DeleteItem", "snapshot:");
        await app.UnshareAsync(shared.Id, others);
        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.GetSnapshotAsync(shared.Id));
        Assert.True(faulty.HasLostAll);
    }

    [Fact]
    public async Task A_run_whose_noting_was_not_answered_is_in_the_history_once()
    {
        await using var faulty = await FaultyDynamoDb.StartAsync(store.Address);
        await using var app = new SessionServiceApp(DynamoDbStore.SettingsFor(faulty.Address));
        var session = await app.CreateAsync(_owner);
        faulty.LoseNextAnswerOf("UpdateItem", "history:");

        await app.AddRunAsync(_owner, session.Id, new SessionRun { Version = 1, Outcome = "succeeded" });

        Assert.True(faulty.HasLostAll);
        Assert.Single((await app.GetHistoryAsync(_owner, session.Id)).Runs);
    }

    [Fact]
    public async Task The_service_starts_before_its_table_fails_soon_without_it_and_works_when_it_is_there()
    {
        await using var server = new DynamoDbStore();
        await using var app = new SessionServiceApp(server);
        using var http = app.Http;

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "/health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(http, "/health/ready"));
        Assert.Equal(ServingStatus.NotServing, await ServingAsync(app));
        await SessionServiceApp.FailsAsync(StatusCode.Unavailable, () => app.CreateAsync(_owner));

        await server.StartAsync();
        await WaitFor.TrueAsync(async () => await StatusAsync(http, "/health/ready") == HttpStatusCode.OK, Patience);
        Assert.Equal(ServingStatus.Serving, await ServingAsync(app));
        var session = await app.CreateAsync(_owner);

        server.Stop();
        var failure = await SessionServiceApp.FailsAsync(StatusCode.Unavailable, () => app.GetAsync(_owner, session.Id));
        Assert.NotNull(failure.GetRpcStatus()!.GetDetail<RetryInfo>());
    }

    [Fact]
    public async Task Every_call_of_the_table_is_a_span_that_names_it()
    {
        var owner = SessionServiceApp.NewOwner();
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "OnlineCompiler.SessionService.DynamoDb",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => { lock (spans) spans.Add(activity); },
        };
        ActivitySource.AddActivityListener(listener);
        await using var app = new SessionServiceApp(store);

        await app.CreateAsync(owner);
        await app.ListAsync(owner);

        lock (spans)
        {
            // Other tests call the table at the same time.
            Assert.Contains(spans, span => (string?)span.GetTagItem("db.operation.name") == "PutItem");
            Assert.Contains(spans, span => (string?)span.GetTagItem("db.operation.name") == "Query");
            Assert.All(spans, span => Assert.Equal(
                ("aws.dynamodb", DynamoDbStore.Table, ActivityKind.Client), (span.GetTagItem("db.system.name"), span.GetTagItem("db.collection.name"), span.Kind)));
        }
    }

    private static async Task<ServingStatus> ServingAsync(SessionServiceApp app) =>
        (await app.Health.CheckAsync(new HealthCheckRequest(), cancellationToken: TestContext.Current.CancellationToken)).Status;

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }
}

using Google.Rpc;
using Grpc.Core;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Tests.Stores;

namespace OnlineCompiler.SessionService.Tests;

public sealed class SessionsInRedis(RedisStore store) : SessionTests(store), IClassFixture<RedisStore>;

public sealed class SessionsInDynamoDb(DynamoDbStore store) : SessionTests(store);

/// <summary>The same of every store.</summary>
public abstract class SessionTests(IRunningStore store)
{
    private readonly string _owner = SessionServiceApp.NewOwner();

    [Fact]
    public async Task A_session_is_read_back_as_it_was_created()
    {
        await using var app = new SessionServiceApp(store);

        var created = await app.CreateAsync(_owner);
        var read = await app.GetAsync(_owner, created.Id);

        Assert.Matches("^[A-Za-z0-9_-]{22}$", created.Id);
        Assert.Equal(1ul, created.Version);
        Assert.Equal(SessionServiceApp.SampleContent(), read.Content);
        Assert.Equal(created.CreatedAt, read.CreatedAt);
        Assert.Equal(created.SavedAt, read.SavedAt);
        Assert.Equal(TimeSpan.FromDays(7), created.ExpiresAt.ToDateTime() - created.SavedAt.ToDateTime());
    }

    [Fact]
    public async Task Title_and_entry_point_have_defaults()
    {
        await using var app = new SessionServiceApp(store);
        var content = SessionServiceApp.SampleContent(title: "");
        content.EntryPoint = "";

        var created = await app.Client.CreateSessionAsync(
            new CreateSessionRequest { Owner = _owner, Content = content },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("Untitled", created.Content.Title);
        Assert.Equal("main.py", created.Content.EntryPoint);
    }

    [Fact]
    public async Task Saving_replaces_the_content_and_counts_the_version()
    {
        await using var app = new SessionServiceApp(store);
        var created = await app.CreateAsync(_owner);

        var saved = await app.SaveAsync(_owner, created.Id, created.Version, "Better greeting");
        var read = await app.GetAsync(_owner, created.Id);

        Assert.Equal(2ul, saved.Version);
        Assert.Equal("Better greeting", read.Content.Title);
        Assert.Equal(created.CreatedAt, saved.CreatedAt);
        Assert.Equal(saved.SavedAt, read.SavedAt);
    }

    [Fact]
    public async Task A_stale_save_is_refused_with_the_current_version_and_changes_nothing()
    {
        await using var app = new SessionServiceApp(store);
        var created = await app.CreateAsync(_owner);
        var saved = await app.SaveAsync(_owner, created.Id, created.Version, "Second");

        var refusal = await SessionServiceApp.FailsAsync(
            StatusCode.Aborted, () => app.SaveAsync(_owner, created.Id, created.Version, "Lost update"));

        var error = refusal.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal("STALE_VERSION", error.Reason);
        Assert.Equal("2", error.Metadata["current_version"]);
        Assert.Equal(saved.Content, (await app.GetAsync(_owner, created.Id)).Content);
    }

    [Fact]
    public async Task Of_concurrent_saves_of_one_version_exactly_one_wins()
    {
        await using var app = new SessionServiceApp(store);
        var created = await app.CreateAsync(_owner);

        var saves = Enumerable.Range(0, 16).Select(async writer =>
        {
            try
            {
                return (Title: $"Writer {writer}", Session: (SessionRecord?)await app.SaveAsync(_owner, created.Id, 1, $"Writer {writer}"));
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Aborted)
            {
                return (Title: "", Session: null);
            }
        });
        var winner = Assert.Single(await Task.WhenAll(saves), save => save.Session is not null);

        var read = await app.GetAsync(_owner, created.Id);
        Assert.Equal(2ul, read.Version);
        Assert.Equal(winner.Title, read.Content.Title);
    }

    [Fact]
    public async Task A_deleted_session_is_gone_and_not_listed()
    {
        await using var app = new SessionServiceApp(store);
        var created = await app.CreateAsync(_owner);

        await DeleteAsync(app, _owner, created.Id);

        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.GetAsync(_owner, created.Id));
        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.SaveAsync(_owner, created.Id, 1, "Revived"));
        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => DeleteAsync(app, _owner, created.Id));
        Assert.Empty((await app.ListAsync(_owner)).Sessions);
    }

    [Fact]
    public async Task To_anyone_but_its_owner_a_session_does_not_exist()
    {
        await using var app = new SessionServiceApp(store);
        var created = await app.CreateAsync(_owner);
        var stranger = SessionServiceApp.NewOwner();

        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.GetAsync(stranger, created.Id));
        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.SaveAsync(stranger, created.Id, 1, "Stolen"));
        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => DeleteAsync(app, stranger, created.Id));
        Assert.Empty((await app.ListAsync(stranger)).Sessions);
        Assert.Equal("Greeting", (await app.GetAsync(_owner, created.Id)).Content.Title);
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("short")]
    [InlineData("{}:*\n")]
    public async Task An_id_of_no_session_is_not_found(string id)
    {
        await using var app = new SessionServiceApp(store);

        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.GetAsync(_owner, id));
    }

    private static async Task DeleteAsync(SessionServiceApp app, string owner, string id) =>
        await app.Client.DeleteSessionAsync(new DeleteSessionRequest { Owner = owner, Id = id });
}

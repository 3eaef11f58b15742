using Grpc.Core;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Tests.Stores;

namespace OnlineCompiler.SessionService.Tests;

public sealed class SnapshotsInRedis(RedisStore store) : SnapshotTests(store), IClassFixture<RedisStore>;

public sealed class SnapshotsInDynamoDb(DynamoDbStore store) : SnapshotTests(store);

/// <summary>The same of every store.</summary>
public abstract class SnapshotTests(IRunningStore store)
{
    private readonly string _owner = SessionServiceApp.NewOwner();

    [Fact]
    public async Task What_was_shared_is_read_back_by_anyone_and_kept_for_good()
    {
        await using var app = new SessionServiceApp(store);
        var content = Content();

        var made = await app.ShareAsync(content);
        var read = await app.GetSnapshotAsync(made.Id);

        Assert.Matches("^[A-Za-z0-9_-]{12}$", made.Id);
        Assert.Equal(content, read.Content);
        Assert.Equal(made, read);
        Assert.Null(read.ExpiresAt);
        Assert.Equal(TimeSpan.MaxValue, await store.LeftAsync(Kept.Snapshot, made.Id));
    }

    [Fact]
    public async Task The_same_program_is_the_same_snapshot_and_another_is_another()
    {
        await using var app = new SessionServiceApp(store);
        var (one, other) = (Content(), Content());

        var first = await app.ShareAsync(one);
        var again = await app.ShareAsync(one);
        var another = await app.ShareAsync(other);

        Assert.Equal(first, again);
        Assert.NotEqual(first.Id, another.Id);
        Assert.Equal(other, (await app.GetSnapshotAsync(another.Id)).Content);
    }

    [Fact]
    public async Task Title_and_entry_point_have_the_defaults_of_a_session()
    {
        await using var app = new SessionServiceApp(store);
        var content = Content();
        (content.Title, content.EntryPoint) = ("", "");

        var made = await app.ShareAsync(content);

        Assert.Equal(("Untitled", "main.py"), (made.Content.Title, made.Content.EntryPoint));
    }

    [Fact]
    public async Task It_is_kept_as_long_as_anybody_asked()
    {
        await using var app = new SessionServiceApp(store);
        var content = Content();

        var hour = await app.ShareAsync(content, TimeSpan.FromHours(1));
        Assert.InRange((hour.ExpiresAt - hour.CreatedAt).ToTimeSpan(), TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));

        await app.ShareAsync(content, TimeSpan.FromMinutes(1));
        Assert.InRange(await store.LeftAsync(Kept.Snapshot, hour.Id), TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));

        await app.ShareAsync(content, TimeSpan.FromDays(2));
        Assert.InRange(await store.LeftAsync(Kept.Snapshot, hour.Id), TimeSpan.FromDays(1), TimeSpan.FromDays(2));

        var forGood = await app.ShareAsync(content);
        Assert.Null(forGood.ExpiresAt);
        await app.ShareAsync(content, TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.MaxValue, await store.LeftAsync(Kept.Snapshot, hour.Id));
    }

    [Fact]
    public async Task When_its_time_has_passed_it_is_forgotten()
    {
        await using var app = new SessionServiceApp(store);
        var made = await app.ShareAsync(Content(), TimeSpan.FromMinutes(1));
        await store.LeaveAsync(Kept.Snapshot, made.Id, TimeSpan.FromSeconds(-1));

        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.GetSnapshotAsync(made.Id));
        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.ForkAsync(_owner, made.Id));
        Assert.Equal(made.Id, (await app.ShareAsync(made.Content)).Id);
        Assert.Null((await app.GetSnapshotAsync(made.Id)).ExpiresAt);
    }

    [Fact]
    public async Task A_second_program_of_the_same_short_name_gets_a_longer_one()
    {
        await using var app = new SessionServiceApp(store);
        var content = Content();
        var made = await app.ShareAsync(content);
        var other = await app.ShareAsync(Content());
        await store.PutInPlaceOfAsync(made.Id, other.Id);

        var second = await app.ShareAsync(content);

        Assert.Equal(22, second.Id.Length);
        Assert.StartsWith(made.Id, second.Id, StringComparison.Ordinal);
        Assert.Equal(content, (await app.GetSnapshotAsync(second.Id)).Content);
        Assert.Equal(other.Content, (await app.GetSnapshotAsync(made.Id)).Content);
    }

    [Fact]
    public async Task A_fork_is_a_session_of_its_own()
    {
        await using var app = new SessionServiceApp(store);
        var shared = await app.ShareAsync(Content());

        var fork = await app.ForkAsync(_owner, shared.Id);
        await app.SaveAsync(_owner, fork.Id, fork.Version, "Changed");

        Assert.Equal((1ul, shared.Content), (fork.Version, fork.Content));
        Assert.Equal(shared, await app.GetSnapshotAsync(shared.Id));
        Assert.Equal(fork.Id, Assert.Single((await app.ListAsync(_owner)).Sessions).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("twelve/chars")]
    [InlineData("abcdefghijkl")]
    public async Task What_is_no_snapshot_is_not_found(string id)
    {
        await using var app = new SessionServiceApp(store);
        var expected = id.Length == 0 ? StatusCode.InvalidArgument : StatusCode.NotFound;

        await SessionServiceApp.FailsAsync(expected, () => app.GetSnapshotAsync(id));
        await SessionServiceApp.FailsAsync(expected, () => app.ForkAsync(_owner, id));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named()
    {
        await using var app = new SessionServiceApp(store);
        var content = Content();
        content.Language = "No Such";

        var refusal = await SessionServiceApp.FailsAsync(StatusCode.InvalidArgument, () => app.ShareAsync(content, TimeSpan.FromSeconds(59)));

        Assert.Equal(
            ["content.language", "time_to_live"],
            refusal.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.Select(violation => violation.Field));
    }

    /// <summary>One that no other test shares.</summary>
    private static SessionContent Content() => SessionServiceApp.SampleContent(Guid.NewGuid().ToString());
}

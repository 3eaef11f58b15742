using Grpc.Core;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Tests.Stores;

namespace OnlineCompiler.SessionService.Tests;

public sealed class UnsharingInRedis(RedisStore store) : UnsharingTests(store), IClassFixture<RedisStore>;

/// <summary>The same of every store.</summary>
public abstract class UnsharingTests(IRunningStore store)
{
    private readonly string _token = NewToken();
    private readonly SessionContent _content = SessionServiceApp.SampleContent(Guid.NewGuid().ToString());

    [Fact]
    public async Task Who_shared_can_take_it_back()
    {
        await using var app = new SessionServiceApp(store);
        var shared = await app.ShareAsync(_content, deleteToken: _token);

        await app.UnshareAsync(shared.Id, _token);

        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.GetSnapshotAsync(shared.Id));
        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.UnshareAsync(shared.Id, _token));
    }

    [Fact]
    public async Task Nobody_else_can()
    {
        await using var app = new SessionServiceApp(store);
        var shared = await app.ShareAsync(_content, deleteToken: _token);
        var forGood = await app.ShareAsync(SessionServiceApp.SampleContent(Guid.NewGuid().ToString()));

        await SessionServiceApp.FailsAsync(StatusCode.PermissionDenied, () => app.UnshareAsync(shared.Id, NewToken()));
        await SessionServiceApp.FailsAsync(StatusCode.PermissionDenied, () => app.UnshareAsync(forGood.Id, _token));
        await SessionServiceApp.FailsAsync(StatusCode.InvalidArgument, () => app.UnshareAsync(forGood.Id, ""));

        Assert.Equal(shared, await app.GetSnapshotAsync(shared.Id));
        Assert.Equal(forGood, await app.GetSnapshotAsync(forGood.Id));
    }

    [Fact]
    public async Task What_others_share_as_well_stays_for_as_long_as_they_asked()
    {
        await using var app = new SessionServiceApp(store);
        var shared = await app.ShareAsync(_content, deleteToken: _token);
        Assert.Null(shared.ExpiresAt);
        await app.ShareAsync(_content, TimeSpan.FromHours(1), NewToken());
        Assert.Null((await app.GetSnapshotAsync(shared.Id)).ExpiresAt);

        await app.UnshareAsync(shared.Id, _token);

        var left = (await app.GetSnapshotAsync(shared.Id)).ExpiresAt.ToDateTimeOffset() - DateTimeOffset.UtcNow;
        Assert.InRange(left, TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task A_token_is_kept_only_as_a_hash()
    {
        await using var app = new SessionServiceApp(store);
        var shared = await app.ShareAsync(_content, deleteToken: _token);

        var text = await store.TextOfAsync(Kept.Snapshot, shared.Id);

        Assert.Contains("createdAtMs", text, StringComparison.Ordinal);
        Assert.DoesNotContain(_token, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_shared_before_anybody_could_take_it_back_is_nobodys_to_take()
    {
        await using var app = new SessionServiceApp(store);
        var shared = await app.ShareAsync(_content);
        await store.ForgetHoldersAsync(shared.Id);

        await app.ShareAsync(_content, deleteToken: _token);
        await app.UnshareAsync(shared.Id, _token);

        Assert.Null((await app.GetSnapshotAsync(shared.Id)).ExpiresAt);
    }

    [Fact]
    public async Task Taking_it_back_before_others_does_not_keep_it_longer_than_they_asked()
    {
        await using var app = new SessionServiceApp(store);
        var other = NewToken();
        var shared = await app.ShareAsync(_content, TimeSpan.FromHours(1), other);
        await app.ShareAsync(_content, TimeSpan.FromDays(2), _token);
        Assert.InRange(await store.LeftAsync(Kept.Snapshot, shared.Id), TimeSpan.FromDays(1.9), TimeSpan.FromDays(2));

        await app.UnshareAsync(shared.Id, _token);
        Assert.InRange(await store.LeftAsync(Kept.Snapshot, shared.Id), TimeSpan.FromMinutes(55), TimeSpan.FromHours(1));
        await SessionServiceApp.FailsAsync(StatusCode.PermissionDenied, () => app.UnshareAsync(shared.Id, _token));

        await app.UnshareAsync(shared.Id, other);
        Assert.False(await store.IsKeptAsync(Kept.Snapshot, shared.Id));
    }

    [Fact]
    public async Task What_has_expired_is_nobodys_to_take_back()
    {
        await using var app = new SessionServiceApp(store);
        var shared = await app.ShareAsync(_content, TimeSpan.FromHours(1), _token);
        await store.LeaveAsync(Kept.Snapshot, shared.Id, TimeSpan.FromSeconds(-1));

        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.UnshareAsync(shared.Id, _token));

        // Shared again it is nobody else's: nothing of before holds it.
        await app.ShareAsync(_content, TimeSpan.FromHours(1), NewToken());
        await SessionServiceApp.FailsAsync(StatusCode.PermissionDenied, () => app.UnshareAsync(shared.Id, _token));
    }

    [Fact]
    public async Task When_many_share_and_take_back_at_once_each_counts_once()
    {
        await using var app = new SessionServiceApp(store);
        var tokens = Enumerable.Range(0, 6).Select(_ => NewToken()).ToList();
        var shared = await Task.WhenAll(tokens.Select((token, hours) => app.ShareAsync(_content, TimeSpan.FromHours(hours + 1), token)));
        var id = Assert.Single(shared.Select(each => each.Id).Distinct());

        await Task.WhenAll(tokens.Skip(2).Select(token => app.UnshareAsync(id, token)).Append(app.ShareAsync(_content, TimeSpan.FromMinutes(1), _token)));
        Assert.InRange(await store.LeftAsync(Kept.Snapshot, id), TimeSpan.FromHours(1.9), TimeSpan.FromHours(2));

        await Task.WhenAll(tokens.Take(2).Append(_token).Select(token => app.UnshareAsync(id, token)));
        Assert.False(await store.IsKeptAsync(Kept.Snapshot, id));
    }

    protected static string NewToken() => Guid.NewGuid().ToString("N");
}

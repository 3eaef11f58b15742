using Grpc.Core;
using OnlineCompiler.SessionService.Tests.Stores;

namespace OnlineCompiler.SessionService.Tests;

public sealed class LifetimesInRedis(RedisStore store) : SessionLifetimeTests(store), IClassFixture<RedisStore>;

public sealed class LifetimesInDynamoDb(DynamoDbStore store) : SessionLifetimeTests(store);

/// <summary>The same of every store.</summary>
public abstract class SessionLifetimeTests(IRunningStore store)
{
    private readonly string _owner = SessionServiceApp.NewOwner();

    [Fact]
    public async Task A_session_is_forgotten_when_its_time_to_live_has_passed()
    {
        await using var app = new SessionServiceApp(store);
        var session = await app.CreateAsync(_owner);
        await store.LeaveAsync(Kept.Session, session.Id, TimeSpan.FromSeconds(-1));

        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.GetAsync(_owner, session.Id));
        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.SaveAsync(_owner, session.Id, 1, "Too late"));
        Assert.Empty((await app.ListAsync(_owner)).Sessions);
    }

    [Fact]
    public async Task Reading_and_saving_renew_the_time_to_live_and_listing_does_not()
    {
        await using var app = new SessionServiceApp(store);
        var session = await app.CreateAsync(_owner);

        await store.LeaveAsync(Kept.Session, session.Id, TimeSpan.FromMinutes(1));
        await app.ListAsync(_owner);
        Assert.InRange(await store.LeftAsync(Kept.Session, session.Id), TimeSpan.Zero, TimeSpan.FromMinutes(1));

        await app.GetAsync(_owner, session.Id);
        Assert.True(await store.LeftAsync(Kept.Session, session.Id) > TimeSpan.FromDays(6));

        await store.LeaveAsync(Kept.Session, session.Id, TimeSpan.FromMinutes(1));
        await app.SaveAsync(_owner, session.Id, 1, "Saved");
        Assert.True(await store.LeftAsync(Kept.Session, session.Id) > TimeSpan.FromDays(6));
    }

    [Fact]
    public async Task A_stale_save_renews_nothing()
    {
        await using var app = new SessionServiceApp(store);
        var session = await app.CreateAsync(_owner);
        await store.LeaveAsync(Kept.Session, session.Id, TimeSpan.FromMinutes(1));

        await SessionServiceApp.FailsAsync(StatusCode.Aborted, () => app.SaveAsync(_owner, session.Id, 9, "From the future"));

        Assert.True(await store.LeftAsync(Kept.Session, session.Id) <= TimeSpan.FromMinutes(1));
    }
}

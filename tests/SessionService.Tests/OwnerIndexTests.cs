using Microsoft.Extensions.Time.Testing;
using OnlineCompiler.SessionService.Tests.Stores;

namespace OnlineCompiler.SessionService.Tests;

/// <summary>Redis alone: the list of an owner's sessions is a key of its own there, which may be behind.</summary>
public sealed class OwnerIndexTests(RedisStore store) : IClassFixture<RedisStore>
{
    private readonly string _owner = SessionServiceApp.NewOwner();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Index_entries_without_a_session_are_skipped_and_dropped()
    {
        await using var app = new SessionServiceApp(store, time: _time);
        var session = await app.CreateAsync(_owner);
        var database = store.Database;
        var key = $"oc:owner-sessions:{{{_owner}}}";
        for (var number = 0; number < 5; number++)
            await database.SortedSetAddAsync(key, $"forgotten-000000000000{number}", number);

        var page = await app.ListAsync(_owner, pageSize: 1);

        Assert.Equal([session.Id], page.Sessions.Select(listed => listed.Id));
        Assert.Empty(page.NextPageToken);
        Assert.Equal(1, await database.SortedSetLengthAsync(key));
        Assert.NotNull(await database.KeyTimeToLiveAsync(key));
    }

    [Fact]
    public async Task Reading_a_session_lists_it_again_when_the_index_was_lost()
    {
        await using var app = new SessionServiceApp(store, time: _time);
        var session = await app.CreateAsync(_owner);
        await store.Database.KeyDeleteAsync($"oc:owner-sessions:{{{_owner}}}");
        Assert.Empty((await app.ListAsync(_owner)).Sessions);

        await app.GetAsync(_owner, session.Id);

        Assert.Single((await app.ListAsync(_owner)).Sessions);
    }
}

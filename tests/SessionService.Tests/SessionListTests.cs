using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Tests.Stores;

namespace OnlineCompiler.SessionService.Tests;

public sealed class ListsInRedis(RedisStore store) : SessionListTests(store), IClassFixture<RedisStore>;

public sealed class ListsInDynamoDb(DynamoDbStore store) : SessionListTests(store);

/// <summary>The same of every store.</summary>
public abstract class SessionListTests(IRunningStore store)
{
    private readonly string _owner = SessionServiceApp.NewOwner();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Sessions_are_listed_last_saved_first_without_their_files()
    {
        await using var app = new SessionServiceApp(store, time: _time);
        var first = await app.CreateAsync(_owner, "First");
        _time.Advance(TimeSpan.FromSeconds(1));
        await app.CreateAsync(_owner, "Second");
        _time.Advance(TimeSpan.FromSeconds(1));
        var saved = await app.SaveAsync(_owner, first.Id, first.Version, "First, saved again");

        var list = await app.ListAsync(_owner);

        Assert.Equal(["First, saved again", "Second"], list.Sessions.Select(session => session.Content.Title));
        Assert.Empty(list.Sessions[0].Content.Files);
        Assert.Equal(2ul, list.Sessions[0].Version);
        Assert.Equal(saved.SavedAt, list.Sessions[0].SavedAt);
        Assert.InRange(list.Sessions[0].ExpiresAt.ToDateTime(), saved.ExpiresAt.ToDateTime().AddMinutes(-1), saved.ExpiresAt.ToDateTime());
        Assert.Empty(list.NextPageToken);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Pages_show_every_session_once_even_when_all_were_saved_in_the_same_millisecond(int millisecondsBetween)
    {
        await using var app = new SessionServiceApp(store, time: _time);
        for (var number = 0; number < 7; number++)
        {
            await app.CreateAsync(_owner, $"Number {number}");
            _time.Advance(TimeSpan.FromMilliseconds(millisecondsBetween));
        }

        var pages = await ReadPagesAsync(app, pageSize: 3);

        Assert.Equal([3, 3, 1], pages.Select(page => page.Sessions.Count));
        Assert.Equal(7, pages.SelectMany(page => page.Sessions).Select(session => session.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_page_that_ends_the_list_has_no_next_page()
    {
        await using var app = new SessionServiceApp(store, time: _time);
        for (var number = 0; number < 4; number++)
            await app.CreateAsync(_owner);

        var pages = await ReadPagesAsync(app, pageSize: 2);

        Assert.Equal([2, 2], pages.Select(page => page.Sessions.Count));
    }

    [Fact]
    public async Task A_session_deleted_between_two_pages_hides_no_other()
    {
        await using var app = new SessionServiceApp(store, time: _time);
        for (var number = 0; number < 4; number++)
        {
            await app.CreateAsync(_owner, $"Number {number}");
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var firstPage = await app.ListAsync(_owner, pageSize: 2);
        await app.Client.DeleteSessionAsync(
            new DeleteSessionRequest { Owner = _owner, Id = firstPage.Sessions[1].Id },
            cancellationToken: TestContext.Current.CancellationToken);
        var secondPage = await app.ListAsync(_owner, 2, firstPage.NextPageToken);

        Assert.Equal(["Number 1", "Number 0"], secondPage.Sessions.Select(session => session.Content.Title));
    }

    [Theory]
    [InlineData("not a token")]
    [InlineData("bm90LWEtdG9rZW4")]
    public async Task A_made_up_page_token_is_refused(string token)
    {
        await using var app = new SessionServiceApp(store);

        await SessionServiceApp.FailsAsync(StatusCode.InvalidArgument, () => app.ListAsync(_owner, 10, token));
    }

    private async Task<List<ListSessionsResponse>> ReadPagesAsync(SessionServiceApp app, uint pageSize)
    {
        var pages = new List<ListSessionsResponse> { await app.ListAsync(_owner, pageSize) };
        while (pages[^1].NextPageToken.Length > 0)
            pages.Add(await app.ListAsync(_owner, pageSize, pages[^1].NextPageToken));
        return pages;
    }
}

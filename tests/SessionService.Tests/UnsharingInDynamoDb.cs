using System.Buffers.Text;
using System.Security.Cryptography;
using Grpc.Core;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Tests.Stores;

namespace OnlineCompiler.SessionService.Tests;

public sealed class UnsharingInDynamoDb(DynamoDbStore store) : UnsharingTests(store)
{
    private readonly DynamoDbStore _store = store;
    private readonly string _token = NewToken();

    [Fact]
    public async Task Parts_go_with_the_last_who_shared_them()
    {
        await using var app = new SessionServiceApp(_store);
        var shared = await app.ShareAsync(LargeContent(), deleteToken: _token);
        Assert.True((await _store.KeysAsync($"snapshot:{shared.Id}")).Count > 1);

        await app.UnshareAsync(shared.Id, _token);

        Assert.Empty(await _store.KeysAsync($"snapshot:{shared.Id}"));
    }

    [Fact]
    public async Task Parts_that_were_for_good_expire_when_nobody_shares_them_for_good_any_more()
    {
        await using var app = new SessionServiceApp(_store);
        var content = LargeContent();
        var shared = await app.ShareAsync(content, deleteToken: _token);
        await app.ShareAsync(content, TimeSpan.FromHours(1), NewToken());
        var before = await _store.KeysAsync($"snapshot:{shared.Id}:");

        await app.UnshareAsync(shared.Id, _token);

        var parts = await _store.KeysAsync($"snapshot:{shared.Id}:");
        Assert.Equal(before.Count, parts.Count);
        var expiry = (await _store.ItemAsync($"snapshot:{shared.Id}"))["expiresAt"].N;
        Assert.All(await Task.WhenAll(parts.Select(_store.ItemAsync)), part => Assert.Equal(expiry, part["expiresAt"].N));
        Assert.Equal(content, (await app.GetSnapshotAsync(shared.Id)).Content);
    }

    [Fact]
    public async Task Who_reads_while_the_parts_are_replaced_reads_all_of_it()
    {
        await using var faulty = await FaultyDynamoDb.StartAsync(_store.Address);
        await using var reading = new SessionServiceApp(DynamoDbStore.SettingsFor(faulty.Address));
        await using var releasing = new SessionServiceApp(_store);
        var shared = await releasing.ShareAsync(LargeContent(), deleteToken: _token);
        await releasing.ShareAsync(shared.Content, TimeSpan.FromHours(1), NewToken());
        faulty.OvertakeNext("GetItem", $"snapshot:{shared.Id}:", () => releasing.UnshareAsync(shared.Id, _token));

        var read = await reading.GetSnapshotAsync(shared.Id);

        Assert.True(faulty.HasOvertakenAll);
        Assert.Equal(shared.Content, read.Content);
        Assert.NotNull(read.ExpiresAt);
    }

    [Fact]
    public async Task Who_shares_while_the_last_takes_it_back_shares_it()
    {
        await using var faulty = await FaultyDynamoDb.StartAsync(_store.Address);
        await using var sharing = new SessionServiceApp(DynamoDbStore.SettingsFor(faulty.Address));
        await using var releasing = new SessionServiceApp(_store);
        var shared = await releasing.ShareAsync(LargeContent(), TimeSpan.FromHours(1), _token);
        faulty.OvertakeNext("UpdateItem", $"snapshot:{shared.Id}", () => releasing.UnshareAsync(shared.Id, _token));

        await sharing.ShareAsync(shared.Content, deleteToken: NewToken());

        Assert.True(faulty.HasOvertakenAll);
        var read = await sharing.GetSnapshotAsync(shared.Id);
        Assert.Equal(shared.Content, read.Content);
        Assert.Null(read.ExpiresAt);
    }

    [Fact]
    public async Task Who_takes_it_back_while_another_shares_it_takes_nothing_from_them()
    {
        await using var faulty = await FaultyDynamoDb.StartAsync(_store.Address);
        await using var releasing = new SessionServiceApp(DynamoDbStore.SettingsFor(faulty.Address));
        await using var sharing = new SessionServiceApp(_store);
        var shared = await sharing.ShareAsync(LargeContent(), deleteToken: _token);
        faulty.OvertakeNext("DeleteItem", $"snapshot:{shared.Id}", () => sharing.ShareAsync(shared.Content, TimeSpan.FromHours(1), NewToken()));

        await releasing.UnshareAsync(shared.Id, _token);

        Assert.True(faulty.HasOvertakenAll);
        var read = await sharing.GetSnapshotAsync(shared.Id);
        Assert.Equal(shared.Content, read.Content);
        Assert.NotNull(read.ExpiresAt);
    }

    [Fact]
    public async Task Who_comes_after_hundreds_shares_it_too_but_cannot_take_it_back()
    {
        await using var app = new SessionServiceApp(_store);
        var content = SessionServiceApp.SampleContent(NewToken());
        var shared = await app.ShareAsync(content, TimeSpan.FromHours(1), _token);
        await _store.AddHoldersAsync(shared.Id, 499, DateTimeOffset.UtcNow.AddHours(1));

        var late = NewToken();
        var again = await app.ShareAsync(content, TimeSpan.FromHours(2), late);

        Assert.True(again.ExpiresAt > shared.ExpiresAt);
        await SessionServiceApp.FailsAsync(StatusCode.PermissionDenied, () => app.UnshareAsync(shared.Id, late));
        await app.UnshareAsync(shared.Id, _token);
        await app.ShareAsync(content, TimeSpan.FromHours(1), late);
        await app.UnshareAsync(shared.Id, late);
    }

    /// <summary>Half a mebibyte that no compression makes much smaller.</summary>
    private static SessionContent LargeContent()
    {
        var content = SessionServiceApp.SampleContent();
        content.Files[0].Content = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(512 * 1024));
        return content;
    }
}

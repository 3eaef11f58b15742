using System.Buffers.Text;
using System.Security.Cryptography;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Tests.Stores;

namespace OnlineCompiler.SessionService.Tests;

public sealed class HistoriesInDynamoDb(DynamoDbStore store) : SessionHistoryTests(store)
{
    private readonly DynamoDbStore _store = store;

    [Fact]
    public async Task What_is_too_large_for_one_item_lies_in_parts_that_go_with_it()
    {
        await using var app = new SessionServiceApp(_store);
        var made = await app.CreateAsync(Owner, LargeContent());
        var parts = await _store.KeysAsync($"history:{made.Id}:");
        Assert.NotEmpty(parts);

        await app.SaveAsync(Owner, made.Id, 1, LargeContent());
        var replaced = await _store.KeysAsync($"history:{made.Id}:");
        Assert.True(replaced.Count > parts.Count, $"{replaced.Count} parts");
        Assert.Empty(replaced.Intersect(parts));
        Assert.Equal(made.Content, (await app.GetVersionAsync(Owner, made.Id, 1)).Content);

        await app.DeleteAsync(Owner, made.Id);
        Assert.Empty(await _store.KeysAsync($"history:{made.Id}"));
    }

    [Fact]
    public async Task Parts_outlive_the_history_that_names_them_however_often_it_is_renewed()
    {
        await using var app = new SessionServiceApp(_store);
        var made = await app.CreateAsync(Owner, LargeContent());
        var parts = await _store.KeysAsync($"history:{made.Id}:");
        // As if it had been saved long ago, and read every day since.
        var soon = DateTimeOffset.UtcNow.AddHours(1);
        await _store.SetAsync($"history:{made.Id}", "partsExpireAtMs", soon.ToUnixTimeMilliseconds());
        foreach (var part in parts)
            await _store.SetAsync(part, "expiresAt", soon.ToUnixTimeSeconds());

        await app.GetAsync(Owner, made.Id);

        var history = long.Parse((await _store.ItemAsync($"history:{made.Id}"))["expiresAt"].N, null);
        foreach (var part in parts)
            Assert.True(long.Parse((await _store.ItemAsync(part))["expiresAt"].N, null) > history);
    }

    [Fact]
    public async Task Who_reads_a_history_while_it_is_replaced_reads_the_next_one()
    {
        await using var faulty = await FaultyDynamoDb.StartAsync(_store.Address);
        await using var reading = new SessionServiceApp(DynamoDbStore.SettingsFor(faulty.Address));
        await using var saving = new SessionServiceApp(_store);
        var made = await saving.CreateAsync(Owner, LargeContent());
        faulty.OvertakeNext("GetItem", $"history:{made.Id}:", () => saving.SaveAsync(Owner, made.Id, 1, LargeContent()));

        var history = await reading.GetHistoryAsync(Owner, made.Id);

        Assert.True(faulty.HasOvertakenAll);
        Assert.Equal([2ul, 1ul], history.Versions.Select(version => version.Version));
    }

    /// <summary>Half a mebibyte that no compression makes much smaller.</summary>
    private static SessionContent LargeContent()
    {
        var content = SessionServiceApp.SampleContent();
        content.Files[0].Content = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(512 * 1024));
        return content;
    }
}

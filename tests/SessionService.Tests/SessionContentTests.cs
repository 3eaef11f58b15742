using System.Buffers.Text;
using System.Security.Cryptography;
using Grpc.Core;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Tests.Stores;

namespace OnlineCompiler.SessionService.Tests;

public sealed class ContentsInRedis(RedisStore store) : SessionContentTests(store), IClassFixture<RedisStore>;

public sealed class ContentsInDynamoDb(DynamoDbStore store) : SessionContentTests(store)
{
    private readonly DynamoDbStore _store = store;

    [Fact]
    public async Task What_is_too_large_for_one_item_lies_in_parts_that_go_with_it()
    {
        await using var app = new SessionServiceApp(_store);
        var created = await app.CreateAsync(Owner, Content(2 * Mebibyte));
        var parts = await _store.KeysAsync($"{created.Id}:");
        Assert.True(parts.Count > 3, $"{parts.Count} parts");

        await app.SaveAsync(Owner, created.Id, 1, Content(2 * Mebibyte));
        var replaced = await _store.KeysAsync($"{created.Id}:");
        Assert.Equal(parts.Count, replaced.Count);
        Assert.Empty(replaced.Intersect(parts));

        await SessionServiceApp.FailsAsync(StatusCode.Aborted, () => app.SaveAsync(Owner, created.Id, 1, Content(2 * Mebibyte)));
        Assert.Equal(replaced, await _store.KeysAsync($"{created.Id}:"));

        await app.DeleteAsync(Owner, created.Id);
        Assert.Empty(await _store.KeysAsync(created.Id));
    }

    [Fact]
    public async Task Parts_outlive_the_session_that_names_them_however_often_it_is_renewed()
    {
        await using var app = new SessionServiceApp(_store);
        var created = await app.CreateAsync(Owner, Content(Mebibyte));
        var parts = await _store.KeysAsync($"{created.Id}:");
        Assert.NotEmpty(parts);
        // As if it had been saved long ago, and read every day since.
        var soon = DateTimeOffset.UtcNow.AddHours(1);
        await _store.SetAsync(created.Id, "partsExpireAtMs", soon.ToUnixTimeMilliseconds());
        foreach (var part in parts)
            await _store.SetAsync(part, "expiresAt", soon.ToUnixTimeSeconds());

        await app.GetAsync(Owner, created.Id);

        var session = long.Parse((await _store.ItemAsync(created.Id))["expiresAt"].N, null);
        foreach (var part in parts)
            Assert.True(long.Parse((await _store.ItemAsync(part))["expiresAt"].N, null) > session);
        Assert.True(long.Parse((await _store.ItemAsync(created.Id))["partsExpireAtMs"].N, null) > session * 1000);
    }

    [Fact]
    public async Task Parts_of_a_snapshot_are_kept_as_long_as_it_is()
    {
        await using var app = new SessionServiceApp(_store);
        var content = Content(Mebibyte);
        var hour = await app.ShareAsync(content, TimeSpan.FromHours(1));
        var parts = await _store.KeysAsync($"snapshot:{hour.Id}:");
        Assert.NotEmpty(parts);
        Assert.All(await Task.WhenAll(parts.Select(_store.ItemAsync)), part => Assert.Contains("expiresAt", part.Keys));

        await app.ShareAsync(content);

        Assert.All(await Task.WhenAll(parts.Select(_store.ItemAsync)), part => Assert.DoesNotContain("expiresAt", part.Keys));
        Assert.Equal(content, (await app.GetSnapshotAsync(hour.Id)).Content);
    }
}

/// <summary>The same of every store: contents of any size that the service takes.</summary>
public abstract class SessionContentTests(IRunningStore store)
{
    protected const int Mebibyte = 1024 * 1024;

    protected string Owner { get; } = SessionServiceApp.NewOwner();

    [Fact]
    public async Task The_largest_content_is_kept_to_the_letter()
    {
        await using var app = new SessionServiceApp(store);
        var content = Content(4 * Mebibyte);

        var created = await app.CreateAsync(Owner, content);
        var shared = await app.ShareAsync(content);

        Assert.Equal(content, (await app.GetAsync(Owner, created.Id)).Content);
        Assert.Equal(content, (await app.GetSnapshotAsync(shared.Id)).Content);
        Assert.Equal(created.Id, Assert.Single((await app.ListAsync(Owner)).Sessions).Id);
    }

    [Fact]
    public async Task Every_character_is_kept_in_contents_titles_and_arguments()
    {
        await using var app = new SessionServiceApp(store);
        var content = SessionServiceApp.SampleContent("𝒯 — Übung №1 \"<&>' 你好 🎉\u202e");
        content.Files[0].Content = string.Concat(Enumerable.Range(0, 0x80).Select(code => (char)code)) + "\u0085\u2028\ufeff\uffff\U0010ffff";
        content.Stdin = "\0";
        content.Arguments.Add(" \t\u00a0");

        var created = await app.CreateAsync(Owner, content);

        Assert.Equal(content, (await app.GetAsync(Owner, created.Id)).Content);
        Assert.Equal(content.Title, Assert.Single((await app.ListAsync(Owner)).Sessions).Content.Title);
    }

    [Fact]
    public async Task Small_becomes_large_and_small_again()
    {
        await using var app = new SessionServiceApp(store);
        var created = await app.CreateAsync(Owner);
        var large = Content(Mebibyte);

        await app.SaveAsync(Owner, created.Id, 1, large);
        Assert.Equal(large, (await app.GetAsync(Owner, created.Id)).Content);

        await app.SaveAsync(Owner, created.Id, 2, "Small again");
        Assert.Equal(SessionServiceApp.SampleContent("Small again"), (await app.GetAsync(Owner, created.Id)).Content);
    }

    [Fact]
    public async Task Who_reads_while_large_contents_are_saved_reads_one_of_them_whole()
    {
        await using var app = new SessionServiceApp(store);
        var contents = Enumerable.Range(0, 5).Select(_ => Content(Mebibyte * 5 / 8)).ToList();
        var created = await app.CreateAsync(Owner, contents[0]);

        async Task SaveAllAsync()
        {
            for (var number = 1; number < contents.Count; number++)
                await app.SaveAsync(Owner, created.Id, (ulong)number, contents[number]);
        }
        var saving = SaveAllAsync();
        var seen = new List<SessionRecord>();
        while (!saving.IsCompleted)
            seen.Add(await app.GetAsync(Owner, created.Id));
        await saving;
        seen.Add(await app.GetAsync(Owner, created.Id));

        Assert.All(seen, session => Assert.Equal(contents[(int)session.Version - 1], session.Content));
        Assert.Equal((ulong)contents.Count, seen[^1].Version);
    }

    [Fact]
    public async Task Of_many_who_share_one_program_at_once_all_get_the_same_snapshot()
    {
        await using var app = new SessionServiceApp(store);
        var content = Content(Mebibyte / 2);

        var shared = await Task.WhenAll(Enumerable.Range(0, 6).Select(hours => app.ShareAsync(content, TimeSpan.FromHours(hours + 1))));

        var id = Assert.Single(shared.Select(each => each.Id).Distinct());
        Assert.Equal(content, (await app.GetSnapshotAsync(id)).Content);
        Assert.InRange(await store.LeftAsync(Kept.Snapshot, id), TimeSpan.FromHours(5.9), TimeSpan.FromHours(6));
    }

    /// <summary>A program of so many bytes that no compression makes much smaller.</summary>
    protected static SessionContent Content(int bytes)
    {
        var content = new SessionContent { Title = Guid.NewGuid().ToString(), Language = "python", EntryPoint = "file0.py" };
        for (var (left, number) = (bytes, 0); left > 0; left -= Mebibyte, number++)
        {
            var text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Math.Min(left, Mebibyte)));
            content.Files.Add(new SessionFile { Path = $"file{number}.py", Content = text[..Math.Min(left, Mebibyte)] });
        }
        return content;
    }
}

using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OnlineCompiler.SessionService.Storage.DynamoDb;
using OnlineCompiler.SessionService.Tests.Stores;

namespace OnlineCompiler.SessionService.Tests;

public sealed class BodiesTests(DynamoDbStore store)
{
    private readonly string _key = $"bodies:{Guid.NewGuid():N}";

    [Fact]
    public async Task Who_extends_parts_later_but_for_less_does_not_shorten_them()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var app = new SessionServiceApp(store);
        var bodies = app.Services.GetRequiredService<Bodies>();
        var hour = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds();
        var body = await bodies.WriteAsync(_key, RandomNumberGenerator.GetBytes(500_000), hour, cancellation);
        var parts = await store.KeysAsync(_key);
        Assert.Equal(2, parts.Count);

        Assert.NotNull(await bodies.ExtendAsync(_key, body, hour + 2000, cancellation));
        Assert.NotNull(await bodies.ExtendAsync(_key, body, hour + 1000, cancellation));
        Assert.All(await Task.WhenAll(parts.Select(store.ItemAsync)), part => Assert.Equal($"{(hour + 2999) / 1000}", part["expiresAt"].N));

        Assert.NotNull(await bodies.ExtendAsync(_key, body, null, cancellation));
        Assert.NotNull(await bodies.ExtendAsync(_key, body, hour + 9000, cancellation));
        Assert.All(await Task.WhenAll(parts.Select(store.ItemAsync)), part => Assert.DoesNotContain("expiresAt", part.Keys));

        await bodies.ForgetAsync(_key, body);
        Assert.Null(await bodies.ExtendAsync(_key, body, hour + 10_000, cancellation));
        Assert.Empty(await store.KeysAsync(_key));
    }
}

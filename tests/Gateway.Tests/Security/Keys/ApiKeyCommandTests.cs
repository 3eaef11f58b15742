using System.Globalization;

namespace OnlineCompiler.Gateway.Tests.Security.Keys;

public sealed class ApiKeyCommandTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task A_key_is_listed_without_its_secret_and_as_what_became_of_it()
    {
        var active = await KeyCommand.CreateAsync(redis.ConnectionString, "--scopes", "run,judge", "--expires", "2999-01-01");
        // Not long ago, for keys are forgotten a month after their end.
        var yesterday = DateTimeOffset.UtcNow.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var expired = await KeyCommand.CreateAsync(redis.ConnectionString, "--expires", yesterday);
        var revoked = await KeyCommand.CreateAsync(redis.ConnectionString);
        await KeyCommand.RunAsync(redis.ConnectionString, "revoke", KeyCommand.IdOf(revoked));

        var (status, output, _) = await KeyCommand.RunAsync(redis.ConnectionString, "list");

        Assert.Equal(0, status);
        foreach (var (key, state) in new[] { (active, "active"), (expired, "expired"), (revoked, "revoked") })
        {
            Assert.Matches("^oc_[0-9a-f]{64}$", key);
            var line = output.Split('\n').Single(line => line.StartsWith(KeyCommand.IdOf(key), StringComparison.Ordinal));
            Assert.EndsWith(state, line, StringComparison.Ordinal);
            Assert.DoesNotContain(key[15..], output, StringComparison.Ordinal);
        }
        Assert.Contains("a test  judge,run ", output, StringComparison.Ordinal);
        Assert.Contains("2999-01-01 00:00", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--scopes must be some of run, judge, submit, ai, sessions, or none.", "create", "--name", "x", "--scopes", "run,everything")]
    [InlineData(2, "--run-burst must be from 1 to 1000000.", "create", "--name", "x", "--run-burst", "0")]
    [InlineData(2, "\"soon\" is not a time", "create", "--name", "x", "--expires", "soon")]
    [InlineData(2, "--name", "create")]
    [InlineData(1, "There is no key 0123456789ab.", "revoke", "0123456789ab")]
    public async Task What_is_wrong_is_said(int status, string message, params string[] arguments)
    {
        var result = await KeyCommand.RunAsync(redis.ConnectionString, arguments);

        Assert.Equal((status, ""), (result.Status, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_missing_or_away_is_said()
    {
        var missing = await KeyCommand.RunAsync(null, "create", "--name", "x");
        var away = await KeyCommand.RunAsync($"127.0.0.1:{FreePort.Next()}", "list");

        Assert.Equal((1, ""), (missing.Status, missing.Output));
        Assert.Contains("none is configured", missing.Error, StringComparison.Ordinal);
        Assert.Equal((1, ""), (away.Status, away.Output));
        Assert.Contains("does not answer", away.Error, StringComparison.Ordinal);
    }
}

using System.Net;
using OnlineCompiler.Gateway.Tests.Security.Keys;

namespace OnlineCompiler.Gateway.Tests.Security.Limits;

public sealed class FailedAttemptTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task Guessing_is_slowed_down_for_the_address_that_guesses_and_for_nobody_else()
    {
        var known = await KeyCommand.CreateAsync(redis.ConnectionString);
        await using var gateway = await TestGateway.StartAsync(
            ("ConnectionStrings:redis", redis.ConnectionString), ("Gateway:RateLimits:FailedAttemptsPerMinute", "3"), ("Gateway:TrustedProxies:Networks:0", "127.0.0.0/8"));
        var guesser = ("X-Forwarded-For", "198.51.100.7");
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync(Requests.Languages, known, guesser)).StatusCode);

        var (guesses, started) = (0, TimeProvider.System.GetTimestamp());
        HttpResponseMessage refused;
        for (refused = await GuessAsync(); refused.StatusCode is HttpStatusCode.Unauthorized; refused = await GuessAsync())
            guesses++;

        // One comes back in twenty seconds.
        Assert.InRange(guesses, 3, 4 + (int)(TimeProvider.System.GetElapsedTime(started).TotalSeconds / 20));
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        // A key that is known goes on at that address, so does who shows none; and another address may be wrong as often itself.
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync(Requests.Languages, known, guesser)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync(Requests.Languages, null, guesser)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.GetAsync(Requests.Languages, "oc_wrong", ("X-Forwarded-For", "198.51.100.8"))).StatusCode);

        Task<HttpResponseMessage> GuessAsync() => gateway.GetAsync(Requests.Languages, "oc_wrong", guesser);
    }
}

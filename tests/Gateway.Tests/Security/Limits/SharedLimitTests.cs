using System.Net;
using OnlineCompiler.Execution.V1;
using StackExchange.Redis;

namespace OnlineCompiler.Gateway.Tests.Security.Limits;

/// <summary>What a caller may run is one for all Gateways that share a Redis.</summary>
public sealed class SharedLimitTests : IAsyncLifetime
{
    private const string Key = "oc:run-limits:{anonymous:127.0.0.1}";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly RedisServer _redis = new();
    private ConnectionMultiplexer _direct = null!;

    private IDatabase Store => _direct.GetDatabase();

    public async ValueTask InitializeAsync()
    {
        await _redis.StartAsync();
        _direct = await _redis.ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _direct.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task What_one_Gateway_gave_another_does_not_give_again()
    {
        await using var first = await StartAsync(("Gateway:RateLimits:RunBurst", "20"), ("Gateway:RateLimits:RunsPerSecond", "1"));
        await using var second = await StartAsync(
            ("Gateway:RateLimits:RunBurst", "20"), ("Gateway:RateLimits:RunsPerSecond", "1"), ("Gateway:TrustedProxies:Networks:0", "127.0.0.0/8"));
        // It has spoken to Redis before, but not of this caller.
        await second.RunAsync(null, ("X-Forwarded-For", "198.51.100.9"));
        await WaitFor.TrueAsync(() => Store.KeyExistsAsync("oc:run-limits:{anonymous:198.51.100.9}"), Soon);
        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, (await first.RunAsync(null)).StatusCode);
        await WaitFor.TrueAsync(async () => await TokensAsync() < 10 && await RunningAsync() == 0, Soon);
        var told = await Store.HashGetAsync(Key, "at");

        // It knows nothing of the caller before the first run, and soon after.
        var (answer, given) = (await second.RunAsync(null), 1);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await WaitFor.TrueAsync(async () => await Store.HashGetAsync(Key, "at") != told, Soon);
        await WaitFor.TrueAsync(
            async () =>
            {
                answer = await second.RunAsync(null);
                given += answer.IsSuccessStatusCode ? 1 : 0;
                return answer.StatusCode is HttpStatusCode.TooManyRequests;
            },
            Soon);

        Assert.InRange(given, 1, 19);
        Assert.Equal("\"runs\";q=20;w=20", answer.Headers.GetValues("RateLimit-Policy").Single());
        Assert.StartsWith("\"runs\";r=0;", answer.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_worst_each_Gateway_gives_one_bucket_and_the_debt_is_paid_back()
    {
        await using var first = await StartAsync(("Gateway:RateLimits:RunBurst", "20"), ("Gateway:RateLimits:RunsPerSecond", "1"));
        await using var second = await StartAsync(("Gateway:RateLimits:RunBurst", "20"), ("Gateway:RateLimits:RunsPerSecond", "1"));
        var started = TimeProvider.System.GetTimestamp();

        var answers = await Task.WhenAll(Enumerable.Range(0, 120).Select(i => (i % 2 == 0 ? first : second).RunAsync(null)));

        var refilled = (int)Math.Ceiling(TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        var given = answers.Count(answer => answer.IsSuccessStatusCode);
        Assert.InRange(given, 20, 40 + (2 * refilled));
        // What was given beyond the bucket is missing from it now.
        await WaitFor.TrueAsync(async () => await TokensAsync() <= 20 - given + refilled + 1, Soon);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await first.RunAsync(null)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await second.RunAsync(null)).StatusCode);
    }

    [Fact]
    public async Task Runs_at_another_Gateway_count_and_are_freed()
    {
        await using var first = await StartAsync(("Gateway:RateLimits:ConcurrentRuns", "2"));
        await using var second = await StartAsync(("Gateway:RateLimits:ConcurrentRuns", "2"));
        var finish = new TaskCompletionSource();
        first.Services.Execution.OnExecute = async _ =>
        {
            await finish.Task;
            return new ExecuteResponse();
        };
        var running = new[] { first.RunAsync(null), first.RunAsync(null) };
        await WaitFor.TrueAsync(async () => await RunningAsync() == 2, Soon);

        await WaitFor.TrueAsync(async () => (await second.RunAsync(null)).StatusCode is HttpStatusCode.TooManyRequests, Soon);
        finish.SetResult();
        await Task.WhenAll(running);

        await WaitFor.TrueAsync(async () => (await second.RunAsync(null)).StatusCode is HttpStatusCode.OK, Soon);
    }

    [Fact]
    public async Task Runs_of_a_Gateway_that_died_are_forgotten_when_their_lease_ends()
    {
        await using var gateway = await StartAsync(("Gateway:RateLimits:ConcurrentRuns", "2"));
        // As a Gateway leaves it that was killed while two ran.
        await Store.HashSetAsync(Key, "on:killed", $"2:{DateTimeOffset.UtcNow.AddSeconds(3).ToUnixTimeMilliseconds()}");

        await WaitFor.TrueAsync(async () => (await gateway.RunAsync(null)).StatusCode is HttpStatusCode.TooManyRequests, Soon);
        await WaitFor.TrueAsync(async () => (await gateway.RunAsync(null)).StatusCode is HttpStatusCode.OK, Soon);

        Assert.False(await Store.HashExistsAsync(Key, "on:killed"));
    }

    [Fact]
    public async Task A_long_run_keeps_its_lease()
    {
        await using var gateway = await StartAsync(("Gateway:RateLimits:LeaseSeconds", "1"));
        var finish = new TaskCompletionSource();
        gateway.Services.Execution.OnExecute = async _ =>
        {
            await finish.Task;
            return new ExecuteResponse();
        };
        var running = gateway.RunAsync(null);
        await WaitFor.TrueAsync(async () => await RunningAsync() == 1, Soon);
        var first = await LeaseEndAsync();

        await WaitFor.TrueAsync(async () => await LeaseEndAsync() > first + 1_000, Soon);
        finish.SetResult();
        await running;

        await WaitFor.TrueAsync(async () => await RunningAsync() == 0, Soon);
        Assert.NotNull(await Store.KeyTimeToLiveAsync(Key));
    }

    [Fact]
    public async Task Without_Redis_each_Gateway_goes_on_counting_and_nobody_waits()
    {
        await using var gateway = await StartAsync(("Gateway:RateLimits:RunBurst", "20"), ("Gateway:RateLimits:RunsPerSecond", "1"));
        Assert.Equal(HttpStatusCode.OK, (await gateway.RunAsync(null)).StatusCode);
        _redis.Stop();

        var statuses = new List<HttpStatusCode>();
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 60; i++)
            statuses.Add((await gateway.RunAsync(null)).StatusCode);
        var elapsed = TimeProvider.System.GetElapsedTime(started);

        // A call to a Redis that is away fails after a second: had they waited for one each, that many would have passed.
        Assert.True(elapsed < TimeSpan.FromSeconds(statuses.Count), $"{statuses.Count} runs took {elapsed}.");
        Assert.InRange(statuses.Count(status => status is HttpStatusCode.OK), 19, 21 + (int)elapsed.TotalSeconds);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    [Fact]
    public async Task A_flood_is_told_to_Redis_in_few_exchanges()
    {
        await using var gateway = await StartAsync(("Gateway:RateLimits:RunBurst", "1000"));
        Assert.Equal(HttpStatusCode.OK, (await gateway.RunAsync(null)).StatusCode);
        await WaitFor.TrueAsync(() => Store.KeyExistsAsync(Key), Soon);
        var before = await ExchangesAsync();
        var started = TimeProvider.System.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => gateway.RunAsync(null)));
        // Of fifty tokens, and what was given back meanwhile.
        await WaitFor.TrueAsync(async () => await TokensAsync() < 975 && await RunningAsync() == 0, Soon);

        // One every 25 ms at most, and each run has two things to tell.
        var most = (TimeProvider.System.GetElapsedTime(started).TotalMilliseconds / 25) + 2;
        Assert.InRange(await ExchangesAsync() - before, 1, (long)most);
    }

    private Task<TestGateway> StartAsync(params (string, string)[] settings) =>
        TestGateway.StartAsync([("ConnectionStrings:redis", _redis.ConnectionString), .. settings]);

    private async Task<double> TokensAsync() => (double)await Store.HashGetAsync(Key, "tokens");

    private async Task<int> RunningAsync() =>
        (await Store.HashGetAllAsync(Key)).Where(field => field.Name.StartsWith("on:")).Sum(field => int.Parse(field.Value.ToString().Split(':')[0], System.Globalization.CultureInfo.InvariantCulture));

    private async Task<long> LeaseEndAsync() =>
        (await Store.HashGetAllAsync(Key)).Where(field => field.Name.StartsWith("on:")).Max(field => long.Parse(field.Value.ToString().Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));

    private async Task<long> ExchangesAsync()
    {
        var statistics = (await _direct.GetServer(_redis.ConnectionString).InfoAsync("commandstats")).SelectMany(section => section);
        return statistics.Where(command => command.Key == "cmdstat_pexpire").Sum(command => long.Parse(command.Value.Split(['=', ','])[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}

using System.Net;
using System.Net.WebSockets;
using StackExchange.Redis;

namespace OnlineCompiler.Gateway.Tests.Security.Keys;

public sealed class ApiKeyTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private (string, string) Store => ("ConnectionStrings:redis", redis.ConnectionString);

    [Fact]
    public async Task A_key_runs_programs_in_its_own_name()
    {
        var key = await KeyCommand.CreateAsync(redis.ConnectionString);
        await using var gateway = await TestGateway.StartAsync(Store);

        Assert.Equal(HttpStatusCode.OK, (await gateway.RunAsync(key)).StatusCode);
        Assert.Equal($"key:{KeyCommand.IdOf(key)}", gateway.Services.Execution.LastRequest!.Caller);
        Assert.Equal(HttpStatusCode.OK, (await gateway.RunAsync(null)).StatusCode);
        Assert.Equal("anonymous:127.0.0.1", gateway.Services.Execution.LastRequest!.Caller);
        Assert.Equal(HttpStatusCode.OK, (await gateway.RunAsync(null, ("X-Api-Key", key))).StatusCode);
        Assert.Equal($"key:{KeyCommand.IdOf(key)}", gateway.Services.Execution.LastRequest!.Caller);
    }

    [Theory]
    [InlineData("mistyped")]
    [InlineData("unknown")]
    [InlineData("another's")]
    [InlineData("expired")]
    [InlineData("revoked")]
    [InlineData("other words")]
    public async Task A_key_that_is_wrong_is_refused_even_where_none_is_needed(string kind)
    {
        var key = await WrongAsync(kind);
        await using var gateway = await TestGateway.StartAsync(Store);

        foreach (var answer in new[] { await gateway.GetAsync(Requests.Languages, key), await gateway.RunAsync(null, ("X-Api-Key", key)) })
        {
            await answer.ProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
            Assert.StartsWith("Bearer realm=\"OnlineCompiler\", error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal(0, gateway.Services.Execution.ExecuteCalls);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_by_every_Gateway_within_the_cache_time()
    {
        var key = await KeyCommand.CreateAsync(redis.ConnectionString);
        await using var first = await TestGateway.StartAsync(Store, ("Gateway:ApiKeys:CacheSeconds", "1"));
        await using var second = await TestGateway.StartAsync(Store, ("Gateway:ApiKeys:CacheSeconds", "1"));
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync(Requests.Languages, key)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync(Requests.Languages, key)).StatusCode);

        Assert.Equal(0, (await KeyCommand.RunAsync(redis.ConnectionString, "revoke", KeyCommand.IdOf(key))).Status);

        foreach (var gateway in new[] { first, second })
            await WaitFor.TrueAsync(async () => (await gateway.GetAsync(Requests.Languages, key)).StatusCode is HttpStatusCode.Unauthorized, Soon);
    }

    [Fact]
    public async Task A_key_in_use_is_asked_for_once_and_not_for_each_call()
    {
        var key = await KeyCommand.CreateAsync(redis.ConnectionString);
        await using var gateway = await TestGateway.StartAsync(Store, ("Gateway:ApiKeys:CacheSeconds", "300"));
        await using var direct = await redis.ConnectAsync();
        var before = await LookUpsAsync(direct);

        for (var i = 0; i < 50; i++)
            Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync(Requests.Languages, key)).StatusCode);

        Assert.Equal(1, await LookUpsAsync(direct) - before);
    }

    [Fact]
    public async Task The_store_holds_no_key_and_tells_when_one_was_used()
    {
        var key = await KeyCommand.CreateAsync(redis.ConnectionString);
        await using var direct = await redis.ConnectAsync();
        RedisKey stored = $"oc:api-key:{{{KeyCommand.IdOf(key)}}}";
        Assert.False(await direct.GetDatabase().HashExistsAsync(stored, "last-used"));
        await using var gateway = await TestGateway.StartAsync(Store);

        await gateway.GetAsync(Requests.Languages, key);

        var fields = await direct.GetDatabase().HashGetAllAsync(stored);
        Assert.Contains(fields, field => field.Name == "last-used");
        Assert.DoesNotContain(fields, field => field.Value.ToString().Contains(key[15..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_limits_of_a_key_are_its_own()
    {
        var key = await KeyCommand.CreateAsync(redis.ConnectionString, "--run-burst", "2", "--runs-per-second", "1");
        await using var gateway = await TestGateway.StartAsync(Store);

        var answers = new[] { await gateway.RunAsync(key), await gateway.RunAsync(key), await gateway.RunAsync(key), await gateway.RunAsync(key) };

        Assert.All(answers, answer => Assert.Equal("\"runs\";q=2;w=2", answer.Headers.GetValues("RateLimit-Policy").Single()));
        await answers.First(answer => !answer.IsSuccessStatusCode).ProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.Equal("\"runs\";q=200;w=10", (await gateway.RunAsync(null)).Headers.GetValues("RateLimit-Policy").Single());
    }

    [Fact]
    public async Task Without_the_store_keys_seen_before_go_on_and_others_are_told_to_come_back()
    {
        await using var store = new RedisServer();
        await store.StartAsync();
        var seen = await KeyCommand.CreateAsync(store.ConnectionString);
        var unseen = await KeyCommand.CreateAsync(store.ConnectionString);
        await using var gateway = await TestGateway.StartAsync(("ConnectionStrings:redis", store.ConnectionString), ("Gateway:ApiKeys:CacheSeconds", "1"));
        Assert.Equal(HttpStatusCode.OK, (await gateway.RunAsync(seen)).StatusCode);

        store.Stop();
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, (await gateway.RunAsync(seen)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.RunAsync(null)).StatusCode);
        var refused = await gateway.RunAsync(unseen);
        await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable, "service-unavailable");
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_key_of_the_settings_needs_no_store()
    {
        var lines = (await KeyCommand.CreateAsync(null, "--as-settings", "--scopes", "run", "--run-burst", "7")).Split('\n');
        var settings = lines[1..].Select(line => line.Split('=', 2)).Select(setting => (setting[0].Replace("__", ":", StringComparison.Ordinal), setting[1])).ToArray();
        await using var gateway = await TestGateway.StartAsync(settings);

        var answer = await gateway.RunAsync(lines[0]);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("\"runs\";q=7;", answer.Headers.GetValues("RateLimit-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal($"key:{KeyCommand.IdOf(lines[0])}", gateway.Services.Execution.LastRequest!.Caller);
        await (await gateway.RunAsync(await KeyCommand.MakeUpAsync())).ProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task A_page_shows_its_key_among_the_protocols_of_a_WebSocket()
    {
        var key = await KeyCommand.CreateAsync(redis.ConnectionString);
        await using var gateway = await TestGateway.StartAsync(Store);
        gateway.Services.Execution.OnAttach = (_, events, _) => events.WriteAsync(Services.FakeExecution.Result);

        using var socket = await ConnectAsync(gateway, key);
        await socket.SendAsync(
            System.Text.Encoding.UTF8.GetBytes($$"""{"type":"start","execution":{{Requests.Program}}}"""), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        await socket.ReceiveAsync(new byte[4096], TestContext.Current.CancellationToken);

        Assert.Equal("onlinecompiler.v1", socket.SubProtocol);
        Assert.Equal($"key:{KeyCommand.IdOf(key)}", gateway.Services.Execution.LastRequest!.Caller);
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(gateway, key + "0"));
    }

    private static async Task<ClientWebSocket> ConnectAsync(TestGateway gateway, string key)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("onlinecompiler.v1");
        socket.Options.AddSubProtocol("onlinecompiler.bearer." + key);
        await socket.ConnectAsync(new UriBuilder(gateway.Address) { Scheme = "ws", Path = "/api/v1/executions/connect" }.Uri, TestContext.Current.CancellationToken);
        return socket;
    }

    private async Task<string> WrongAsync(string kind)
    {
        switch (kind)
        {
            case "unknown":
                return await KeyCommand.MakeUpAsync();
            case "other words":
                return "hunter2";
            case "expired":
                return await KeyCommand.CreateAsync(redis.ConnectionString, "--expires", "2020-01-01");
        }

        var key = await KeyCommand.CreateAsync(redis.ConnectionString);
        if (kind is "revoked")
            await KeyCommand.RunAsync(redis.ConnectionString, "revoke", KeyCommand.IdOf(key));
        else if (kind is "another's")
            // Kept under the id, but with the hash of a key that is not this one.
            await RehashAsync(key);
        else
            key = key[..^1] + (key[^1] is '0' ? '1' : '0');
        return key;
    }

    private async Task RehashAsync(string key)
    {
        await using var direct = await redis.ConnectAsync();
        await direct.GetDatabase().HashSetAsync($"oc:api-key:{{{KeyCommand.IdOf(key)}}}", "hash", new string('0', 64));
    }

    private async Task<long> LookUpsAsync(ConnectionMultiplexer direct)
    {
        var statistics = (await direct.GetServer(redis.ConnectionString).InfoAsync("commandstats")).SelectMany(section => section);
        var line = statistics.FirstOrDefault(command => command.Key == "cmdstat_hgetall").Value ?? "calls=0,";
        return long.Parse(line.Split(['=', ','])[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}

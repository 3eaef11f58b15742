using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Options;

namespace OnlineCompiler.Gateway.Tests.Security;

public sealed class SecurityTests
{
    private const string Languages = "/api/v1/languages";
    private const string Runs = "/api/v1/executions";
    private const string Body = """{"language":"python","files":[{"path":"main.py","content":"x"}]}""";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("https://friend.example", true)]
    [InlineData("https://stranger.example", false)]
    [InlineData("https://friend.example.evil.example", false)]
    [InlineData("null", false)]
    public async Task Only_configured_origins_may_read_answers(string origin, bool allowed)
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:Cors:Origins:0", "https://friend.example"));

        var answer = await SendAsync(gateway, HttpMethod.Get, Languages, origin);
        var preflight = await SendAsync(gateway, HttpMethod.Options, Runs, origin);
        var refusal = await SendAsync(gateway, HttpMethod.Get, "/api/v1/sessions?pageSize=0", origin);

        foreach (var response in new[] { answer, preflight, refusal })
        {
            Assert.Equal(allowed, response.Headers.Contains("Access-Control-Allow-Origin"));
            if (allowed)
                Assert.Equal(origin, response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        }

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
    }

    [Fact]
    public async Task By_default_no_other_origin_may()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await SendAsync(gateway, HttpMethod.Get, Languages, "https://friend.example");

        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_flood_is_refused_and_told_when_to_come_back()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:RateLimits:RunBurst", "2"), ("Gateway:RateLimits:RunsPerSecond", "1"));

        var responses = new List<HttpResponseMessage>();
        for (var i = 0; i < 20; i++)
            responses.Add(await gateway.PostAsync(Runs, Body));

        Assert.Equal(HttpStatusCode.OK, responses[0].StatusCode);
        Assert.Equal(HttpStatusCode.OK, responses[1].StatusCode);
        var refused = responses.First(response => response.StatusCode is HttpStatusCode.TooManyRequests);
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 5);
        // Reading goes on.
        Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync(Languages, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData(null, "198.51.100.7", "anonymous:127.0.0.1")]
    [InlineData("10.0.0.0/8", "198.51.100.7", "anonymous:127.0.0.1")]
    [InlineData("127.0.0.0/8", "198.51.100.7", "anonymous:198.51.100.7")]
    // What stands before the first that is not known is hearsay.
    [InlineData("127.0.0.0/8", "192.0.2.1, 198.51.100.7", "anonymous:198.51.100.7")]
    [InlineData("127.0.0.0/8", "not an address", "anonymous:127.0.0.1")]
    public async Task A_proxy_that_is_not_known_cannot_say_who_calls(string? network, string forwardedFor, string caller)
    {
        await using var gateway = await TestGateway.StartAsync(network is null ? [] : [("Gateway:TrustedProxies:Networks:0", network)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, Runs) { Content = new StringContent(Body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);

        await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(caller, gateway.Services.Execution.LastRequest!.Caller);
    }

    [Fact]
    public async Task Proxies_in_a_row_are_all_passed_over()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:TrustedProxies:Networks:0", "127.0.0.0/8"), ("Gateway:TrustedProxies:Networks:1", "203.0.113.0/24"));
        using var request = new HttpRequestMessage(HttpMethod.Post, Runs) { Content = new StringContent(Body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "198.51.100.7, 203.0.113.9");

        await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("anonymous:198.51.100.7", gateway.Services.Execution.LastRequest!.Caller);
    }

    [Fact]
    public async Task A_network_that_is_none_is_told_by_its_setting()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(async () => await TestGateway.StartAsync(("Gateway:TrustedProxies:Networks:0", "everybody")));

        Assert.Contains("Gateway:TrustedProxies:Networks", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_tells_how_many_runs_are_left()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:RateLimits:RunBurst", "3"), ("Gateway:RateLimits:RunsPerSecond", "1"));

        var responses = new List<HttpResponseMessage>();
        for (var i = 0; i < 4; i++)
            responses.Add(await gateway.PostAsync(Runs, Body));

        Assert.All(responses, response => Assert.Equal("\"runs\";q=3;w=3", response.Headers.GetValues("RateLimit-Policy").Single()));
        Assert.Equal("\"runs\";r=2;t=1", responses[0].Headers.GetValues("RateLimit").Single());
        // A second may have passed meanwhile, and given one back.
        Assert.Matches("^\"runs\";r=[01];t=[23]$", responses[2].Headers.GetValues("RateLimit").Single());
        Assert.All(
            responses.Where(response => response.StatusCode is HttpStatusCode.TooManyRequests),
            response => Assert.Equal("\"runs\";r=0;t=3", response.Headers.GetValues("RateLimit").Single()));
        // What runs nothing has another bucket.
        Assert.False((await gateway.Http.GetAsync(Languages, TestContext.Current.CancellationToken)).Headers.Contains("RateLimit"));
    }

    [Fact]
    public async Task Runs_at_the_same_time_are_limited_and_freed()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:RateLimits:ConcurrentRuns", "1"));
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        gateway.Services.Execution.OnExecute = async _ =>
        {
            started.TrySetResult();
            await finish.Task;
            return new Execution.V1.ExecuteResponse();
        };

        var first = gateway.PostAsync(Runs, Body);
        await started.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);
        var second = await gateway.PostAsync(Runs, Body);
        finish.SetResult();
        var third = await first;
        // The permit returns when the first answer has left, a moment after it was read here.
        var fourth = await gateway.PostAsync(Runs, Body);
        for (var until = Stopwatch.StartNew(); fourth.StatusCode is HttpStatusCode.TooManyRequests && until.Elapsed < Soon;)
            fourth = await gateway.PostAsync(Runs, Body);

        await second.ProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        Assert.Equal(HttpStatusCode.OK, fourth.StatusCode);
    }

    [Fact]
    public async Task Answers_can_be_taken_for_nothing_but_data()
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.PostAsync(Runs, Body);

        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task Who_came_by_https_is_told_to_stay_there(string scheme, bool told)
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:TrustedProxies:Networks:0", "127.0.0.0/8"));

        foreach (var path in new[] { "/", Languages })
        {
            var answer = await gateway.GetAsync(path, null, ("Host", "code.example"), ("X-Forwarded-For", "198.51.100.7"), ("X-Forwarded-Proto", scheme));
            Assert.Equal(told ? ["max-age=31536000"] : [], answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values : []);
        }
    }

    [Fact]
    public async Task Pages_of_configured_origins_may_show_keys_and_tokens_and_read_why_they_are_refused()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:Cors:Origins:0", "https://friend.example"));

        var preflight = await gateway.SendAsync(
            HttpMethod.Options, Runs, null, null,
            ("Origin", "https://friend.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,content-type,x-api-key"));
        var refused = await gateway.GetAsync(Languages, "oc_wrong", ("Origin", "https://friend.example"));

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Superset(
            new HashSet<string> { "authorization", "content-type", "x-api-key" },
            preflight.Headers.GetValues("Access-Control-Allow-Headers").Single().ToLowerInvariant().Split(',').ToHashSet());
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("WWW-Authenticate", refused.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_of_tools_can_be_taken_for_nothing_but_data_either()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.SendAsync(HttpMethod.Post, "/mcp", "{}", null);

        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_trace_goes_through_and_is_named_in_the_answer()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var activity = new Activity("a test").SetIdFormat(ActivityIdFormat.W3C).Start();
        var trace = $"00-{activity.TraceId.ToHexString()}-";

        var response = await gateway.PostAsync(Runs, Body);

        Assert.StartsWith(trace, response.Headers.GetValues("traceresponse").Single(), StringComparison.Ordinal);
        Assert.StartsWith(trace, gateway.Services.Execution.LastHeaders!.GetValue("traceparent"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gateway:RateLimits:RunBurst", "0", "Gateway:RateLimits:RunBurst must be from 1 to 1000000.")]
    [InlineData("Gateway:Streams:HeartbeatSeconds", "0", "Gateway:Streams:HeartbeatSeconds must be from 1 to 300.")]
    [InlineData("Gateway:Interactive:PingSeconds", "301", "Gateway:Interactive:PingSeconds must be from 1 to 300.")]
    [InlineData("Gateway:Proxy:GrpcIdleSeconds", "0", "Gateway:Proxy:GrpcIdleSeconds must be from 1 to 86400.")]
    [InlineData("Gateway:Readiness:TimeoutSeconds", "0", "Gateway:Readiness:TimeoutSeconds must be from 1 to 60.")]
    [InlineData("Gateway:Connections:GraceSeconds", "1", "Gateway:Connections:GraceSeconds must be from 2 to 300.")]
    [InlineData("Gateway:ApiKeys:CacheSeconds", "0", "Gateway:ApiKeys:CacheSeconds must be from 1 to 300.")]
    [InlineData("Gateway:ApiKeys:Static:abc:Hash", "x", "Gateway:ApiKeys:Static:abc:Hash must be 64 hexadecimal digits")]
    [InlineData("Gateway:Anonymous", "everything", "Gateway:Anonymous must be some of run, judge, submit, ai, sessions, or none.")]
    [InlineData("Gateway:Piston:MaxStageMs", "9999", "Gateway:Piston:MaxStageMs must be from 10000 to 60000.")]
    [InlineData("Gateway:Cors:Origins:0", "https://friend.example/path", "Gateway:Cors:Origins must hold origins")]
    public async Task A_wrong_setting_is_named_at_the_start(string key, string value, string message)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => TestGateway.StartAsync((key, value)));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestGateway gateway, HttpMethod method, string path, string origin)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", origin);
        if (method == HttpMethod.Options)
        {
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "content-type");
        }

        return await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

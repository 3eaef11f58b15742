using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Grpc.Core;

namespace OnlineCompiler.Gateway.Tests.Piston;

/// <summary>What HTTP itself says: paths, methods, bodies, origins, limits.</summary>
public sealed class TransportTests
{
    private const string Public = "/api/v2/piston/execute";

    [Theory]
    [InlineData("GET", "/api/v2/nothing")]
    [InlineData("GET", "/api/v2")]
    [InlineData("GET", "/api/v2/execute")]
    [InlineData("GET", "/api/v2/piston/execute")]
    [InlineData("GET", "/API/v2/piston/nothing/at/all/")]
    public async Task An_unknown_path_or_method_is_not_found(string method, string path)
    {
        await using var gateway = await Instance.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("Not Found", await response.MessageAsync(HttpStatusCode.NotFound));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("POST", "/api/v2/runtimes", "application/json", 404, "Not Found")]
    [InlineData("PUT", "/api/v2/execute", "application/json; charset=utf-8", 404, "Not Found")]
    [InlineData("POST", "/api/v2/nothing", "text/html", 415, "requests must be of type application/json")]
    [InlineData("POST", "/api/v2/execute", "application/x-www-form-urlencoded", 415, "requests must be of type application/json")]
    [InlineData("POST", "/api/v2/execute", null, 415, "requests must be of type application/json")]
    [InlineData("DELETE", "/api/v2/packages", "text/html", 415, "requests must be of type application/json")]
    public async Task The_header_is_looked_at_before_the_path(string method, string path, string? mediaType, int status, string message)
    {
        await using var gateway = await Instance.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent("{}"u8.ToArray()) };
        request.Content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);

        var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(message, await response.MessageAsync((HttpStatusCode)status));
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("Application/JSON", 200)]
    [InlineData("text/plain;charset=UTF-8", 200)]
    [InlineData("application/json; charset=utf-16", 200)]
    [InlineData("application/json; charset=klingon", 400)]
    public async Task JSON_is_read_whatever_its_header_calls_it(string mediaType, int status)
    {
        await using var gateway = await Instance.StartAsync();
        var encoding = mediaType.EndsWith("utf-16", StringComparison.Ordinal) ? Encoding.Unicode : Encoding.UTF8;
        using var body = new ByteArrayContent(encoding.GetBytes(Instance.Program));
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);

        var response = await gateway.Http.PostAsync(Instance.Execute, body, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Text_that_is_no_JSON_is_of_the_wrong_type()
    {
        await using var gateway = await Instance.StartAsync();

        var response = await gateway.Http.PostAsync(Instance.Execute, new StringContent("hello", Encoding.UTF8, "text/plain"), TestContext.Current.CancellationToken);

        Assert.Equal("requests must be of type application/json", await response.MessageAsync(HttpStatusCode.UnsupportedMediaType));
    }

    [Theory]
    [InlineData("{\"language\":")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("{\"a\":1,}")]
    public async Task JSON_that_cannot_be_read_is_told_as_in_Piston_and_in_words(string body)
    {
        await using var gateway = await Instance.StartAsync();

        var response = await gateway.PostAsync(Instance.Execute, body);

        var message = await response.MessageAsync(HttpStatusCode.BadRequest);
        Assert.NotEmpty(message);
        Assert.Equal($"SyntaxError: {message}", (string?)(await response.JsonAsync())["stack"]);
    }

    [Fact]
    public async Task An_empty_body_is_an_empty_job()
    {
        await using var gateway = await Instance.StartAsync();

        Assert.Equal("language is required as a string", await (await gateway.PostAsync(Instance.Execute, "")).MessageAsync(HttpStatusCode.BadRequest));
        Assert.Equal("language is required as a string", await (await gateway.PostAsync(Instance.Execute, "[]")).MessageAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_program_may_be_a_megabyte_and_what_is_too_large_is_told_with_its_limit()
    {
        await using var gateway = await Instance.StartAsync();
        var large = new string('#', 1_000_000);

        await gateway.RunAsync(Instance.With($$"""{"files":[{"content":"{{large}}"}]}"""));
        Assert.Equal(large.Length, gateway.Services.Execution.LastRequest!.Files[0].Content.Length);

        using var request = new HttpRequestMessage(HttpMethod.Post, Instance.Execute);
        request.Content = new StringContent(Instance.With($$"""{"stdin":"{{new string('#', 13_000_000)}}"}"""), Encoding.UTF8, "application/json");
        // Asking first keeps the client from writing into a connection that is being closed.
        request.Headers.ExpectContinue = true;
        var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("request entity too large: at most 12582912 bytes", await response.MessageAsync(HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("true", "https://anyone.example", "*")]
    [InlineData("false", "https://friend.example", "https://friend.example")]
    [InlineData("false", "https://anyone.example", null)]
    public async Task Pages_may_call_without_a_proxy_where_an_operator_lets_them(string anyOrigin, string origin, string? allowed)
    {
        await using var gateway = await Instance.StartAsync(("Gateway:Cors:Origins:0", "https://friend.example"), ("Gateway:Piston:AnyOrigin", anyOrigin));
        using var preflight = new HttpRequestMessage(HttpMethod.Options, Public);
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "content-type,authorization");
        using var job = new HttpRequestMessage(HttpMethod.Post, Public) { Content = new StringContent(Instance.Program, Encoding.UTF8, "application/json") };
        job.Headers.Add("Origin", origin);

        foreach (var request in new[] { preflight, job })
        {
            var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode);
            Assert.Equal(allowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null);
        }
    }

    [Fact]
    public async Task A_flood_is_told_to_wait_in_the_words_that_clients_look_for()
    {
        await using var gateway = await Instance.StartAsync(("Gateway:RateLimits:RunBurst", "2"), ("Gateway:RateLimits:RunsPerSecond", "1"));

        var responses = new List<HttpResponseMessage>();
        for (var i = 0; i < 20; i++)
            responses.Add(await gateway.PostAsync(i % 2 == 0 ? Instance.Execute : Public, Instance.Program));

        // One bucket for both addresses.
        Assert.Equal(HttpStatusCode.OK, responses[0].StatusCode);
        Assert.Equal(HttpStatusCode.OK, responses[1].StatusCode);
        var refused = responses.First(response => response.StatusCode is HttpStatusCode.TooManyRequests);
        Assert.Equal("Requests limited to 1 per 200ms", await refused.MessageAsync(HttpStatusCode.TooManyRequests));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 5);
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once_and_says_so()
    {
        await using var gateway = await Instance.StartAsync();
        gateway.Services.Execution.OnStream = (_, _, _) => throw new RpcException(new Grpc.Core.Status(StatusCode.ResourceExhausted, "256 programs wait already."));

        var response = await gateway.PostAsync(Instance.Execute, Instance.Program);

        Assert.Equal("Requests limited to 1 per 200ms", await response.MessageAsync(HttpStatusCode.TooManyRequests));
        Assert.Contains("256 programs wait already.", (string?)(await response.JsonAsync())["detail"], StringComparison.Ordinal);
        Assert.Equal(1, response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
    }

    [Fact]
    public async Task A_client_that_hangs_up_ends_its_program()
    {
        await using var gateway = await Instance.StartAsync();
        var started = new TaskCompletionSource();
        gateway.Services.Execution.OnStream = async (_, _, context) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var call = gateway.Http.PostAsync(Instance.Execute, new StringContent(Instance.Program, Encoding.UTF8, "application/json"), leaving.Token);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await gateway.Services.Execution.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }
}

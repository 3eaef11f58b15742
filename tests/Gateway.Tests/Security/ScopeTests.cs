using System.Net;
using Grpc.Core;
using OnlineCompiler.Ai.V1;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Security.Keys;

namespace OnlineCompiler.Gateway.Tests.Security;

/// <summary>Who may do what, told in the words of each protocol.</summary>
public sealed class ScopeTests
{
    private const string Judgement = $$"""{"program":{{Requests.Program}},"tests":[{}]}""";

    [Theory]
    [InlineData("run", "POST", "/api/v1/executions", Requests.Program)]
    [InlineData("run", "POST", "/api/v1/executions/stream", Requests.Program)]
    [InlineData("run", "GET", "/api/v1/executions/connect", null)]
    [InlineData("judge", "POST", "/api/v1/judgements", Judgement)]
    [InlineData("submit", "POST", "/api/v1/submissions", $$"""{"execution":{{Requests.Program}}}""")]
    [InlineData("submit", "GET", "/api/v1/submissions/1", null)]
    [InlineData("submit", "DELETE", "/api/v1/submissions/1", null)]
    [InlineData("ai", "POST", "/api/v1/ai/explain", "{}")]
    [InlineData("sessions", "GET", "/api/v1/sessions", null)]
    public async Task A_key_without_the_scope_is_told_which(string scope, string method, string path, string? body)
    {
        var (key, settings) = await StaticKeyAsync("none");
        var (allowed, moreSettings) = await StaticKeyAsync(scope);
        await using var gateway = await TestGateway.StartAsync([.. settings, .. moreSettings]);

        var refused = await gateway.SendAsync(new HttpMethod(method), path, body, key);
        var admitted = await gateway.SendAsync(new HttpMethod(method), path, body, allowed);

        var problem = await refused.ProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        Assert.Equal(scope, (string?)problem["scope"]);
        Assert.Equal($"Bearer realm=\"OnlineCompiler\", error=\"insufficient_scope\", scope=\"{scope}\"", refused.Headers.WwwAuthenticate.ToString());
        Assert.NotEqual(HttpStatusCode.Forbidden, admitted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync(Requests.Languages, key)).StatusCode);
    }

    [Fact]
    public async Task A_run_that_becomes_a_submission_needs_the_scope_of_both()
    {
        var (key, settings) = await StaticKeyAsync("run");
        await using var gateway = await TestGateway.StartAsync(settings);

        var refused = await gateway.RunAsync(key, ("Prefer", "respond-async"));

        Assert.Equal("submit", (string?)(await refused.ProblemAsync(HttpStatusCode.Forbidden, "not-allowed"))["scope"]);
        Assert.Empty(gateway.Services.Execution.Submitted);
    }

    [Fact]
    public async Task GRPC_is_refused_in_its_own_words()
    {
        var (key, settings) = await StaticKeyAsync("run");
        await using var gateway = await TestGateway.StartAsync(settings);
        using var channel = gateway.OpenChannel();
        var client = new Execution.V1.Execution.ExecutionClient(channel);
        var assistant = new Assistant.AssistantClient(channel);
        var request = new ExecuteRequest { Language = "python" };
        var cancellation = TestContext.Current.CancellationToken;

        await client.ExecuteAsync(request, Requests.Bearer(key), cancellationToken: cancellation);
        Assert.Equal($"key:{KeyCommand.IdOf(key)}", gateway.Services.Execution.LastRequest!.Caller);

        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await client.ExecuteAsync(request, Requests.Bearer(key + "0"), cancellationToken: cancellation));
        Assert.Equal(StatusCode.Unauthenticated, unknown.StatusCode);

        using var judging = client.Judge(new JudgeRequest(), Requests.Bearer(key), cancellationToken: cancellation);
        using var explaining = assistant.Explain(new ExplainRequest(), Requests.Bearer(key), cancellationToken: cancellation);
        var noJudge = await Assert.ThrowsAsync<RpcException>(() => judging.ResponseStream.MoveNext(cancellation));
        var noAi = await Assert.ThrowsAsync<RpcException>(() => explaining.ResponseStream.MoveNext(cancellation));
        var noSubmit = await Assert.ThrowsAsync<RpcException>(async () => await client.SubmitAsync(new SubmitRequest(), Requests.Bearer(key), cancellationToken: cancellation));
        Assert.Equal((StatusCode.PermissionDenied, "This needs the scope judge."), (noJudge.StatusCode, noJudge.Status.Detail));
        Assert.Equal((StatusCode.PermissionDenied, "This needs the scope ai."), (noAi.StatusCode, noAi.Status.Detail));
        Assert.Equal((StatusCode.PermissionDenied, "This needs the scope submit."), (noSubmit.StatusCode, noSubmit.Status.Detail));
    }

    [Theory]
    [InlineData("Authorization", "a-key-of-somebody-elses", HttpStatusCode.OK)]
    [InlineData("Authorization", "Bearer a-key-of-somebody-elses", HttpStatusCode.OK)]
    [InlineData("X-RapidAPI-Key", "a-key-of-a-resellers", HttpStatusCode.OK)]
    [InlineData("X-Auth-Token", "a-key-of-somebody-elses", HttpStatusCode.OK)]
    [InlineData("Authorization", "Bearer oc_0000", HttpStatusCode.Unauthorized)]
    [InlineData("X-Api-Key", "oc_0000", HttpStatusCode.Unauthorized)]
    public async Task Clients_written_for_another_service_may_show_what_they_showed_there(string header, string value, HttpStatusCode status)
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.SendAsync(HttpMethod.Get, "/api/v2/piston/runtimes", null, null, (header, value));

        Assert.Equal(status, answer.StatusCode);
        if (status is HttpStatusCode.Unauthorized)
            Assert.Equal("That is not an API key of this service.", (string?)(await answer.JsonAsync())["message"]);
    }

    [Fact]
    public async Task A_tool_tells_an_agent_which_scope_is_missing()
    {
        var (key, settings) = await StaticKeyAsync("judge");
        await using var gateway = await TestGateway.StartAsync(settings);
        const string call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"run_code","arguments":{"language":"python","code":"1"}}}""";

        var refused = await gateway.SendAsync(HttpMethod.Post, "/mcp", call, key, ("Accept", "application/json, text/event-stream"));
        var unknown = await gateway.SendAsync(HttpMethod.Post, "/mcp", call, key + "0", ("Accept", "application/json, text/event-stream"));

        Assert.Contains("This needs the scope run.", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await unknown.ProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Null(gateway.Services.Execution.LastRequest);
    }

    [Fact]
    public async Task Where_the_anonymous_may_do_nothing_a_key_opens_the_door()
    {
        var (key, settings) = await StaticKeyAsync("run");
        await using var gateway = await TestGateway.StartAsync([("Gateway:Anonymous", "none"), .. settings]);

        var refused = await gateway.RunAsync(null);

        await refused.ProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Equal("Bearer realm=\"OnlineCompiler\"", refused.Headers.WwwAuthenticate.ToString());
        Assert.Equal(HttpStatusCode.OK, (await gateway.RunAsync(key)).StatusCode);
        // Pages, probes and what describes the service are there for everybody.
        foreach (var path in new[] { "/", "/health/live", "/openapi/v1.json", Requests.Languages })
            Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync(path, null)).StatusCode);
    }

    [Fact]
    public async Task The_anonymous_may_do_as_much_as_the_operator_says()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:Anonymous", "run,ai"));

        Assert.Equal(HttpStatusCode.OK, (await gateway.RunAsync(null)).StatusCode);
        await (await gateway.SendAsync(HttpMethod.Post, "/api/v1/judgements", Judgement, null)).ProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    private static async Task<(string Key, (string, string)[] Settings)> StaticKeyAsync(string scopes)
    {
        var lines = (await KeyCommand.CreateAsync(null, "--as-settings", "--scopes", scopes)).Split('\n');
        return (lines[0], [.. lines[1..].Select(line => line.Split('=', 2)).Select(setting => (setting[0].Replace("__", ":", StringComparison.Ordinal), setting[1]))]);
    }
}

using System.Net;
using Grpc.Core;
using Grpc.Health.V1;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests;

public sealed class ReadinessTests
{
    [Fact]
    public async Task Ready_means_that_a_program_really_ran()
    {
        await using var gateway = await TestGateway.StartAsync();

        var (status, body) = await ReadyAsync(gateway);

        Assert.Equal((HttpStatusCode.OK, "healthy"), (status, (string?)body["status"]));
        var request = gateway.Services.Execution.LastRequest!;
        Assert.Equal("print(6*7)", request.Files.Single().Content.ToStringUtf8());
        Assert.Equal(["ai", "execution", "self", "session", "trial run", "warm-up", "web"], body["checks"]!.AsObject().Select(check => check.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_page_that_is_served_elsewhere_is_neither_asked_for_nor_passed_through()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:Proxy:ServesPage", "false"), ("services:web:http:0", "http://127.0.0.1:1"));

        var (status, body) = await ReadyAsync(gateway);
        using var page = await gateway.Http.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (status, page.StatusCode));
        Assert.DoesNotContain("web", body["checks"]!.AsObject().Select(check => check.Key));
    }

    [Fact]
    public async Task Probes_share_a_trial_run()
    {
        await using var gateway = await TestGateway.StartAsync();

        for (var i = 0; i < 5; i++)
            await ReadyAsync(gateway);

        Assert.Equal(1, gateway.Services.Execution.ExecuteCalls);
    }

    [Fact]
    public async Task A_wrong_result_is_not_ready()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnExecute = _ => Task.FromResult(FakeExecution.Answer("python", "41\n"));

        await AssertNotReadyAsync(gateway, "trial run", "python");
    }

    [Fact]
    public async Task A_sandbox_that_cannot_be_built_is_not_ready_and_says_why()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnExecute = _ => throw new Google.Rpc.Status
        {
            Code = (int)Google.Rpc.Code.FailedPrecondition,
            Message = "user namespaces are disabled",
        }.ToRpcException();

        await AssertNotReadyAsync(gateway, "trial run", "user namespaces are disabled");
    }

    [Fact]
    public async Task Without_any_language_it_is_not_ready()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.Languages.Languages.Clear();

        await AssertNotReadyAsync(gateway, "trial run", "No language is installed.");
    }

    [Fact]
    public async Task Without_Python_another_language_is_tried()
    {
        await using var gateway = await TestGateway.StartAsync();
        var cpp = new Language { Id = "cpp", Installed = true, Compiled = true, EntryPoint = "main.cpp", Sample = "sample", SampleStdin = "in" };
        gateway.Services.Execution.Languages.Languages.Clear();
        gateway.Services.Execution.Languages.Languages.Add(cpp);

        var (status, _) = await ReadyAsync(gateway);

        Assert.Equal(HttpStatusCode.OK, status);
        var request = gateway.Services.Execution.LastRequest!;
        Assert.Equal(("cpp", "sample", "in"), (request.Language, request.Files.Single().Content.ToStringUtf8(), request.Stdin.ToStringUtf8()));
    }

    [Theory]
    [InlineData("services:execution:grpc:0", "execution")]
    [InlineData("services:web:http:0", "web")]
    public async Task What_runs_need_is_named_when_it_is_gone(string key, string check)
    {
        await using var gateway = await TestGateway.StartAsync((key, "http://127.0.0.1:1"));

        await AssertNotReadyAsync(gateway, check, "does not answer");
    }

    [Theory]
    [InlineData("services:session:grpc:0", "session")]
    [InlineData("services:ai:grpc:0", "ai")]
    public async Task What_runs_do_not_need_is_named_but_stops_nobody(string key, string check)
    {
        await using var gateway = await TestGateway.StartAsync((key, "http://127.0.0.1:1"));

        var (status, body) = await ReadyAsync(gateway);

        Assert.Equal((HttpStatusCode.OK, "degraded"), (status, (string?)body["status"]));
        Assert.Equal("degraded", (string?)body["checks"]![check]!["status"]);
        Assert.Contains("does not answer", (string?)body["checks"]![check]!["description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_says_it_is_not_serving_is_not_ready()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Health.SetStatus("", HealthCheckResponse.Types.ServingStatus.NotServing);

        await AssertNotReadyAsync(gateway, "execution", "not serving");
    }

    [Fact]
    public async Task Before_it_is_ready_it_has_called_itself_in_both_ways()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:Readiness:WarmUpRuns", "3"), ("Gateway:Readiness:TrialCacheSeconds", "300"));

        while ((await ReadyAsync(gateway)).Status != HttpStatusCode.OK)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        // The trial run is one of them.
        Assert.Equal((4, 3), (gateway.Services.Execution.ExecuteCalls, gateway.Services.Execution.AttachCalls));
    }

    [Fact]
    public async Task A_warm_up_that_fails_is_over()
    {
        await using var gateway = await TestGateway.StartAsync(("services:execution:grpc:0", "http://127.0.0.1:1"), ("Gateway:Readiness:WarmUpRuns", "3"));

        while ((string?)(await ReadyAsync(gateway)).Body["checks"]!["warm-up"]!["status"] != "healthy")
            await Task.Delay(10, TestContext.Current.CancellationToken);

        await AssertNotReadyAsync(gateway, "trial run", "Unavailable");
    }

    [Fact]
    public async Task Alive_needs_nobody_else()
    {
        await using var gateway = await TestGateway.StartAsync(("services:execution:grpc:0", "http://127.0.0.1:1"), ("services:web:http:0", "http://127.0.0.1:1"));

        var response = await gateway.Http.GetAsync("/health/live", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<(HttpStatusCode Status, System.Text.Json.Nodes.JsonNode Body)> ReadyAsync(TestGateway gateway)
    {
        var response = await gateway.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.JsonAsync());
    }

    private static async Task AssertNotReadyAsync(TestGateway gateway, string check, string words)
    {
        var (status, body) = await ReadyAsync(gateway);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("unhealthy", (string?)body["checks"]![check]!["status"]);
        Assert.Contains(words, (string?)body["checks"]![check]!["description"], StringComparison.Ordinal);
    }
}

using System.Net;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace OnlineCompiler.Gateway.Tests.Security.Limits;

/// <summary>Whom the full queue has just refused is refused without asking it again, and no longer than that is likely to be true.</summary>
public sealed class FreshRefusalTests
{
    private const string Executions = "/api/v1/executions";
    private const string Program = """{"language":"python","files":[{"path":"main.py","content":"x"}]}""";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    [Theory]
    [InlineData(Executions)]
    [InlineData("/api/v1/executions/stream")]
    [InlineData("/api/v1/judgements")]
    [InlineData("/api/v2/piston/execute")]
    public async Task A_caller_who_was_just_refused_is_refused_at_once(string path)
    {
        await using var gateway = await StartAsync();
        Refuse(gateway, TimeSpan.FromSeconds(2.5));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await gateway.PostAsync(Executions, Program)).StatusCode);

        // Its body is not looked at either.
        var again = await gateway.PostAsync(path, "no JSON");

        Assert.Equal(HttpStatusCode.TooManyRequests, again.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(3), again.Headers.RetryAfter?.Delta);
        Assert.Contains("queue is full", await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(1, gateway.Services.Execution.ExecuteCalls);
    }

    [Fact]
    public async Task The_refusals_are_alike()
    {
        await using var gateway = await StartAsync();
        Refuse(gateway, TimeSpan.FromSeconds(2.5));

        var first = await (await gateway.PostAsync(Executions, Program)).ProblemAsync(HttpStatusCode.TooManyRequests, "busy");
        var again = await (await gateway.PostAsync(Executions, Program)).ProblemAsync(HttpStatusCode.TooManyRequests, "busy");

        Assert.NotEqual((string?)first["traceId"], (string?)again["traceId"]);
        first["traceId"] = again["traceId"]?.DeepClone();
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
    }

    [Fact]
    public async Task A_moment_later_the_queue_is_asked_again()
    {
        await using var gateway = await StartAsync();
        Refuse(gateway, TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await gateway.PostAsync(Executions, Program)).StatusCode);
        gateway.Services.Execution.OnExecute = request => Task.FromResult(Services.FakeExecution.Answer(request.Language, "42\n"));

        _clock.Advance(TimeSpan.FromMilliseconds(9));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await gateway.PostAsync(Executions, Program)).StatusCode);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.OK, (await gateway.PostAsync(Executions, Program)).StatusCode);
    }

    [Fact]
    public async Task Other_callers_and_whoever_waits_for_a_submission_are_not_concerned()
    {
        await using var gateway = await StartAsync(("Gateway:TrustedProxies:Networks:0", "127.0.0.0/8"));
        Refuse(gateway, TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await gateway.RunAsync(null, ("X-Forwarded-For", "198.51.100.1"))).StatusCode);

        var submitted = await gateway.RunAsync(null, ("X-Forwarded-For", "198.51.100.1"), ("Prefer", "respond-async"));
        var others = await gateway.RunAsync(null, ("X-Forwarded-For", "198.51.100.2"));

        Assert.Equal(HttpStatusCode.Accepted, submitted.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, others.StatusCode);
        Assert.Equal(2, gateway.Services.Execution.ExecuteCalls);
    }

    [Fact]
    public async Task What_a_transport_is_out_of_is_no_full_queue()
    {
        await using var gateway = await StartAsync();
        gateway.Services.Execution.OnExecute = _ => throw new RpcException(new Grpc.Core.Status(StatusCode.ResourceExhausted, "message too large"));

        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.TooManyRequests, (await gateway.PostAsync(Executions, Program)).StatusCode);

        Assert.Equal(2, gateway.Services.Execution.ExecuteCalls);
    }

    private static void Refuse(TestGateway gateway, TimeSpan retryDelay) => gateway.Services.Execution.OnExecute = _ => throw new Google.Rpc.Status
    {
        Code = (int)Code.ResourceExhausted,
        Message = "The queue is full.",
        Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(retryDelay) }) },
    }.ToRpcException();

    private Task<TestGateway> StartAsync(params (string Key, string Value)[] settings) =>
        TestGateway.StartAsync(host => host.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(_clock)), settings);
}

using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;
using OnlineCompiler.Session.V1;
using Yarp.ReverseProxy;

namespace OnlineCompiler.Gateway.Tests;

public sealed class ProxyTests
{
    private static readonly ExecuteRequest Request = new()
    {
        Caller = "somebody-else",
        Language = "python",
        Files = { new SourceFile { Path = "main.py", Content = ByteString.CopyFromUtf8(new string('x', 100_000)) } },
    };

    [Fact]
    public async Task The_page_is_the_web_hosts_untouched()
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.Http.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Contains("the web", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("script-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.False(response.Headers.Contains("X-Frame-Options"));
    }

    [Fact]
    public async Task A_path_that_the_web_does_not_know_is_its_answer()
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.Http.GetAsync("/somewhere", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.NotEqual("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Headers_need_not_be_ASCII()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var http = FuzzRun.CreateClient(gateway.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Cookie", "other=é→😀");

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task GRPC_passes_through_on_its_own_port()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var channel = gateway.OpenChannel();
        var client = new Execution.V1.Execution.ExecutionClient(channel);

        var languages = await client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: TestContext.Current.CancellationToken);
        var answer = await client.ExecuteAsync(Request, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("python", languages.Languages.Single().Id);
        Assert.Equal("42\n", answer.Run.Stdout.ToStringUtf8());
        Assert.Equal(Request.Files, gateway.Services.Execution.LastRequest!.Files);
    }

    [Fact]
    public async Task Errors_pass_through_with_their_status()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnExecute = _ => throw new RpcException(new Status(StatusCode.InvalidArgument, "no"));
        using var channel = gateway.OpenChannel();
        var client = new Execution.V1.Execution.ExecutionClient(channel);

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await client.ExecuteAsync(Request, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal((StatusCode.InvalidArgument, "no"), (failure.StatusCode, failure.Status.Detail));
    }

    [Fact]
    public async Task Nobody_runs_in_the_name_of_another()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnStream = (_, events, _) => events.WriteAsync(FakeExecution.Result);
        gateway.Services.Execution.OnAttach = async (messages, events, context) =>
        {
            await messages.MoveNext(context.CancellationToken);
            await events.WriteAsync(FakeExecution.Output(messages.Current.Stdin.ToStringUtf8()));
        };
        using var channel = gateway.OpenChannel();
        var client = new Execution.V1.Execution.ExecutionClient(channel);
        var cancellation = TestContext.Current.CancellationToken;

        await client.ExecuteAsync(Request, cancellationToken: cancellation);
        AssertStamped(gateway);

        using var stream = client.ExecuteStream(Request, cancellationToken: cancellation);
        await stream.ResponseStream.MoveNext(cancellation);
        AssertStamped(gateway);

        using var attached = client.Attach(cancellationToken: cancellation);
        await attached.RequestStream.WriteAsync(new AttachRequest { Start = Request }, cancellation);
        await attached.RequestStream.WriteAsync(new AttachRequest { Stdin = ByteString.CopyFromUtf8("typed") }, cancellation);
        await attached.ResponseStream.MoveNext(cancellation);
        AssertStamped(gateway);
        using var judged = client.Judge(new JudgeRequest { Program = Request, Tests = { new JudgeTest { Id = "kept" } } }, cancellationToken: cancellation);
        await judged.ResponseStream.MoveNext(cancellation);
        AssertStamped(gateway);
        Assert.Equal("kept", gateway.Services.Execution.LastJudgement!.Tests.Single().Id);

        // What follows the first message is as it was.
        Assert.Equal("typed", attached.ResponseStream.Current.Output.Data.ToStringUtf8());
    }

    [Fact]
    public async Task A_judgement_that_passes_through_costs_as_many_runs_as_it_makes()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:RateLimits:RunBurst", "50"), ("Gateway:RateLimits:RunsPerSecond", "1"));
        using var channel = gateway.OpenChannel();
        var client = new Execution.V1.Execution.ExecutionClient(channel);
        var judgement = new JudgeRequest { Program = Request, Checker = Request, Tests = { Enumerable.Range(0, 20).Select(_ => new JudgeTest()) } };

        using var first = client.Judge(judgement, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(await first.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        using var second = client.Judge(judgement, cancellationToken: TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<RpcException>(() => second.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Equal(1, gateway.Services.Execution.JudgeCalls);
        Assert.Equal(20, gateway.Services.Execution.LastJudgement!.Tests.Count);
    }

    [Fact]
    public async Task Compressed_runs_are_refused_for_they_cannot_be_stamped()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var channel = gateway.OpenChannel();
        var client = new Execution.V1.Execution.ExecutionClient(channel);
        var headers = new Metadata { { "grpc-internal-encoding-request", "gzip" } };

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await client.ExecuteAsync(Request, headers, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
        Assert.Equal(0, gateway.Services.Execution.ExecuteCalls);
    }

    [Fact]
    public async Task Sessions_are_not_passed_through()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var channel = gateway.OpenChannel();
        var client = new Sessions.SessionsClient(channel);

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await client.ListSessionsAsync(new ListSessionsRequest { Owner = "anyone" }, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
        Assert.Contains("/api/v1/sessions", failure.Status.Detail, StringComparison.Ordinal);
        Assert.Null(gateway.Services.Sessions.LastRequest);
    }

    [Fact]
    public async Task A_silent_stream_is_cut_at_the_limit_and_not_before()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:Proxy:GrpcIdleSeconds", "3"));
        gateway.Services.Execution.OnStream = async (_, events, context) =>
        {
            // Longer in all than the limit, but never silent that long.
            for (var i = 0; i < 3; i++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1.5), context.CancellationToken);
                await events.WriteAsync(FakeExecution.Output("."));
            }

            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        using var channel = gateway.OpenChannel();
        var client = new Execution.V1.Execution.ExecutionClient(channel);

        using var stream = client.ExecuteStream(Request, cancellationToken: TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
            Assert.True(await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_program_may_wait_half_an_hour_for_input()
    {
        await using var gateway = await TestGateway.StartAsync();

        var clusters = gateway.Provider.GetRequiredService<IProxyStateLookup>().GetClusters().ToDictionary(cluster => cluster.ClusterId);

        foreach (var id in new[] { "execution", "ai" })
        {
            var request = clusters[id].Model.Config.HttpRequest!;
            Assert.True(request.ActivityTimeout > TimeSpan.FromMinutes(30));
            Assert.Equal((HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact), (request.Version, request.VersionPolicy));
        }
    }

    [Fact]
    public async Task Browsers_call_with_gRPC_Web_on_the_usual_port()
    {
        await using var gateway = await TestGateway.StartAsync();
        var message = Request.ToByteArray();
        var body = new byte[5 + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(1), (uint)message.Length);
        message.CopyTo(body.AsSpan(5));
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc-web") } };

        var response = await gateway.Http.PostAsync(
            "/onlinecompiler.execution.v1.Execution/Execute", content, TestContext.Current.CancellationToken);

        Assert.Equal("application/grpc-web", response.Content.Headers.ContentType?.MediaType);
        var answer = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var length = (int)BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(1));
        Assert.Equal("42\n", ExecuteResponse.Parser.ParseFrom(answer, 5, length).Run.Stdout.ToStringUtf8());
        Assert.Contains("grpc-status: 0", System.Text.Encoding.ASCII.GetString(answer, 5 + length, answer.Length - 5 - length), StringComparison.OrdinalIgnoreCase);
        AssertStamped(gateway);
    }

    [Fact]
    public async Task A_flood_of_calls_is_refused_as_gRPC_refuses()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:RateLimits:RunBurst", "1"), ("Gateway:RateLimits:RunsPerSecond", "1"));
        using var channel = gateway.OpenChannel();
        var client = new Execution.V1.Execution.ExecutionClient(channel);

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            for (var i = 0; i < 20; i++)
                await client.ExecuteAsync(Request, cancellationToken: TestContext.Current.CancellationToken);
        });

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
    }

    private static void AssertStamped(TestGateway gateway)
    {
        var request = gateway.Services.Execution.LastRequest!;
        Assert.StartsWith("anonymous:", request.Caller, StringComparison.Ordinal);
        Assert.Equal(Request.Files, request.Files);
        Assert.Equal("python", request.Language);
    }
}

using System.Net;
using System.Net.WebSockets;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace OnlineCompiler.Gateway.Tests;

public sealed class InteractiveErrorTests
{
    [Theory]
    [InlineData("""{"type":"stdin","data":"x"}""", "type")]
    [InlineData("""{"type":"start"}""", "execution")]
    [InlineData("""{"type":"start","execution":{"files":[{"path":"a","content":""}]}}""", "execution.language")]
    [InlineData("""{"type":"start","execution":{"language":"p","files":[{"content":""}]}}""", "execution.files[0].path")]
    [InlineData("""{"type":"start","execution":{"language":"p","files":[{"path":"a","content":""}],"stdin":"x"}}""", "execution.stdin")]
    [InlineData("""{"type":"start","execution":{"language":5}}""", "execution.language")]
    [InlineData("""{"type":"start","execution":{"language":"p","files":[{"path":"a","content":""}]},"terminal":{"columns":80}}""", "terminal.rows")]
    [InlineData("not JSON", "body")]
    public async Task A_wrong_first_frame_is_explained(string frame, string field)
    {
        await using var gateway = await TestGateway.StartAsync();

        using var socket = await gateway.ConnectAsync();
        await socket.SendAsync(frame);
        var frames = await socket.ReceiveAllAsync();

        var error = Assert.Single(frames);
        Assert.Equal("error", (string?)error["type"]);
        Assert.Equal(400, (int?)error["problem"]!["status"]);
        Assert.NotEmpty(error["problem"]!.Messages(field));
        Assert.Equal(4400, (int?)socket.CloseStatus);
    }

    [Theory]
    [InlineData("""{"type":"start","execution":{}}""", "type")]
    [InlineData("""{"type":"dance"}""", "type")]
    [InlineData("""{"type":"stdin"}""", "data")]
    [InlineData("""{"type":"signal","signal":"SIGSTOP"}""", "signal")]
    [InlineData("""{"type":"resize","columns":"wide"}""", "columns")]
    [InlineData("""{"type":"stdin","text":"x"}""", "text")]
    public async Task A_wrong_later_frame_ends_the_run(string frame, string field)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnAttach = (_, _, context) => Task.Delay(Timeout.Infinite, context.CancellationToken);

        using var socket = await gateway.ConnectAsync();
        await socket.SendAsync(Frames.Start);
        await socket.SendAsync(frame);
        var frames = await socket.ReceiveAllAsync();

        Assert.NotEmpty(Assert.Single(frames)["problem"]!.Messages(field));
        Assert.Equal(4400, (int?)socket.CloseStatus);
    }

    [Fact]
    public async Task Frames_that_are_too_large_or_binary_are_refused()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:Interactive:MaxFrameBytes", "1024"));
        gateway.Services.Execution.OnAttach = (_, _, context) => Task.Delay(Timeout.Infinite, context.CancellationToken);

        using var large = await gateway.ConnectAsync();
        await large.SendAsync(Frames.Start);
        await large.SendAsync($$"""{"type":"stdin","data":"{{new string('x', 5_000)}}"}""");
        var tooLarge = Assert.Single(await large.ReceiveAllAsync());
        using var binary = await gateway.ConnectAsync();
        await binary.SendAsync(new byte[] { 1 }.AsMemory(), WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        var notText = Assert.Single(await binary.ReceiveAllAsync());

        Assert.Equal(413, (int?)tooLarge["problem"]!["status"]);
        Assert.Equal(400, (int?)notText["problem"]!["status"]);
    }

    [Fact]
    public async Task A_client_that_says_nothing_is_let_go()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:Interactive:StartSeconds", "1"));

        using var socket = await gateway.ConnectAsync();
        var error = Assert.Single(await socket.ReceiveAllAsync());

        Assert.NotEmpty(error["problem"]!.Messages("type"));
        Assert.Equal(4400, (int?)socket.CloseStatus);
    }

    [Fact]
    public async Task What_the_service_refuses_is_named_as_in_the_frame()
    {
        await using var gateway = await TestGateway.StartAsync();
        var violations = new BadRequest
        {
            FieldViolations =
            {
                new BadRequest.Types.FieldViolation { Field = "limits.wall_time_limit_ms", Description = "too long" },
                new BadRequest.Types.FieldViolation { Field = "terminal.columns", Description = "too wide" },
            },
        };
        gateway.Services.Execution.OnAttach = (_, _, _) =>
            throw new Google.Rpc.Status { Code = (int)Code.InvalidArgument, Message = "wrong", Details = { Any.Pack(violations) } }.ToRpcException();

        using var socket = await gateway.ConnectAsync();
        await socket.SendAsync(Frames.Start);
        var error = Assert.Single(await socket.ReceiveAllAsync());

        Assert.Equal(["too long"], error["problem"]!.Messages("execution.limits.wallTimeMs"));
        Assert.Equal(["too wide"], error["problem"]!.Messages("terminal.columns"));
        Assert.Equal(4400, (int?)socket.CloseStatus);
    }

    [Theory]
    [InlineData(StatusCode.ResourceExhausted, 429, 1013)]
    [InlineData(StatusCode.Unavailable, 503, 1013)]
    [InlineData(StatusCode.Internal, 500, 1011)]
    public async Task When_the_fault_is_ours_the_close_says_so(StatusCode code, int status, int close)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnAttach = (_, _, _) => throw new RpcException(new Grpc.Core.Status(code, "x"));

        using var socket = await gateway.ConnectAsync();
        await socket.SendAsync(Frames.Start);
        var error = Assert.Single(await socket.ReceiveAllAsync());

        Assert.Equal(status, (int?)error["problem"]!["status"]);
        Assert.Equal(close, (int?)socket.CloseStatus);
    }

    [Fact]
    public async Task An_ordinary_request_is_told_to_use_a_WebSocket()
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.Http.GetAsync("/api/v1/executions/connect", TestContext.Current.CancellationToken);

        await response.ProblemAsync(HttpStatusCode.UpgradeRequired, "websocket-expected");
        Assert.Contains("websocket", response.Headers.Upgrade.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_pages_of_ours_and_of_configured_origins_may_connect()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:Cors:Origins:0", "https://friend.example"));

        (await gateway.ConnectAsync(origin: "https://friend.example")).Dispose();
        (await gateway.ConnectAsync(origin: gateway.Address.GetLeftPart(UriPartial.Authority))).Dispose();
        var refusal = await Assert.ThrowsAsync<WebSocketException>(() => gateway.ConnectAsync(origin: "https://stranger.example"));

        Assert.Contains("403", refusal.Message, StringComparison.Ordinal);
    }
}

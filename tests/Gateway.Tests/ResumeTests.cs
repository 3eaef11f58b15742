using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests;

/// <summary>Runs that survive a connection, and services that are about to stop.</summary>
public sealed class ResumeTests
{
    private const string ResumableStart = """{"type":"start","resumable":true,"execution":{"language":"python","files":[{"path":"main.py","content":"x"}]}}""";
    private const string Resume = """{"type":"resume","token":"the-token","position":12}""";

    [Fact]
    public async Task A_resumable_run_brings_a_token_and_counts_what_it_says_and_takes()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnAttach = async (messages, events, context) =>
        {
            await events.WriteAsync(new ExecuteEvent { Accepted = new Accepted { RequestId = "run-1", ResumeToken = "the-token", ResumeWithinMs = 30_000 }, Position = 1 });
            await messages.MoveNext(context.CancellationToken);
            // Half of a character is told as the bytes it is, for another connection may get the rest.
            await events.WriteAsync(new ExecuteEvent { Output = FakeExecution.Output(0xC3).Output, Position = 2, Inputs = 1 });
            await events.WriteAsync(new ExecuteEvent { Missed = new Missed { Bytes = 7 }, Position = 9, Inputs = 1 });
            await events.WriteAsync(new ExecuteEvent { Stopping = new Stopping { WithinMs = 5 }, Position = 10, Inputs = 1 });
        };

        using var socket = await gateway.ConnectAsync();
        await socket.SendAsync(ResumableStart);
        var accepted = await socket.ReceiveAsync();
        await socket.SendAsync("""{"type":"stdin","data":""}""");
        var rest = await socket.ReceiveAllAsync();

        Assert.True(gateway.Services.Execution.FirstMessage!.Resumable);
        AssertFrame("""{"type":"accepted","id":"run-1","language":"","version":"","resume":{"token":"the-token","withinMs":30000},"position":1,"inputs":0}""", accepted);
        AssertFrame("""{"type":"output","stage":"run","stream":"stdout","data":{"base64":"ww=="},"position":2,"inputs":1}""", rest[0]);
        AssertFrame("""{"type":"missed","bytes":7,"position":9,"inputs":1}""", rest[1]);
        AssertFrame("""{"type":"stopping","withinMs":5,"position":10,"inputs":1}""", rest[2]);
    }

    [Fact]
    public async Task A_run_is_looked_for_where_it_is_and_what_was_typed_meanwhile_reaches_it_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        var asked = 0;
        var heard = "";
        gateway.Services.Execution.OnAttach = async (messages, events, context) =>
        {
            if (Interlocked.Increment(ref asked) < 3)
                throw Refusal(Code.NotFound, "RUN_ELSEWHERE");
            await events.WriteAsync(new ExecuteEvent { Resumed = new Resumed { RequestId = "run-1" }, Inputs = 4 });
            while (heard.Length < 2 && await messages.MoveNext(context.CancellationToken))
                heard += messages.Current.Stdin.ToStringUtf8();
        };

        using var socket = await gateway.ConnectAsync();
        await socket.SendAsync(Resume);
        await socket.SendAsync("""{"type":"stdin","data":"a"}""");
        await socket.SendAsync("""{"type":"stdin","data":"b"}""");
        var frames = await socket.ReceiveAllAsync();

        AssertFrame("""{"type":"resumed","id":"run-1","language":"","version":"","position":0,"inputs":4}""", frames[0]);
        Assert.Equal((3, "ab"), (asked, heard));
        Assert.Equal(("the-token", 12u, ""), (
            gateway.Services.Execution.FirstMessage!.Resume.Token, gateway.Services.Execution.FirstMessage.Resume.Position, gateway.Services.Execution.FirstMessage.Owner));
    }

    [Theory]
    [InlineData(Code.NotFound, "RUN_GONE", 410, "run-gone", 1)]
    [InlineData(Code.NotFound, "RUN_ELSEWHERE", 410, "run-gone", 3)]
    [InlineData(Code.Aborted, "RUN_TAKEN_OVER", 409, "run-taken-over", 1)]
    public async Task Where_there_is_no_run_to_resume_the_client_is_told_so(Code code, string reason, int status, string problem, int attempts)
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:Interactive:ResumeAttempts", "3"));
        gateway.Services.Execution.OnAttach = (_, _, _) => throw Refusal(code, reason);

        using var socket = await gateway.ConnectAsync();
        await socket.SendAsync(Resume);
        var frames = await socket.ReceiveAllAsync();

        Assert.Equal((status, $"https://onlinecompiler.dev/problems/{problem}"), ((int)frames[0]["problem"]!["status"]!, (string?)frames[0]["problem"]!["type"]));
        Assert.Equal((WebSocketCloseStatus)4400, socket.CloseStatus);
        Assert.Equal(attempts, gateway.Services.Execution.AttachCalls);
    }

    [Theory]
    [InlineData(WebSocketCloseStatus.NormalClosure, true)]
    [InlineData((WebSocketCloseStatus)4000, false)]
    public async Task Only_who_closes_as_done_takes_leave_of_a_resumable_run(WebSocketCloseStatus status, bool leaves)
    {
        await using var gateway = await TestGateway.StartAsync();
        var left = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Services.Execution.OnAttach = async (messages, events, context) =>
        {
            await events.WriteAsync(new ExecuteEvent { Accepted = new Accepted { ResumeToken = "the-token" }, Position = 1 });
            try
            {
                left.SetResult(await messages.MoveNext(context.CancellationToken) && messages.Current.Leave is not null);
            }
            catch (Exception lost) when (lost is OperationCanceledException or IOException)
            {
                left.SetResult(false);
            }
        };

        using var socket = await gateway.ConnectAsync();
        await socket.SendAsync(ResumableStart);
        await socket.ReceiveAsync();
        await socket.CloseAsync(status, "", TestContext.Current.CancellationToken);

        Assert.Equal(leaves, await left.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task More_input_in_a_frame_than_can_be_counted_is_refused_of_a_resumable_run()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnAttach = async (messages, _, context) => await messages.MoveNext(context.CancellationToken);

        using var socket = await gateway.ConnectAsync();
        await socket.SendAsync(ResumableStart);
        await socket.SendAsync($$"""{"type":"stdin","data":"{{new string('x', 70_000)}}"}""");
        var frames = await socket.ReceiveAllAsync();

        Assert.NotNull(frames[^1]["problem"]!["errors"]!["data"]);
    }

    [Fact]
    public async Task What_a_draining_service_refused_is_asked_once_more_and_no_more()
    {
        await using var gateway = await TestGateway.StartAsync();
        var service = gateway.Services.Execution;
        const string Body = """{"language":"python","files":[{"path":"main.py","content":"x"}]}""";

        // Another one behind the same address answers.
        service.OnExecute = _ => service.ExecuteCalls == 1 ? throw Refusal(Code.Unavailable, "DRAINING") : Task.FromResult(FakeExecution.Answer("python", "42\n"));
        using var answer = await gateway.PostAsync("/api/v1/executions", Body);
        Assert.Equal("42\n", (string?)(await answer.JsonAsync())["run"]!["stdout"]);
        Assert.Equal(2, service.ExecuteCalls);

        var streams = 0;
        service.OnStream = (_, events, _) => ++streams == 1 ? throw Refusal(Code.Unavailable, "DRAINING") : events.WriteAsync(FakeExecution.Result);
        using var stream = await gateway.PostAsync("/api/v1/executions/stream", Body);
        Assert.Contains("event: result", await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(2, streams);

        service.OnAttach = (_, events, _) => service.AttachCalls == 1 ? throw Refusal(Code.Unavailable, "DRAINING") : events.WriteAsync(FakeExecution.Result);
        using var socket = await gateway.ConnectAsync();
        await socket.SendAsync(Tests.Frames.Start);
        Assert.Equal("result", (string?)(await socket.ReceiveAllAsync())[0]["type"]);
        Assert.Equal(2, service.AttachCalls);

        // None does: the client hears when to come back.
        service.OnExecute = _ => throw Refusal(Code.Unavailable, "DRAINING");
        using var refused = await gateway.PostAsync("/api/v1/executions", Body);
        await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable, "service-unavailable");
        Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
        Assert.Equal(4, service.ExecuteCalls);
    }

    [Fact]
    public async Task What_failed_otherwise_is_not_asked_again_for_it_may_have_run()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnExecute = _ => throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "lost"));

        using var refused = await gateway.PostAsync("/api/v1/executions", """{"language":"python","files":[{"path":"main.py","content":"x"}]}""");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, 1), (refused.StatusCode, gateway.Services.Execution.ExecuteCalls));
    }

    private static RpcException Refusal(Code code, string reason) => new Google.Rpc.Status
    {
        Code = (int)code,
        Message = "no",
        Details = { Any.Pack(new ErrorInfo { Reason = reason }), Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) }) },
    }.ToRpcException();

    private static void AssertFrame(string expected, JsonNode? frame) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), frame), frame?.ToJsonString());
}

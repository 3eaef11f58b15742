using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests;

public sealed class StreamTests
{
    private const string Path = "/api/v1/executions/stream";
    private const string Body = """{"language":"python","files":[{"path":"main.py","content":"x"}]}""";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Events_come_in_order_with_all_they_hold()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnStream = async (_, events, _) =>
        {
            await events.WriteAsync(FakeExecution.Accepted);
            await events.WriteAsync(new ExecuteEvent { StageStarted = new StageStarted { Stage = Stage.Compile } });
            await events.WriteAsync(FakeExecution.Started);
            await events.WriteAsync(FakeExecution.Output("hi\n"));
            await events.WriteAsync(FakeExecution.Output(Output.Types.Stream.Stderr, (byte)'!'));
            await events.WriteAsync(FakeExecution.Finished);
            await events.WriteAsync(new ExecuteEvent { Artifact = new Artifact { Path = "a.png", Content = ByteString.CopyFrom(0x89), MediaType = "image/png" } });
            await events.WriteAsync(FakeExecution.Result);
        };

        using var reader = await EventReader.PostAsync(gateway, Path, Body);
        var all = await reader.AllAsync();

        Assert.Equal(["accepted", "stage", "stage", "output", "output", "stageResult", "artifact", "result"], all.Select(item => item.Name));
        AssertJson("""{"id":"run-1","language":"python","version":"3.11.2"}""", all[0].Data);
        AssertJson("""{"stage":"compile"}""", all[1].Data);
        AssertJson("""{"stage":"run","stream":"stdout","data":"hi\n"}""", all[3].Data);
        AssertJson("""{"stage":"run","stream":"stderr","data":"!"}""", all[4].Data);
        Assert.Equal("run", (string?)all[5].Data["stage"]);
        Assert.Equal("succeeded", (string?)all[5].Data["result"]!["outcome"]);
        Assert.Equal("", (string?)all[5].Data["result"]!["stdout"]);
        AssertJson("""{"path":"a.png","mediaType":"image/png","content":{"base64":"iQ=="}}""", all[6].Data);
        AssertJson("""{"id":"run-1","language":"python","version":"3.11.2","outcome":"succeeded","compile":null,"run":null,"artifacts":[]}""", all[7].Data);
    }

    [Fact]
    public async Task Output_arrives_while_the_program_still_runs()
    {
        await using var gateway = await TestGateway.StartAsync();
        var seen = new SemaphoreSlim(0);
        gateway.Services.Execution.OnStream = async (_, events, context) =>
        {
            for (var i = 0; i < 3; i++)
            {
                await events.WriteAsync(FakeExecution.Output("."));
                await seen.WaitAsync(context.CancellationToken);
            }
        };

        using var reader = await EventReader.PostAsync(gateway, Path, Body);
        for (var i = 0; i < 3; i++)
        {
            // The program goes on only after its last dot was seen here.
            var dot = await reader.NextAsync().WaitAsync(Soon, TestContext.Current.CancellationToken);
            Assert.Equal(".", (string?)dot!.Value.Data["data"]);
            seen.Release();
        }
    }

    [Fact]
    public async Task Characters_are_never_cut_in_two()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bytes = Encoding.UTF8.GetBytes("é日😀");
        gateway.Services.Execution.OnStream = async (_, events, _) =>
        {
            foreach (var value in bytes)
            {
                await events.WriteAsync(FakeExecution.Output(value));
                // The other stream has its own unfinished characters.
                await events.WriteAsync(FakeExecution.Output(Output.Types.Stream.Stderr, value));
            }

            await events.WriteAsync(FakeExecution.Finished);
        };

        using var reader = await EventReader.PostAsync(gateway, Path, Body);
        var output = (await reader.AllAsync()).Where(item => item.Name == "output").ToArray();

        Assert.Equal(["é", "日", "😀"], output.Where(item => (string?)item.Data["stream"] == "stdout").Select(item => (string?)item.Data["data"]));
        Assert.Equal(["é", "日", "😀"], output.Where(item => (string?)item.Data["stream"] == "stderr").Select(item => (string?)item.Data["data"]));
    }

    [Fact]
    public async Task Bytes_that_are_not_text_come_as_Base64_and_none_is_lost()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnStream = async (_, events, _) =>
        {
            await events.WriteAsync(FakeExecution.Output(0x61, 0xff));
            await events.WriteAsync(FakeExecution.Output(0x62, 0xf0, 0x9f));
            await events.WriteAsync(FakeExecution.Finished);
        };

        using var reader = await EventReader.PostAsync(gateway, Path, Body);
        var all = await reader.AllAsync();

        Assert.Equal(["output", "output", "output", "stageResult"], all.Select(item => item.Name));
        Assert.Equal("Yf8=", (string?)all[0].Data["data"]!["base64"]);
        Assert.Equal("b", (string?)all[1].Data["data"]);
        // A character that the program never finished comes before its stage's result.
        Assert.Equal("8J8=", (string?)all[2].Data["data"]!["base64"]);
    }

    [Fact]
    public async Task A_silent_stream_is_kept_alive()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:Streams:HeartbeatSeconds", "1"));
        gateway.Services.Execution.OnStream = async (_, events, context) =>
        {
            await events.WriteAsync(FakeExecution.Started);
            await Task.Delay(TimeSpan.FromSeconds(2.5), context.CancellationToken);
            await events.WriteAsync(FakeExecution.Result);
        };

        using var reader = await EventReader.PostAsync(gateway, Path, Body);
        var all = await reader.AllAsync();

        Assert.Equal(["stage", "result"], all.Select(item => item.Name));
        Assert.InRange(reader.Heartbeats, 1, 3);
    }

    [Fact]
    public async Task Leaving_cancels_the_run()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnStream = async (_, events, context) =>
        {
            await events.WriteAsync(FakeExecution.Started);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };

        var reader = await EventReader.PostAsync(gateway, Path, Body);
        await reader.NextAsync();
        reader.Dispose();

        await gateway.Services.Execution.Cancelled.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_error_before_the_first_event_is_an_ordinary_problem()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnStream = (_, _, _) => throw new RpcException(new Status(StatusCode.InvalidArgument, "no such version"));
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Accept", "text/event-stream");

        var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal("no such version", (string?)problem["detail"]);
    }

    [Fact]
    public async Task A_later_error_is_the_last_event()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnStream = async (_, events, _) =>
        {
            await events.WriteAsync(FakeExecution.Started);
            throw new RpcException(new Status(StatusCode.Internal, "secret"));
        };

        using var reader = await EventReader.PostAsync(gateway, Path, Body);
        var all = await reader.AllAsync();

        Assert.Equal(["stage", "error"], all.Select(item => item.Name));
        Assert.Equal("https://onlinecompiler.dev/problems/internal-error", (string?)all[1].Data["type"]);
        Assert.Equal(32, ((string?)all[1].Data["traceId"])!.Length);
        Assert.DoesNotContain("secret", all[1].Data.ToJsonString(), StringComparison.Ordinal);
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}

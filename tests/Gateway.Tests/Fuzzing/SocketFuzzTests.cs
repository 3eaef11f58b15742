using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests.Fuzzing;

/// <summary>Frames that nobody should send, before the program runs and while it does.</summary>
public sealed class SocketFuzzTests
{
    private const int Seed = 4_711;
    private const int Connections = 300;
    private const int NotText = (int)WebSocketCloseStatus.InvalidPayloadData;

    private static readonly JsonNode[] _frames =
    [
        JsonNode.Parse(Tests.Frames.Start)!,
        JsonNode.Parse("""{"type":"start","execution":{"language":"python","version":"3","files":[{"path":"a","content":{"base64":"AA=="}}],"arguments":["a"],"environment":{"A":"b"},"limits":{"wallTimeMs":1000}}}""")!,
        JsonNode.Parse("""{"type":"start","resumable":true,"execution":{"language":"python","files":[{"path":"a","content":"x"}]}}""")!,
        JsonNode.Parse("""{"type":"resume","token":"AAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","position":12}""")!,
        JsonNode.Parse("""{"type":"stdin","data":"x\n"}""")!,
        JsonNode.Parse("""{"type":"stdin","data":{"base64":"/w=="}}""")!,
        JsonNode.Parse("""{"type":"endOfInput"}""")!,
        JsonNode.Parse("""{"type":"signal","signal":"SIGINT"}""")!,
        JsonNode.Parse("""{"type":"resize","columns":100,"rows":30}""")!,
    ];

    private static readonly JsonNode[] _pistonFrames =
    [
        JsonNode.Parse("""{"type":"init","language":"python","version":"*","files":[{"name":"main.py","content":"x"}],"args":["a"],"run_timeout":1000}""")!,
        JsonNode.Parse("""{"type":"data","stream":"stdin","data":"x\n"}""")!,
        JsonNode.Parse("""{"type":"signal","signal":"SIGTERM"}""")!,
        JsonNode.Parse("""{"type":"endOfInput"}""")!,
    ];

    [Fact]
    public async Task Every_conversation_ends_with_a_reason_and_none_with_a_fault_of_ours()
    {
        var seen = await TalkAsync("/api/v1/executions/connect", _frames, (error, rules) =>
        {
            var problem = error["problem"]!;
            Assert.InRange((int)problem["status"]!, 400, 429);
            Assert.False(string.IsNullOrEmpty((string?)problem["title"]) || string.IsNullOrEmpty((string?)problem["detail"]) || string.IsNullOrEmpty((string?)problem["traceId"]));
            Assert.Empty(rules.Leaks(problem.ToJsonString()));
        });

        // After the result, after an error of ours to tell, or after bytes that WebSocket itself does not allow.
        Assert.Empty(seen.Except([1000, 4400, NotText]));
        Assert.Equal([1000, 4400], seen.Where(status => status is 1000 or 4400).Order());
    }

    [Fact]
    public async Task Pistons_conversations_too()
    {
        var seen = await TalkAsync("/api/v2/connect", _pistonFrames, (error, rules) =>
        {
            Assert.False(string.IsNullOrEmpty((string?)error["message"]), error.ToJsonString());
            Assert.Empty(rules.Leaks(error.ToJsonString()));
        });

        Assert.Empty(seen.Except([4000, 4001, 4002, 4003, 4004, 4005, 4999, NotText]));
        Assert.Equal([4000, 4002, 4999], seen.Where(status => status is 4000 or 4002 or 4999).Order());
    }

    private static async Task<HashSet<int>> TalkAsync(string path, JsonNode[] frames, Action<JsonNode, AnswerRules> check)
    {
        // Who never starts shall not be waited for long.
        await using var gateway = await FuzzedGateway.StartAsync(("Gateway:Piston:InitMs", "100"));
        gateway.Services.Execution.OnAttach = async (messages, events, context) =>
        {
            await events.WriteAsync(FakeExecution.Accepted);
            await events.WriteAsync(FakeExecution.Started);
            while (await messages.MoveNext(context.CancellationToken) && messages.Current.EndOfInput is null)
                await events.WriteAsync(FakeExecution.Output("."));
            await events.WriteAsync(FakeExecution.Finished);
            await events.WriteAsync(FakeExecution.Result);
        };
        var rules = new AnswerRules(ApiDescription.Parse(await gateway.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken)));
        var seen = new HashSet<int>();
        for (var number = 0; number < FuzzRun.Setting("FUZZ_REQUESTS", Connections); number++)
        {
            var seed = FuzzRun.Setting("FUZZ_SEED", Seed) + number;
            try
            {
                seen.Add(await TalkOnceAsync(gateway, path, frames, new Random(seed), error => check(error, rules)));
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                Assert.Fail($"FUZZ_SEED={seed} FUZZ_REQUESTS=1: {exception}");
            }
        }

        return seen;
    }

    private static async Task<int> TalkOnceAsync(TestGateway gateway, string path, JsonNode[] frames, Random random, Action<JsonNode> check)
    {
        using var socket = await gateway.ConnectAsync(path: path);
        var messages = Messages(frames, random).ToArray();
        try
        {
            foreach (var (bytes, kind) in messages.TakeWhile(_ => socket.State is WebSocketState.Open))
                await socket.SendAsync(bytes, kind, true, TestContext.Current.CancellationToken);
            while (await socket.ReceiveAsync() is { } frame)
            {
                if ((string?)frame["type"] is "error")
                    check(frame);
            }

            return (int)socket.CloseStatus!;
        }
        catch (WebSocketException) when (messages.Any(message => message.Kind is WebSocketMessageType.Text && !Utf8.IsValid(message.Bytes)))
        {
            // Who breaks WebSocket itself is cut off, and may not get to read why.
            return NotText;
        }
    }

    // One that starts, some that may be anything, and one that lets a program that runs end.
    private static IEnumerable<(byte[] Bytes, WebSocketMessageType Kind)> Messages(JsonNode[] frames, Random random)
    {
        for (var left = random.Next(1, 5); left > 0; left--)
        {
            var frame = frames[random.Next(3) == 0 ? 0 : random.Next(frames.Length)];
            var isSpoilt = random.Next(3) == 0;
            var kind = isSpoilt && random.Next(10) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
            yield return (isSpoilt ? JsonMutation.Apply(frame, random) : JsonMutation.Plain(frame), kind);
        }

        yield return ("""{"type":"endOfInput"}"""u8.ToArray(), WebSocketMessageType.Text);
    }
}

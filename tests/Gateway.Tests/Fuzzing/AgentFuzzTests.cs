using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;

namespace OnlineCompiler.Gateway.Tests.Fuzzing;

/// <summary>Messages that no agent should send; errors there are JSON-RPC's.</summary>
public sealed class AgentFuzzTests
{
    private const int Seed = 20_261_130;
    private const int Requests = 500;

    private static readonly JsonNode[] _messages =
    [
        JsonNode.Parse("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"fuzz","version":"1"}}}""")!,
        JsonNode.Parse("""{"jsonrpc":"2.0","method":"notifications/initialized"}""")!,
        JsonNode.Parse("""{"jsonrpc":"2.0","id":"two","method":"tools/list","params":{"cursor":null}}""")!,
        JsonNode.Parse("""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"list_languages","arguments":{}}}""")!,
        JsonNode.Parse("""{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"run_code","arguments":{"language":"python","code":"print(1)","stdin":"x"}}}""")!,
        JsonNode.Parse("""{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"judge","arguments":{"language":"python","code":"print(1)","tests":[{"input":"1","expectedOutput":"1"}]}}}""")!,
        JsonNode.Parse("""{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"explain_error","arguments":{"language":"python","code":"print(1)"}}}""")!,
        JsonNode.Parse("""{"jsonrpc":"2.0","id":7,"method":"ping"}""")!,
    ];

    private static readonly (string Name, string Value)[] _headers =
    [
        ("Accept", "text/html"), ("Accept", ""), ("Content-Type", "text/plain"), ("Content-Type", "application/json; charset=bogus"), ("Content-Type", "application/json; charset=utf-16"),
        ("Mcp-Session-Id", "nobody's"), ("MCP-Protocol-Version", "1999-01-01"), ("MCP-Protocol-Version", "é"), ("Last-Event-ID", "-1"), ("Origin", "https://evil.example"),
    ];

    [Fact]
    public async Task No_message_makes_the_server_fail()
    {
        await using var gateway = await FuzzedGateway.StartAsync();
        using var http = FuzzRun.CreateClient(gateway.Address);
        var rules = new AnswerRules(ApiDescription.Parse(await http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken)));
        var (results, errors) = (0, 0);
        for (var number = 0; number < FuzzRun.Setting("FUZZ_REQUESTS", Requests); number++)
        {
            var seed = FuzzRun.Setting("FUZZ_SEED", Seed) + number;
            using var message = Message(new Random(seed));
            using var response = await http.SendAsync(message, TestContext.Current.CancellationToken);
            var answer = await FuzzAnswer.ReadAsync(response, TestContext.Current.CancellationToken);

            var told = $"FUZZ_SEED={seed} FUZZ_REQUESTS=1: {message}\n{Shown(await message.Content!.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))}\n{answer.Status} {answer.Text}";
            Assert.True(answer.Status < 500, told);
            Assert.True(!rules.Leaks(answer.Text).Any(), told);
            foreach (var item in Objects(answer))
            {
                results += item["result"] is null ? 0 : 1;
                errors += item["error"] is null ? 0 : 1;
                Assert.True(item["error"] is null || (int?)item["error"]!["code"] is not null && !string.IsNullOrEmpty((string?)item["error"]!["message"]), told);
            }
        }

        // Some are right by chance; if all or none were, this would show nothing.
        Assert.True(results > 20 && errors > 20, $"{results} results, {errors} errors");
    }

    private static HttpRequestMessage Message(Random random)
    {
        var valid = _messages[random.Next(_messages.Length)];
        var message = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new ByteArrayContent(random.Next(4) == 0 ? JsonMutation.Plain(valid) : JsonMutation.Apply(valid, random)),
        };
        message.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        if (random.Next(4) == 0)
        {
            var (name, value) = _headers[random.Next(_headers.Length)];
            HttpHeaders headers = name is "Content-Type" ? message.Content.Headers : message.Headers;
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static IEnumerable<JsonNode> Objects(FuzzAnswer answer)
    {
        if (answer.MediaType is "application/json")
            return [JsonNode.Parse(answer.Text)!];
        return answer.MediaType is "text/event-stream"
            ? [.. SseParser.Create(new MemoryStream(answer.Body)).Enumerate().Select(item => JsonNode.Parse(item.Data)!)]
            : [];
    }

    private static string Shown(byte[] body) => Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 2_000)));
}

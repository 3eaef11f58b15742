using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace OnlineCompiler.Gateway.Tests.Mcp;

/// <summary>The protocol's own client, as an agent uses it.</summary>
internal static class Agent
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<McpClient> ConnectAsync(TestGateway gateway) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(gateway.Address, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp }),
        cancellationToken: Token);

    public static JsonNode AnswerOf(CallToolResult result)
    {
        Assert.NotEqual(true, result.IsError);
        return JsonNode.Parse(result.StructuredContent!.Value.GetRawText())!;
    }

    public static async Task<string> ErrorAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        var result = await client.CallToolAsync(tool, arguments, cancellationToken: Token);
        Assert.True(result.IsError);
        return Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
    }

    public sealed class Listener(Action<ProgressNotificationValue> listen) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => listen(value);
    }
}

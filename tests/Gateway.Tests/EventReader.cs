using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace OnlineCompiler.Gateway.Tests;

/// <summary>Reads server-sent events one at a time, as they arrive.</summary>
internal sealed class EventReader(HttpResponseMessage response, StreamReader lines) : IDisposable
{
    public int Heartbeats { get; private set; }

    public static Task<EventReader> PostAsync(TestGateway gateway, string path, string body) =>
        OpenAsync(gateway, new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") });

    public static Task<EventReader> GetAsync(TestGateway gateway, string path) => OpenAsync(gateway, new HttpRequestMessage(HttpMethod.Get, path));

    private static async Task<EventReader> OpenAsync(TestGateway gateway, HttpRequestMessage message)
    {
        using var request = message;
        var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        return new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The next event, or null at the end.</summary>
    public async Task<(string Name, JsonNode Data)?> NextAsync()
    {
        string name = "", data = "";
        while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(':'))
                Heartbeats++;
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line["event: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = line["data: ".Length..];
            else if (line.Length == 0 && name.Length > 0)
                return (name, JsonNode.Parse(data)!);
        }

        return null;
    }

    public async Task<IReadOnlyList<(string Name, JsonNode Data)>> AllAsync()
    {
        var all = new List<(string, JsonNode)>();
        while (await NextAsync() is { } next)
            all.Add(next);
        return all;
    }

    public void Dispose()
    {
        lines.Dispose();
        response.Dispose();
    }
}

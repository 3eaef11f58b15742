using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OnlineCompiler.AiService.Tests;

/// <summary>A model's provider on a local port that speaks both wire protocols and answers as the test says.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeProvider(WebApplication app) => _app = app;

    /// <summary>What the provider does with a request.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => ProviderWire.WriteAsync(context, ["Hello."]);

    public ConcurrentQueue<ReceivedRequest> Requests { get; } = [];

    public string Url => _app.Urls.Single();

    public static async Task<FakeProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new FakeProvider(app);
        app.MapPost(ProviderWire.OpenAiPath, provider.HandleAsync);
        app.MapPost(ProviderWire.AnthropicPath, provider.HandleAsync);
        await app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Requests.Enqueue(new ReceivedRequest(context.Request.Path, headers, JsonDocument.Parse(body).RootElement, body));
        await Answer(context);
    }
}

internal sealed record ReceivedRequest(string Path, IReadOnlyDictionary<string, string> Headers, JsonElement Json, string Body);

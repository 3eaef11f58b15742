using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OnlineCompiler.WholeApp.Tests.Executions;

namespace OnlineCompiler.WholeApp.Tests.Judge0;

/// <summary>Takes callbacks as Judge0 sends them, on the loopback.</summary>
internal sealed class JudgeReceiver : IAsyncDisposable
{
    private readonly WebApplication _web;

    private JudgeReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _web = builder.Build();
        _web.MapPut("/hook", Take);
    }

    public Uri Url => new(new Uri(_web.Urls.Single()), "hook");

    /// <summary>The body of each, by its token; of a repeat, the first.</summary>
    public ConcurrentDictionary<string, JsonNode> Received { get; } = [];

    public static async Task<JudgeReceiver> StartAsync()
    {
        var receiver = new JudgeReceiver();
        await receiver._web.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private IResult Take(JsonNode submission)
    {
        Received.TryAdd(submission["token"].Text(), submission);
        return Results.NoContent();
    }
}

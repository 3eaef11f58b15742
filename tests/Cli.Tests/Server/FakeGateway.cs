using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OnlineCompiler.Cli.Tests.Server;

/// <summary>A Gateway whose answers each test makes up.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    public const string Execution =
        """{ "id": "1", "language": "python", "version": "3.11.2", "outcome": "succeeded", "compile": null, "run": null, "artifacts": [] }""";

    private readonly WebApplication _application;

    private FakeGateway(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.Single());

    /// <summary>Answers every request that is not a WebSocket's.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => context.WriteJsonAsync(FakeLanguages.Json);

    /// <summary>Status with which connections are refused, to be asked for again after 5 s; 0 takes them.</summary>
    public int Refusal { get; set; }

    /// <summary>Speaks with everyone who connects; the connection is closed in order when it returns.</summary>
    public Func<FakeRun, Task> Converse { get; set; } = run => run.FinishAsync();

    /// <summary>Runs that clients have started, in their order.</summary>
    public List<FakeRun> Runs { get; } = [];

    public static async Task<FakeGateway> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var gateway = new FakeGateway(application);
        application.UseWebSockets();
        application.Run(gateway.ServeAsync);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return gateway;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Answer(context);
            return;
        }

        if (Refusal != 0)
        {
            context.Response.StatusCode = Refusal;
            context.Response.Headers.RetryAfter = "5";
            return;
        }

        Assert.Equal("/api/v1/executions/connect", context.Request.Path);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var run = new FakeRun(socket, context.Request.Headers);
        lock (Runs)
            Runs.Add(run);
        await run.ServeAsync(Converse);
    }
}

internal static class FakeAnswers
{
    public static async Task WriteJsonAsync(this HttpContext context, string json, int status = StatusCodes.Status200OK, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json));
    }

    public static Task WriteProblemAsync(this HttpContext context, string problem, int status) =>
        context.WriteJsonAsync(problem, status, "application/problem+json");

    public static async Task<JsonNode> ReadJsonAsync(this HttpContext context) => (await JsonNode.ParseAsync(context.Request.Body))!;
}

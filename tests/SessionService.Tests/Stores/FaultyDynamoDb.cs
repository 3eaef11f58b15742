using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OnlineCompiler.SessionService.Storage.DynamoDb;

namespace OnlineCompiler.SessionService.Tests.Stores;

/// <summary>Stands between the service and the server that speaks DynamoDB, and does to its calls what a network and AWS do.</summary>
internal sealed class FaultyDynamoDb : IAsyncDisposable
{
    private readonly HttpClient _server;
    private readonly WebApplication _app;
    private (string Operation, string Key)? _lost;
    private (string Operation, string Key, Func<Task> Meanwhile)? _overtaken;
    private string? _refusal;

    private FaultyDynamoDb(Uri server)
    {
        _server = new HttpClient { BaseAddress = server };
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(ForwardAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    public static async Task<FaultyDynamoDb> StartAsync(Uri server)
    {
        var faulty = new FaultyDynamoDb(server);
        await faulty._app.StartAsync(TestContext.Current.CancellationToken);
        return faulty;
    }

    /// <summary>The next such operation is done, and nobody hears of it.</summary>
    /// <param name="operation">Of DynamoDB.</param>
    /// <param name="key">How the key of its item begins.</param>
    public void LoseNextAnswerOf(string operation, string key = "") => _lost = (operation, key);

    public bool HasLostAll => _lost is null;

    /// <summary>The next such operation comes late: before it is done, <paramref name="meanwhile"/> is.</summary>
    /// <param name="operation">Of DynamoDB.</param>
    /// <param name="key">How the key of its item begins.</param>
    /// <param name="meanwhile">Of others.</param>
    public void OvertakeNext(string operation, string key, Func<Task> meanwhile) => _overtaken = (operation, key, meanwhile);

    public bool HasOvertakenAll => _overtaken is null;

    /// <summary>Every operation is refused with this error, e.g. <c>ThrottlingException</c>; null: none.</summary>
    public void Refuse(string? error) => _refusal = error;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _server.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        if (_refusal is { } error)
        {
            context.Response.StatusCode = (int)HttpStatusCode.BadRequest;
            context.Response.ContentType = "application/x-amz-json-1.0";
            await context.Response.WriteAsync($$"""{"__type":"com.amazonaws.dynamodb.v20120810#{{error}}","message":"As asked."}""");
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        bool Is(string operation, string key) =>
            context.Request.Headers["X-Amz-Target"].ToString().EndsWith(operation, StringComparison.Ordinal)
            && body.Contains($"\"{TableNames.Key}\":{{\"S\":\"{key}", StringComparison.Ordinal);
        if (_overtaken is { } overtaken && Is(overtaken.Operation, overtaken.Key))
        {
            _overtaken = null;
            await overtaken.Meanwhile();
        }

        request.Content = new StringContent(body);
        request.Content.Headers.ContentType = new("application/x-amz-json-1.0");
        foreach (var header in new[] { "X-Amz-Target", "X-Amz-Date", "Authorization" })
            request.Headers.TryAddWithoutValidation(header, context.Request.Headers[header].ToString());
        using var response = await _server.SendAsync(request);

        if (_lost is { } lost && Is(lost.Operation, lost.Key))
        {
            _lost = null;
            context.Abort();
            return;
        }
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = "application/x-amz-json-1.0";
        await response.Content.CopyToAsync(context.Response.Body);
    }
}

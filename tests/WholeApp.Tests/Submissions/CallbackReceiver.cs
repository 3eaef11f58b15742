using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OnlineCompiler.WholeApp.Tests.Submissions;

/// <summary>Takes callbacks on the loopback, and those alone that are signed with its secret.</summary>
internal sealed class CallbackReceiver : IAsyncDisposable
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly WebApplication _web;

    private CallbackReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _web = builder.Build();
        _web.MapPost("/hook", TakeAsync);
    }

    public Uri Address => new(_web.Urls.Single());

    /// <summary>What a submission asks for.</summary>
    public object CallbackWith(string context) =>
        new { url = new Uri(Address, "hook").AbsoluteUri, secret = "whsec_" + Convert.ToBase64String(_secret), context };

    /// <summary>The body of each, by its id; of a repeat, the first.</summary>
    public ConcurrentDictionary<string, JsonNode> Received { get; } = [];

    public static async Task<CallbackReceiver> StartAsync()
    {
        var receiver = new CallbackReceiver();
        await receiver._web.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var id = request.Headers["webhook-id"].ToString();
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{request.Headers["webhook-timestamp"]}.");
        var signature = "v1," + Convert.ToBase64String(HMACSHA256.HashData(_secret, (byte[])[.. Encoding.ASCII.GetBytes(signed), .. body.ToArray()]));
        if (request.Headers["webhook-signature"] != signature)
            return Results.Unauthorized();
        Received.TryAdd(id, JsonNode.Parse(body.ToArray())!);
        return Results.NoContent();
    }
}

using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OnlineCompiler.Gateway.Tests.Callbacks;

/// <summary>What a receiver of callbacks was sent.</summary>
internal sealed record Received(string Method, string Path, IHeaderDictionary Headers, byte[] Body);

/// <summary>Receives callbacks on the loopback, on the addresses it is given and one port, and answers as a test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(string[] addresses)
    {
        Port = FreePort.Next();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var address in addresses)
                kestrel.Listen(IPAddress.Parse(address), Port);
        });
        _app = builder.Build();
        _app.Run(async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            Requests.Enqueue(new Received(context.Request.Method, context.Request.Path, new HeaderDictionary(context.Request.Headers.ToDictionary()), body.ToArray()));
            Addresses.Enqueue(context.Connection.LocalIpAddress!);
            await OnReceived(context);
        });
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}/hook";

    public ConcurrentQueue<Received> Requests { get; } = [];

    /// <summary>At which of its addresses each request arrived.</summary>
    public ConcurrentQueue<IPAddress> Addresses { get; } = [];

    public Func<HttpContext, Task> OnReceived { get; set; } = _ => Task.CompletedTask;

    public static async Task<Receiver> StartAsync(params string[] addresses)
    {
        var receiver = new Receiver(addresses is [] ? ["127.0.0.1"] : addresses);
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests;

/// <summary>The real Gateway on real ports, with made-up services behind it.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplicationFactory<Program> _factory;
    private readonly int _grpcPort;

    private TestGateway(FakeServices services, int grpcPort, WebApplicationFactory<Program> factory)
    {
        Services = services;
        _grpcPort = grpcPort;
        _factory = factory;
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public FakeServices Services { get; }

    public HttpClient Http { get; }

    public Uri Address => _factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
        .Select(address => new Uri(address)).Single(address => address.Port != _grpcPort);

    public IServiceProvider Provider => _factory.Services;

    public static Task<TestGateway> StartAsync(params (string Key, string Value)[] settings) =>
        StartAsync(_ => { }, settings);

    public static async Task<TestGateway> StartAsync(Action<IWebHostBuilder> configure, params (string Key, string Value)[] settings)
    {
        var services = await FakeServices.StartAsync();
        var grpcPort = FreePort.Next();
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0");
            host.UseSetting("GRPC_PORT", $"{grpcPort}");
            host.UseSetting("services:execution:grpc:0", services.GrpcUrl);
            host.UseSetting("services:session:grpc:0", services.GrpcUrl);
            host.UseSetting("services:ai:grpc:0", services.GrpcUrl);
            host.UseSetting("services:web:http:0", services.WebUrl);
            // Tests count calls.
            host.UseSetting("Gateway:Readiness:WarmUpRuns", "0");
            foreach (var (key, value) in settings)
                host.UseSetting(key, value);
            host.ConfigureLogging(logging => logging.ClearProviders());
            configure(host);
        });
        factory.UseKestrel();
        factory.StartServer();
        return new TestGateway(services, grpcPort, factory);
    }

    /// <summary>Where gRPC clients connect, without TLS.</summary>
    public Uri GrpcAddress => new($"http://localhost:{_grpcPort}");

    public GrpcChannel OpenChannel() => GrpcChannel.ForAddress(GrpcAddress);

    public Task<HttpResponseMessage> PostAsync(string path, string json) =>
        Http.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    /// <summary>Lets the Gateway end as when it is asked to; what stands behind it stays.</summary>
    public Task StopAsync() => Provider.GetRequiredService<IHost>().StopAsync(TestContext.Current.CancellationToken);

    public async Task<WebSocket> ConnectAsync(string? origin = null, string path = "/api/v1/executions/connect")
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = path }.Uri, TestContext.Current.CancellationToken);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Services.DisposeAsync();
        await _factory.DisposeAsync();
    }
}

internal static class Answers
{
    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;

    /// <summary>The problem, after checking what holds for every one.</summary>
    public static async Task<JsonNode> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string name)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.JsonAsync();
        Assert.Equal($"https://onlinecompiler.dev/problems/{name}", (string?)problem["type"]);
        Assert.Equal((int)status, (int?)problem["status"]);
        Assert.False(string.IsNullOrEmpty((string?)problem["title"]));
        Assert.Equal(response.RequestMessage?.RequestUri?.AbsolutePath, (string?)problem["instance"]);
        Assert.Equal(response.Headers.GetValues("traceresponse").Single().Split('-')[1], (string?)problem["traceId"]);
        return problem;
    }

    public static string[] Messages(this JsonNode problem, string field) => problem["errors"]?[field].Deserialize<string[]>() ?? [];
}

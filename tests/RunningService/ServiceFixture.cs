using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.Tests.RunningService;

/// <summary>The service in this process, with its real sandbox, called over gRPC.</summary>
public sealed class ServiceFixture : IAsyncDisposable
{
    private readonly WebApplicationFactory<Program> _factory;
    private readonly GrpcChannel _channel;

    public ServiceFixture()
        : this(new Dictionary<string, string>())
    {
    }

    internal ServiceFixture(IReadOnlyDictionary<string, string> settings)
    {
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            foreach (var (key, value) in settings)
                host.UseSetting(key, value);
        });
        _channel = GrpcChannel.ForAddress(
            _factory.Server.BaseAddress,
            new GrpcChannelOptions { HttpHandler = _factory.Server.CreateHandler(), MaxReceiveMessageSize = null });
        Client = new Execution.V1.Execution.ExecutionClient(_channel);
    }

    public Execution.V1.Execution.ExecutionClient Client { get; }

    public HttpClient CreateHttpClient() => _factory.CreateClient();

    internal ISandbox Sandbox => _factory.Services.GetRequiredService<ISandbox>();

    internal T Service<T>()
        where T : notnull => _factory.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _factory.DisposeAsync();
    }
}

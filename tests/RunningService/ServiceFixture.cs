using System.Globalization;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
        : this(settings, grpcPort: null)
    {
    }

    private ServiceFixture(IReadOnlyDictionary<string, string> settings, int? grpcPort)
    {
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            // Sixty toolchains telling their versions would disturb tests that measure.
            host.UseSetting("Languages:AskAtStart", "false");
            // What an earlier run of the tests has compiled would hide what compiling does now.
            host.UseSetting("Compilation:CacheBytes", "0");
            // What a test leaves running is not worth waiting for.
            host.UseSetting("Execution:DrainTimeout", "00:00:01");
            foreach (var (key, value) in settings)
                host.UseSetting(key, value);
        });
        if (grpcPort is null)
        {
            _channel = GrpcChannel.ForAddress(
                _factory.Server.BaseAddress,
                new GrpcChannelOptions { HttpHandler = _factory.Server.CreateHandler(), MaxReceiveMessageSize = null });
        }
        else
        {
            _factory.UseKestrel();
            _factory.StartServer();
            _channel = GrpcChannel.ForAddress($"http://localhost:{grpcPort}", new GrpcChannelOptions { MaxReceiveMessageSize = null });
        }
        GrpcPort = grpcPort ?? 0;
        Client = new Execution.V1.Execution.ExecutionClient(_channel);
    }

    /// <summary>Listens on ports of the machine, for other processes that call it.</summary>
    internal static ServiceFixture OnMachinePorts(IReadOnlyDictionary<string, string> settings)
    {
        var port = FreePort.Next();
        return new ServiceFixture(
            new Dictionary<string, string>(settings) { ["urls"] = "http://127.0.0.1:0", ["GRPC_PORT"] = port.ToString(CultureInfo.InvariantCulture) }, port);
    }

    public Execution.V1.Execution.ExecutionClient Client { get; }

    internal GrpcChannel Channel => _channel;

    /// <summary>Of a service on the machine's ports; else 0.</summary>
    internal int GrpcPort { get; }

    public HttpClient CreateHttpClient() => _factory.CreateClient();

    /// <summary>Tells the service to stop, as SIGTERM does; completes when it has.</summary>
    internal async Task StopAsync()
    {
        Service<IHostApplicationLifetime>().StopApplication();
        await Service<IHost>().StopAsync(CancellationToken.None);
    }

    internal ISandbox Sandbox => _factory.Services.GetRequiredService<ISandbox>();

    internal T Service<T>()
        where T : notnull => _factory.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _factory.DisposeAsync();
    }
}

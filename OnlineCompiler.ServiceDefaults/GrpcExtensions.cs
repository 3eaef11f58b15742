using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.ClientFactory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace OnlineCompiler.ServiceDefaults;

/// <summary>
/// gRPC needs HTTP/2 and probes speak HTTP/1.1; without TLS one port cannot tell them apart, so a gRPC service listens
/// on two: its usual URLs for health, and the port in <c>GRPC_PORT</c> for gRPC.
/// </summary>
public static class GrpcExtensions
{
    private const string GrpcPortKey = "GRPC_PORT";
    private static readonly string[] LocalHosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Requests, and answers, carry whole programs and their output: up to 16 MiB of output and as much of artifacts.</summary>
    private const int MaxMessageBytes = 48 * 1024 * 1024;

    /// <summary>
    /// A Gateway brings all its callers over one connection, and Kestrel counts a stream that its client has not ended, as conversations are
    /// not, for five more seconds: with the usual 100 it refused the fortieth conversation in a second.
    /// </summary>
    private const int MaxStreamsPerConnection = 10_000;

    /// <summary>Serves gRPC, and <c>grpc.health.v1.Health</c>, on the port named by <c>GRPC_PORT</c> (1-65535), beside the usual URLs.</summary>
    public static WebApplicationBuilder AddGrpcServer(this WebApplicationBuilder builder)
    {
        builder.Services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = MaxMessageBytes;
            options.MaxSendMessageSize = MaxMessageBytes;
        });
        builder.Services.AddGrpcHealthChecks();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.Http2.MaxStreamsPerConnection = MaxStreamsPerConnection);
        return builder.AddGrpcPort();
    }

    /// <summary>Listens for HTTP/2 alone on the port named by <c>GRPC_PORT</c> (1-65535), beside the usual URLs; not set, it changes nothing.</summary>
    public static WebApplicationBuilder AddGrpcPort(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[GrpcPortKey] is not { Length: > 0 } text)
            return builder;

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            throw new InvalidOperationException($"{GrpcPortKey} must be a port from 1 to 65535, not \"{text}\".");

        var urls = builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey);
        // In the open only where the service itself is: on a developer's machine both stay on localhost.
        var host = urls is null || LocalHosts.Any(local => urls.Contains(local, StringComparison.OrdinalIgnoreCase)) ? "localhost" : "*";
        builder.WebHost.UseUrls(string.Join(';', new[] { urls, $"http://{host}:{port}" }.Where(url => !string.IsNullOrEmpty(url))));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen =>
        {
            if (listen.IPEndPoint?.Port == port)
                listen.Protocols = HttpProtocols.Http2;
        }));
        return builder;
    }

    /// <summary>Registers a client of the gRPC endpoint of the service <paramref name="serviceName"/>, found by service discovery.</summary>
    /// <param name="services">Where to register it.</param>
    /// <param name="serviceName">The resource name, e.g. "execution".</param>
    /// <param name="clientName">For clients of one type to several services, taken from <see cref="GrpcClientFactory"/>; default: the type's name.</param>
    public static IHttpClientBuilder AddGrpcServiceClient<TClient>(
        this IServiceCollection services, string serviceName, string? clientName = null)
        where TClient : ClientBase =>
        services.AddGrpcClient<TClient>(clientName ?? typeof(TClient).Name, options => options.Address = new Uri($"http://_grpc.{serviceName}"))
            .ConfigureChannel((GrpcChannelOptions options) =>
            {
                options.MaxReceiveMessageSize = MaxMessageBytes;
                options.MaxSendMessageSize = MaxMessageBytes;
                // Retries are opt-in: an execution must never run twice by itself.
                options.MaxRetryAttempts = null;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // What a run passes through on its way, so nothing that these calls have no use for.
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                EnableMultipleHttp2Connections = true,
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
                KeepAlivePingDelay = TimeSpan.FromSeconds(30),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            })
            .RemoveAllLoggers()
            .AddInterceptor(() => new RetryElsewhere());
}

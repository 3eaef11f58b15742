using Grpc.Core;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Previews;
using OnlineCompiler.Gateway.Problems;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace OnlineCompiler.Gateway.Routing;

internal static class ProxyExtensions
{
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(10);

    public static void AddProxy(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ProxyOptions>()
            .BindConfiguration(ProxyOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.Services.AddReverseProxy()
            .AddSharedPage()
            // Silent streams are normal, dead connections are not: pings tell them apart.
            .ConfigureHttpClient((_, handler) =>
            {
                handler.KeepAlivePingDelay = PingDelay;
                handler.KeepAlivePingTimeout = PingTimeout;
            });
        builder.Services.AddSingleton<IDestinationResolver, ServiceDestinationResolver>();
        builder.Services.AddSingleton<IProxyConfigProvider>(services =>
        {
            var options = services.GetRequiredService<IOptions<ProxyOptions>>().Value;
            var routes = ProxyRoutes.Routes.Where(route => options.ServesPage || route.ClusterId != ProxyRoutes.Web);
            return new InMemoryConfigProvider([.. routes], ProxyRoutes.Clusters(options));
        });
    }

    /// <summary>Browsers cannot speak gRPC: turns gRPC-Web into it, and the answers back, those of the limits too.</summary>
    public static void UseProxy(this WebApplication app)
    {
        app.UseGrpcWebTextRefusal();
        app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
    }

    public static void MapProxy(this WebApplication app)
    {
        app.Map("/onlinecompiler.session.v1.Sessions/{method}", RefuseSessions).ExcludeFromDescription();
        app.MapReverseProxy(proxy =>
        {
            proxy.UseJudgementCharge();
            proxy.UseCallerStamp();
            proxy.UseSessionAffinity();
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
    }

    // Why it is not passed through: see ProxyRoutes.
    private static void RefuseSessions(HttpContext context) =>
        GrpcAnswer.Write(context, StatusCode.Unimplemented, "Sessions belong to their owners: use /api/v1/sessions.");
}

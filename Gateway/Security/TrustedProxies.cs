using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace OnlineCompiler.Gateway.Security;

/// <summary>
/// Which load balancers and proxies are believed when they say in <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> for whom they
/// ask. Nobody else is: who could name any address would have any number of callers' shares. Bound from <c>Gateway:TrustedProxies</c>.
/// </summary>
internal sealed class TrustedProxies
{
    public const string Section = "Gateway:TrustedProxies";

    /// <summary>Networks such as <c>10.0.0.0/8</c> or <c>fd00::/8</c>; one address is a network of <c>/32</c> or <c>/128</c>. Default: none.</summary>
    public string[] Networks { get; set; } = [];

    public bool IsValid() => Networks.All(network => IPNetwork.TryParse(network, out _));
}

internal static class TrustedProxiesExtensions
{
    public static void AddTrustedProxies(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TrustedProxies>()
            .BindConfiguration(TrustedProxies.Section)
            .Validate(proxies => proxies.IsValid(), $"{TrustedProxies.Section}:Networks must hold networks such as \"10.0.0.0/8\".")
            .ValidateOnStart();
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure((ForwardedHeadersOptions headers, IOptions<TrustedProxies> proxies) =>
        {
            headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var network in proxies.Value.Networks)
                headers.KnownIPNetworks.Add(IPNetwork.Parse(network));
            // However many stand in a row: the first that is not known is the client.
            headers.ForwardLimit = null;
        });
    }

    /// <summary>Comes before all that asks who calls.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        // Without a known one the middleware would believe everybody.
        if (app.Services.GetRequiredService<IOptions<TrustedProxies>>().Value.Networks.Length > 0)
            app.UseForwardedHeaders();
    }
}

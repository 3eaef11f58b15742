using System.Net;
using System.Text;
using Microsoft.Extensions.Options;

namespace OnlineCompiler.Gateway.Callbacks;

/// <summary>
/// Says which URLs may be called. A URL is strangers' choice, and the Gateway stands where strangers do not: only the public
/// internet is theirs to reach, and what an operator has opened.
/// </summary>
internal sealed class CallbackTargets(IOptions<CallbackOptions> options)
{
    private const int MaxUrlLength = 2048;
    private const string LocalHost = "localhost";
    private static readonly int[] UsualPorts = [80, 443];

    private readonly IPNetwork[] _networks = [.. options.Value.AllowedNetworks.Select(network => IPNetwork.Parse(network))];
    private readonly (int First, int Last)[] _ports =
        [.. options.Value.AllowedPorts.Select(ports => CallbackOptions.TryParsePorts(ports, out var parsed) ? parsed : default)];

    /// <summary>
    /// Why the URL may not be called, or null. Names are only looked up when they are called, and checked again then
    /// (<see cref="GuardedConnection"/>): what a name means may change in between.
    /// </summary>
    public string? Refusal(string url)
    {
        if (url.Length > MaxUrlLength || !Ascii.IsValid(url) || !Uri.TryCreate(url, UriKind.Absolute, out var parsed))
            return $"Expected an absolute URL of at most {MaxUrlLength} ASCII characters.";
        if (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps)
            return "Expected an http or https URL.";
        if (parsed.UserInfo.Length > 0)
            return "A user name or password must not be part of the URL.";
        if (!UsualPorts.Contains(parsed.Port) && !_ports.Any(ports => parsed.Port >= ports.First && parsed.Port <= ports.Last))
            return "This port must not be called.";
        return AddressesIn(parsed.DnsSafeHost).All(Allows) ? null : "This host must not be called.";
    }

    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return PublicAddresses.Contain(plain) || _networks.Any(network => network.Contains(plain));
    }

    /// <summary>What a host means whoever looks it up.</summary>
    private static IPAddress[] AddressesIn(string host)
    {
        var name = host.TrimEnd('.');
        if (IPAddress.TryParse(name, out var address))
            return [address];
        return name.Equals(LocalHost, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + LocalHost, StringComparison.OrdinalIgnoreCase)
            ? [IPAddress.Loopback]
            : [];
    }
}

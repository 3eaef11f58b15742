using System.Net;
using System.Net.Sockets;

namespace OnlineCompiler.Gateway.Callbacks;

/// <summary>
/// Tells addresses of the public internet from all others: IANA's registries of special-purpose addresses, and those in which an
/// IPv4 address is wrapped, for whoever unwraps it may stand inside.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] SpecialIpv4 = Parse(
        "0.0.0.0/8", // this network, the unspecified address
        "10.0.0.0/8", // private
        "100.64.0.0/10", // carriers' NAT
        "127.0.0.0/8", // loopback
        "169.254.0.0/16", // link-local: the metadata of cloud machines
        "172.16.0.0/12", // private
        "192.0.0.0/24", // protocol assignments
        "192.0.2.0/24", // documentation
        "192.88.99.0/24", // 6to4 relays
        "192.168.0.0/16", // private
        "198.18.0.0/15", // benchmarks
        "198.51.100.0/24", // documentation
        "203.0.113.0/24", // documentation
        "224.0.0.0/4", // multicast
        "240.0.0.0/4"); // reserved, broadcast

    /// <summary>
    /// What is global at all. Loopback, unspecified, IPv4-compatible, NAT64, unique local (fd00:ec2::254, too), link-local and
    /// multicast addresses lie outside.
    /// </summary>
    private static readonly IPNetwork GlobalIpv6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialIpv6 = Parse(
        "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32", // documentation
        "2002::/16", // 6to4
        "3fff::/20"); // documentation

    public static bool Contain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetwork
            ? !SpecialIpv4.Any(network => network.Contains(address))
            : GlobalIpv6.Contains(address) && !SpecialIpv6.Any(network => network.Contains(address));
    }

    private static IPNetwork[] Parse(params string[] networks) => [.. networks.Select(network => IPNetwork.Parse(network))];
}

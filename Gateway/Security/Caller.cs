using System.Net.Sockets;

namespace OnlineCompiler.Gateway.Security;

/// <summary>
/// Who asks, for rate limits and fair queueing. The anonymous are told apart by address: unlike a cookie, it costs something
/// to get another. Behind load balancers it is the client's where <see cref="TrustedProxies"/> names them.
/// </summary>
internal static class Caller
{
    private const int Ipv6NetworkBytes = 8;

    public static string Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null)
            return "anonymous";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        // One IPv6 customer commonly holds a whole /64.
        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? $"anonymous:{Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, Ipv6NetworkBytes))}"
            : $"anonymous:{address}";
    }
}

using System.Net.Sockets;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security.Callers;

namespace OnlineCompiler.Gateway.Security;

/// <summary>
/// Who asks, for rate limits and fair queueing: <c>key:…</c>, <c>subject:…</c>, or <c>anonymous:…</c>. The anonymous are told apart by
/// address: unlike a cookie, it costs something to get another. Behind load balancers it is the client's where
/// <see cref="TrustedProxies"/> names them.
/// </summary>
internal static class Caller
{
    private const int Ipv6NetworkBytes = 8;

    public static string Of(HttpContext context) => IdentityOf(context)?.Name ?? AnonymousOf(context);

    /// <summary>Who alone may have what the caller makes without keeping it anywhere; empty for the anonymous, whose address changes as they move.</summary>
    public static string OwnerOf(HttpContext context) => IdentityOf(context) is { IsAnonymous: false } identity ? identity.Name : "";

    /// <summary>Null where nobody is asked who they are: pages and probes.</summary>
    public static CallerIdentity? IdentityOf(HttpContext context) => context.Features.Get<CallerIdentity>();

    /// <summary>For routes that learn only from the body what is asked of them.</summary>
    /// <exception cref="ProblemException">The caller may not.</exception>
    public static void Demand(HttpContext context, string scope)
    {
        if (IdentityOf(context) is { } identity && !identity.Scopes.Contains(scope))
            throw new ProblemException(Refusals.ForScope(identity, scope));
    }

    /// <summary>The name by address alone, whatever else the caller has shown.</summary>
    public static string AnonymousOf(HttpContext context)
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

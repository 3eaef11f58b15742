using System.Net;
using System.Net.Sockets;

namespace OnlineCompiler.Gateway.Callbacks;

/// <summary>Looks up a host's addresses.</summary>
internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

/// <summary>
/// Connects to addresses that were checked and to no others: a name is looked up once, here, and its answer is what is checked and
/// what is called, so that no second answer can lead elsewhere.
/// </summary>
internal sealed class GuardedConnection(CallbackTargets targets, ResolveHost resolve)
{
    /// <summary>Of a host's addresses, those that are tried.</summary>
    private const int MaxAddresses = 4;

    /// <exception cref="HttpRequestException">The host has no address, or one that must not be called.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var address) ? [address] : await resolve(host, cancellationToken);
        // One that must not be called spoils the others: honest names do not mix them.
        if (addresses.Length == 0 || !addresses.All(targets.Allows))
            throw new HttpRequestException(HttpRequestError.NameResolutionError);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses[..Math.Min(addresses.Length, MaxAddresses)], context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

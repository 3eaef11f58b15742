using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace OnlineCompiler.AppHost.Standalone.Orchestration;

/// <summary>
/// Gives every endpoint a port, and holds on to it: a socket that is bound but does not listen keeps the kernel from
/// handing the port to anyone who wants just any, while the process that it is meant for can still listen there,
/// again after each restart.
/// </summary>
internal sealed class PortReservations : IDisposable
{
    private const int Attempts = 20;

    private readonly List<Socket> _held = [];

    /// <summary>The wanted port where it is free. An endpoint for people must have it; others take any other.</summary>
    public void Allocate(IResource resource, bool randomize)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.AllocatedPort is null))
        {
            var wanted = randomize ? null : endpoint.Port;
            if (wanted is { } port && TryHold(port) is null && endpoint.IsExternal)
                throw new DistributedApplicationException($"Port {port}, where \"{resource.Name}\" is to listen, is taken. Choose another one with --port.");

            endpoint.AllocatedPort = wanted is { } free && _held.Any(socket => PortOf(socket) == free) ? free : HoldAny();
        }
    }

    /// <summary><paramref name="wanted"/> when it is free, otherwise, or when that is 0, any.</summary>
    public int Hold(int wanted) => (wanted > 0 ? TryHold(wanted) : null) ?? HoldAny();

    public void Dispose()
    {
        foreach (var socket in _held)
            socket.Dispose();
    }

    private int HoldAny()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (TryHold(0) is { } port)
                return port;
        }

        throw new DistributedApplicationException("No port is free.");
    }

    /// <summary>Holds the port on both loopback addresses, as "localhost" means both; null when either is taken.</summary>
    private int? TryHold(int wanted)
    {
        if (TryBind(IPAddress.Loopback, wanted) is not { } first)
            return null;

        var port = PortOf(first);
        if (!Socket.OSSupportsIPv6)
        {
            _held.Add(first);
            return port;
        }

        if (TryBind(IPAddress.IPv6Loopback, port) is not { } second)
        {
            first.Dispose();
            return null;
        }

        _held.AddRange([first, second]);
        return port;
    }

    private static Socket? TryBind(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(address, port));
            return socket;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            socket.Dispose();
            return null;
        }
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}

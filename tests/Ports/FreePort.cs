using System.Net;
using System.Net.Sockets;

namespace OnlineCompiler.Tests.Ports;

/// <summary>
/// Ports for programs that have to be told theirs before they listen. They lie below those that the kernel gives to
/// outgoing connections, so nobody gets one by chance between the choice and the listening; and here each is given once.
/// </summary>
internal static class FreePort
{
    private const int Lowest = 15_000;
    private const int Count = 10_000;

    private static int _last = Random.Shared.Next(Count);

    /// <summary>One that nothing listens on now.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Lowest + (Interlocked.Increment(ref _last) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // The next one, then.
            }
        }
    }
}

using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using OnlineCompiler.AppHost.Standalone.Health;

namespace OnlineCompiler.AppHost.Standalone.Redis;

/// <summary>Healthy is a Redis that takes our password and answers a ping: it has read its files, too.</summary>
internal sealed class RedisProbe(RedisResource redis) : IHealthProbe
{
    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(redis.Endpoint.Host, redis.Endpoint.Port, cancellationToken);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"AUTH {redis.PasswordParameter.Text}\r\nPING\r\n"), cancellationToken);

            using var reader = new StreamReader(stream, Encoding.UTF8);
            var authenticated = await reader.ReadLineAsync(cancellationToken);
            var pong = await reader.ReadLineAsync(cancellationToken);
            return (authenticated, pong) is ("+OK", "+PONG") ? null : $"It answered: {authenticated} {pong}";
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return "It does not answer yet.";
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace OnlineCompiler.Tests.RunningRedis;

/// <summary>A real redis-server on a free port, with its files in a temporary folder; both are gone when disposed.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("oc-redis-test-");
    private readonly string[] _moreArguments;
    private Process? _process;

    public RedisServer()
        : this([])
    {
    }

    private RedisServer(params string[] moreArguments) => _moreArguments = moreArguments;

    public int Port { get; } = FreePort.Next();

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>One node that owns every slot of a cluster: it refuses scripts whose keys lie in different slots.</summary>
    public static RedisServer AsCluster() => new("--cluster-enabled", "yes", "--cluster-port", $"{FreePort.Next()}");

    public async ValueTask InitializeAsync() => await StartAsync();

    /// <summary>Starts the server, after <see cref="Stop"/> with the data that it had.</summary>
    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            "redis-server",
            [
                "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _data.FullName,
                "--appendonly", "yes", "--appendfsync", "always", "--save", "", .. _moreArguments,
            ])
        { RedirectStandardOutput = true })!;
        _ = _process.StandardOutput.ReadToEndAsync();
        await WaitFor.TrueAsync(AnswersAsync, StartTimeout);
    }

    /// <summary>Ends the server at once, as a crash would.</summary>
    public void Stop()
    {
        if (_process is null)
            return;

        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync($"{ConnectionString},allowAdmin=true");

    public ValueTask DisposeAsync()
    {
        Stop();
        _data.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
            var reply = new byte[5];
            await client.GetStream().ReadExactlyAsync(reply);
            return reply.AsSpan().SequenceEqual("+PONG"u8);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}

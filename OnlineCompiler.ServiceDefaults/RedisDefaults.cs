using StackExchange.Redis;

namespace OnlineCompiler.ServiceDefaults;

/// <summary>How every service speaks to Redis: it never waits long for one that is away, and knows which errors mean "not now".</summary>
public static class RedisDefaults
{
    /// <summary>The connection string that the AppHost sets, <c>ConnectionStrings:redis</c>.</summary>
    public const string ConnectionName = "redis";

    /// <summary>
    /// A call waits out a short loss of the connection, and gives up after <paramref name="callTimeout"/>; the heartbeat, which is
    /// what notices an expired wait and reconnects, beats twice a second.
    /// </summary>
    public static void FailSoon(ConfigurationOptions options, TimeSpan callTimeout)
    {
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 1000;
        options.ConnectRetry = 1;
        options.AsyncTimeout = (int)callTimeout.TotalMilliseconds;
        options.SyncTimeout = (int)callTimeout.TotalMilliseconds;
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(500);
        options.ReconnectRetryPolicy = new LinearRetry(500);
    }

    /// <summary>It is away, or says that it cannot just now; the same call may succeed later.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        RedisConnectionException or RedisTimeoutException => true,
        RedisServerException server => server.Kind is RedisErrorKind.Loading or RedisErrorKind.ClusterDown or RedisErrorKind.MasterDown
            or RedisErrorKind.TryAgain or RedisErrorKind.NoReplicas or RedisErrorKind.Misconfigured or RedisErrorKind.OutOfMemory
            or RedisErrorKind.Busy or RedisErrorKind.MaxClients or RedisErrorKind.ReadOnly,
        _ => false,
    };
}

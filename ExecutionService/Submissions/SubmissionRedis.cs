using StackExchange.Redis;

namespace OnlineCompiler.ExecutionService.Submissions;

/// <summary>The way to Redis. It connects at first use, so that nothing else ever waits for it.</summary>
internal sealed class SubmissionRedis(IServiceProvider services)
{
    public IConnectionMultiplexer Connection => services.GetRequiredService<IConnectionMultiplexer>();

    /// <summary>
    /// A call waits out a short loss of the connection, and gives up after 2 s, which is time enough for 30 MB of results; the
    /// heartbeat, which is what notices an expired wait and reconnects, beats twice a second.
    /// </summary>
    public static void FailSoon(ConfigurationOptions options)
    {
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 1000;
        options.ConnectRetry = 1;
        options.AsyncTimeout = 2000;
        options.SyncTimeout = 2000;
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(500);
        options.ReconnectRetryPolicy = new LinearRetry(500);
    }

    /// <exception cref="SubmissionsUnavailableException">It does not answer, or says "not now".</exception>
    public async Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(Connection.GetDatabase()).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (IsTransient(exception))
        {
            throw new SubmissionsUnavailableException(exception);
        }
    }

    public static bool IsTransient(Exception exception) => exception switch
    {
        RedisConnectionException or RedisTimeoutException => true,
        RedisServerException server => server.Kind is RedisErrorKind.Loading or RedisErrorKind.ClusterDown or RedisErrorKind.MasterDown
            or RedisErrorKind.TryAgain or RedisErrorKind.NoReplicas or RedisErrorKind.Misconfigured or RedisErrorKind.OutOfMemory
            or RedisErrorKind.Busy or RedisErrorKind.MaxClients or RedisErrorKind.ReadOnly,
        _ => false,
    };
}

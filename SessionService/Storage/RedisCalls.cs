using OnlineCompiler.SessionService.Sessions;
using StackExchange.Redis;

namespace OnlineCompiler.SessionService.Storage;

internal static class RedisCalls
{
    /// <summary>Awaits one call; what means "not now" becomes <see cref="SessionStoreUnavailableException"/>.</summary>
    public static async Task<T> CallAsync<T>(
        this IConnectionMultiplexer redis, Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(redis.GetDatabase()).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (IsTransient(exception))
        {
            throw new SessionStoreUnavailableException(exception);
        }
    }

    private static bool IsTransient(Exception exception) => exception switch
    {
        RedisConnectionException or RedisTimeoutException => true,
        RedisServerException server => server.Kind is RedisErrorKind.Loading or RedisErrorKind.ClusterDown or RedisErrorKind.MasterDown
            or RedisErrorKind.TryAgain or RedisErrorKind.NoReplicas or RedisErrorKind.Misconfigured or RedisErrorKind.OutOfMemory
            or RedisErrorKind.Busy or RedisErrorKind.MaxClients or RedisErrorKind.ReadOnly,
        _ => false,
    };
}

using OnlineCompiler.ServiceDefaults;
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
        catch (Exception exception) when (RedisDefaults.IsTransient(exception))
        {
            throw new SessionStoreUnavailableException(exception);
        }
    }
}

using OnlineCompiler.ServiceDefaults;
using StackExchange.Redis;

namespace OnlineCompiler.ExecutionService.Submissions;

/// <summary>The way to Redis. It connects at first use, so that nothing else ever waits for it.</summary>
internal sealed class SubmissionRedis(IServiceProvider services)
{
    /// <summary>Time enough for 30 MB of results.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    public IConnectionMultiplexer Connection => services.GetRequiredService<IConnectionMultiplexer>();

    /// <exception cref="SubmissionsUnavailableException">It does not answer, or says "not now".</exception>
    public async Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(Connection.GetDatabase()).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (RedisDefaults.IsTransient(exception))
        {
            throw new SubmissionsUnavailableException(exception);
        }
    }
}

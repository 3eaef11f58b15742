using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.ServiceDefaults;
using StackExchange.Redis;

namespace OnlineCompiler.Gateway.Storage;

/// <summary>
/// What several Gateways share. There need not be one: running a program needs no store, and a single Gateway keeps its counters
/// itself. It connects at first use, so that nothing else ever waits for it.
/// </summary>
internal sealed class GatewayRedis(IServiceProvider services, IConfiguration configuration)
{
    public bool IsConfigured { get; } = !string.IsNullOrWhiteSpace(configuration.GetConnectionString(RedisDefaults.ConnectionName));

    public IConnectionMultiplexer Connection => services.GetRequiredService<IConnectionMultiplexer>();

    /// <exception cref="ProblemException">There is none (501), or it does not answer now (503).</exception>
    public async Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        if (!IsConfigured)
            throw new ProblemException(ProblemKind.NotImplemented.Problem("This needs a Redis, and none is configured here."));
        try
        {
            return await call(Connection.GetDatabase()).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (RedisDefaults.IsTransient(exception))
        {
            throw new ProblemException(ProblemKind.Unavailable.Problem("The store does not answer at the moment."));
        }
    }
}

internal static class StorageExtensions
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);

    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<GatewayRedis>();
        if (!string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(RedisDefaults.ConnectionName)))
        {
            builder.AddRedisClient(
                RedisDefaults.ConnectionName, settings => settings.DisableHealthChecks = true, options => RedisDefaults.FailSoon(options, CallTimeout));
        }
    }
}

using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OnlineCompiler.SessionService.Sessions;
using StackExchange.Redis;

namespace OnlineCompiler.SessionService.Storage;

internal static class StorageExtensions
{
    /// <summary>Keeps sessions in the Redis of the connection string <c>redis</c>.</summary>
    public static void AddSessionStore(this WebApplicationBuilder builder)
    {
        builder.AddRedisClient("redis", configureOptions: FailWithinTwoSeconds);

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<OwnerIndex>();
        builder.Services.AddSingleton<ISessionStore, RedisSessionStore>();
        builder.Services.AddSingleton<IValidateOptions<SessionStoreOptions>, SessionStoreOptionsValidator>();
        builder.Services.AddOptions<SessionStoreOptions>().BindConfiguration(SessionStoreOptions.Section).ValidateOnStart();
    }

    /// <summary>
    /// A call waits out a short loss of the connection, and gives up after 1 s; the heartbeat, which is what notices an
    /// expired wait and reconnects, beats twice a second.
    /// </summary>
    private static void FailWithinTwoSeconds(ConfigurationOptions options)
    {
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 1000;
        options.ConnectRetry = 1;
        options.AsyncTimeout = 1000;
        options.SyncTimeout = 1000;
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(500);
        options.ReconnectRetryPolicy = new LinearRetry(500);
    }
}

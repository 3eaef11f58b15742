using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OnlineCompiler.ServiceDefaults;
using OnlineCompiler.SessionService.Sessions;

namespace OnlineCompiler.SessionService.Storage;

internal static class StorageExtensions
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Keeps sessions in the Redis of the connection string <c>redis</c>.</summary>
    public static void AddSessionStore(this WebApplicationBuilder builder)
    {
        builder.AddRedisClient(RedisDefaults.ConnectionName, configureOptions: options => RedisDefaults.FailSoon(options, CallTimeout));

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<OwnerIndex>();
        builder.Services.AddSingleton<ISessionStore, RedisSessionStore>();
        builder.Services.AddSingleton<ISnapshotStore, RedisSnapshotStore>();
        builder.Services.AddSingleton<IValidateOptions<SessionStoreOptions>, SessionStoreOptionsValidator>();
        builder.Services.AddOptions<SessionStoreOptions>().BindConfiguration(SessionStoreOptions.Section).ValidateOnStart();
    }
}

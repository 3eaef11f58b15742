using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OnlineCompiler.ServiceDefaults;
using OnlineCompiler.SessionService.Sessions;
using OnlineCompiler.SessionService.Storage.DynamoDb;

namespace OnlineCompiler.SessionService.Storage;

internal static class StorageExtensions
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Keeps sessions and snapshots in the store that <c>Sessions:Store</c> names.</summary>
    public static void AddSessionStore(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SessionHistories>();
        builder.Services.AddSingleton<IValidateOptions<SessionStoreOptions>, SessionStoreOptionsValidator>();
        builder.Services.AddOptions<SessionStoreOptions>().BindConfiguration(SessionStoreOptions.Section).ValidateOnStart();

        if (builder.Configuration.GetSection(SessionStoreOptions.Section).Get<SessionStoreOptions>()?.Store == SessionStoreKind.DynamoDb)
            builder.AddDynamoDbStore();
        else
            builder.AddRedisStore();
    }

    private static void AddRedisStore(this WebApplicationBuilder builder)
    {
        builder.AddRedisClient(RedisDefaults.ConnectionName, configureOptions: options => RedisDefaults.FailSoon(options, CallTimeout));
        builder.Services.AddSingleton<OwnerIndex>();
        builder.Services.AddSingleton<ISessionStore, RedisSessionStore>();
        builder.Services.AddSingleton<ISnapshotStore, RedisSnapshotStore>();
        builder.Services.AddSingleton<IHistoryStore, RedisHistoryStore>();
    }
}

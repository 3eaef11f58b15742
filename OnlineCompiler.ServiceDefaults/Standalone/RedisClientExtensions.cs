using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnlineCompiler.ServiceDefaults.Standalone;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Stands in for the package Aspire.StackExchange.Redis where Aspire is not installed (<c>UseAspire</c> is false):
/// the same call, settings and registrations.
/// </summary>
public static class RedisClientExtensions
{
    private const string SettingsSection = "Aspire:StackExchange:Redis";

    /// <summary>
    /// Registers a singleton <see cref="IConnectionMultiplexer"/> for <c>ConnectionStrings:&lt;connectionName&gt;</c>, and a
    /// health check. It connects at first use, so a service starts, and stays up, whether or not Redis does.
    /// </summary>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var settings = new StackExchangeRedisSettings();
        builder.Configuration.GetSection(SettingsSection).Bind(settings);
        builder.Configuration.GetSection($"{SettingsSection}:{connectionName}").Bind(settings);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IConnectionMultiplexer>(services =>
            ConnectionMultiplexer.Connect(ReadOptions(services, connectionName, settings.ConnectionString, configureOptions)));

        if (!settings.DisableHealthChecks)
            builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("StackExchange.Redis");
    }

    private static ConfigurationOptions ReadOptions(
        IServiceProvider services, string connectionName, string? connectionString, Action<ConfigurationOptions>? configureOptions)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new InvalidOperationException($"No Redis to connect to: set ConnectionStrings:{connectionName}.");

        var options = ConfigurationOptions.Parse(connectionString);
        options.LoggerFactory = services.GetService<ILoggerFactory>();
        options.AbortOnConnectFail = false;
        configureOptions?.Invoke(options);
        return options;
    }
}

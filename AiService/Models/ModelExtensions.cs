using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace OnlineCompiler.AiService.Models;

internal static class ModelExtensions
{
    private const string HttpClientName = "model";

    /// <summary>Matches the sources and meters that the service defaults export; tokens are <c>gen_ai.client.token.usage</c>.</summary>
    private const string TelemetryName = "OnlineCompiler.AiService";

    public static void AddChatModel(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<AiOptions>, AiOptionsValidator>();
        services.AddOptions<AiOptions>().BindConfiguration(AiOptions.Section).ValidateOnStart();

        services.AddTransient<ProviderStatusHandler>();
        services.AddHttpClient(HttpClientName, http => http.Timeout = Timeout.InfiniteTimeSpan)
            // One client lives as long as the service; its connections do not, so that changes of the provider's addresses are seen.
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddHttpMessageHandler<ProviderStatusHandler>();
        services.AddSingleton(CreateClient);
        services.AddSingleton<ChatModel>();
    }

    private static IChatClient CreateClient(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<AiOptions>>().Value;
        var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName);
        var provider = new ProviderChatClient(
            ProviderClients.Create(options, http),
            options.Timeout,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<ProviderChatClient>>());
        return provider.AsBuilder()
            // Set here, for an environment variable could turn it on: prompts and answers stay out of telemetry.
            .UseOpenTelemetry(sourceName: TelemetryName, configure: telemetry => telemetry.EnableSensitiveData = false)
            .Build(services);
    }
}

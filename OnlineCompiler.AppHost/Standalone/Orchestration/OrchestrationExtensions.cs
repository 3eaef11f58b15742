using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using OnlineCompiler.AppHost.Standalone.Processes;
using OnlineCompiler.AppHost.Standalone.Publishing;
using OnlineCompiler.AppHost.Standalone.Redis;

namespace OnlineCompiler.AppHost.Standalone.Orchestration;

internal static class OrchestrationExtensions
{
    public static void AddOrchestration(this IServiceCollection services, IResourceCollection resources, Volumes volumes)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(resources);
        // By factory, so that the container disposes of it.
        services.AddSingleton(_ => volumes);
        services.AddSingleton<ManifestPublisher>();
        services.AddSingleton<PortReservations>();
        services.AddSingleton<ProcessLauncher>();
        services.AddSingleton<ResourceNotificationService>();
        services.AddSingleton<Orchestrator>();
        services.AddSingleton(provider => new ResourceCommandService(provider.GetRequiredService<Orchestrator>()));
        services.AddHostedService(provider => provider.GetRequiredService<Orchestrator>());
    }
}

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OnlineCompiler.AppHost.Standalone.Processes;

namespace OnlineCompiler.AppHost.Standalone.Orchestration;

/// <summary>
/// Starts everything at once, each resource holding itself back until what it waits for is well; stops in reverse order.
/// </summary>
internal sealed class Orchestrator(
    IResourceCollection resources,
    IServiceProvider services,
    IConfiguration configuration,
    PortReservations ports,
    ProcessLauncher launcher,
    ResourceNotificationService notifications,
    TimeProvider time,
    ILoggerFactory loggers) : IHostedService, IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger("AppHost");
    private readonly Dictionary<string, ResourceRunner> _runners = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>In the order of <c>AppHost.cs</c>; empty before the start.</summary>
    public IEnumerable<ResourceRunner> Runners => _runners.Values;

    public ResourceRunner? Find(string name) => _runners.GetValueOrDefault(name);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var randomize = configuration.GetValue<bool>(DistributedApplicationBuilder.RandomizePortsKey);
        foreach (var resource in resources)
            ports.Allocate(resource, randomize);

        foreach (var resource in resources)
        {
            if (resource.Annotations.OfType<ProcessAnnotation>().LastOrDefault() is not { } process)
                continue;
            _runners.Add(resource.Name, new ResourceRunner(resource, () => process.Plan(services), launcher, notifications, time, _logger));
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.NotStarted });
        }

        foreach (var runner in Runners)
            runner.Start();
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        var stops = new Dictionary<string, Task>(StringComparer.OrdinalIgnoreCase);
        return Task.WhenAll(Runners.Select(runner => StopAfterUsersAsync(runner, stops)).ToList());
    }

    public void Dispose()
    {
        foreach (var runner in Runners)
            runner.Dispose();
    }

    private Task StopAfterUsersAsync(ResourceRunner runner, Dictionary<string, Task> stops)
    {
        if (stops.TryGetValue(runner.Resource.Name, out var known))
            return known;

        // Two that refer to each other must not wait for each other.
        stops[runner.Resource.Name] = Task.CompletedTask;
        var users = Runners.Where(other => Uses(other.Resource, runner.Resource)).Select(user => StopAfterUsersAsync(user, stops)).ToList();
        return stops[runner.Resource.Name] = StopAsync(runner, users);
    }

    private static async Task StopAsync(ResourceRunner runner, List<Task> users)
    {
        await Task.WhenAll(users);
        await runner.StopAsync();
    }

    private static bool Uses(IResource user, IResource used) =>
        user.Annotations.Any(annotation => annotation is ReferenceAnnotation reference && reference.Resource == used
            || annotation is WaitAnnotation wait && wait.Resource == used);
}

using Aspire.Hosting.ApplicationModel;
using OnlineCompiler.AppHost.Standalone.Orchestration;

namespace OnlineCompiler.AppHost.Standalone.StatusPage;

/// <summary>A resource as the page shows it, and as <c>/resources</c> tells it to scripts.</summary>
/// <param name="Tone">good, busy, bad or idle: the state's colour.</param>
/// <param name="ProcessId">Null while none runs.</param>
internal sealed record ResourceStatus(
    string Name, string Type, string State, string Tone, string? Health, string? Detail, int? ProcessId, DateTime? StartedAt, int Restarts, string[] Endpoints)
{
    public static ResourceStatus Of(ResourceRunner runner, ResourceNotificationService notifications)
    {
        notifications.TryGetCurrentState(runner.Resource.Name, out var latest);
        var snapshot = latest!.Snapshot;
        var state = snapshot.State?.Text ?? KnownResourceStates.NotStarted;
        return new ResourceStatus(
            runner.Resource.Name,
            snapshot.ResourceType,
            state,
            ToneOf(state, snapshot),
            snapshot.HealthStatus?.ToString(),
            snapshot.Detail,
            snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value as int?,
            snapshot.StartTimeStamp,
            snapshot.Restarts,
            [.. runner.Resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => $"{endpoint.UriScheme}://{endpoint.TargetHost}:{endpoint.AllocatedPort}")]);
    }

    private static string ToneOf(string state, CustomResourceSnapshot snapshot) =>
        ResourceNotificationService.IsHealthy(snapshot) ? "good"
        : state == KnownResourceStates.Exited || state == KnownResourceStates.FailedToStart ? "bad"
        : state == KnownResourceStates.NotStarted || state == KnownResourceStates.Finished ? "idle"
        : "busy";
}

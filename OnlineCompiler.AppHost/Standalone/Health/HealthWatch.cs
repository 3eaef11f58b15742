using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OnlineCompiler.AppHost.Standalone.Health;

/// <summary>Keeps a running resource's health up to date: often while it is not well, now and then once it is.</summary>
internal sealed class HealthWatch(IResource resource, ResourceNotificationService notifications, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HealthyPause = TimeSpan.FromSeconds(10);

    private readonly IHealthProbe[] _probes = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Probe)];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (true)
        {
            var problem = await FindProblemAsync(cancellationToken);
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with
            {
                HealthStatus = problem is null ? HealthStatus.Healthy : HealthStatus.Unhealthy,
                Detail = problem,
            });
            if (_probes.Length == 0)
                return;

            pause = problem is null ? HealthyPause
                : pause == HealthyPause ? FirstPause
                : pause * 1.5 < LongestPause ? pause * 1.5
                : LongestPause;
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        foreach (var probe in _probes)
        {
            if (await probe.FindProblemAsync(cancellationToken) is { } problem)
                return problem;
        }

        return null;
    }
}

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;
using OnlineCompiler.AppHost.Standalone.Health;
using OnlineCompiler.AppHost.Standalone.Processes;

namespace OnlineCompiler.AppHost.Standalone.Orchestration;

/// <summary>
/// One resource from its start to its stop: waits for what it needs, runs its process, watches its health, and starts
/// it again when it ends by itself.
/// </summary>
internal sealed class ResourceRunner(
    IResource resource,
    Func<ProcessPlan> planProcess,
    ProcessLauncher launcher,
    ResourceNotificationService notifications,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    /// <summary>How long it may take to end when asked to, before it is killed.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(8);

    private const int LinesOfBlame = 8;

    private readonly Lock _gate = new();
    private readonly WaitAnnotation[] _waits = [.. resource.Annotations.OfType<WaitAnnotation>()];
    private CancellationTokenSource? _stopping;
    private Task _run = Task.CompletedTask;

    public IResource Resource => resource;

    public ResourceLog Output { get; } = new(time);

    /// <summary>How it was started last; null before.</summary>
    public ProcessPlan? Plan { get; private set; }

    /// <summary>Starts it, in the background; nothing happens when it is started already.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (!_run.IsCompleted)
                return;
            _stopping?.Dispose();
            _stopping = new CancellationTokenSource();
            _run = Task.Run(() => RunAsync(_stopping.Token));
        }
    }

    /// <summary>Stops it; done when its process, and everything in its group, is gone.</summary>
    public async Task StopAsync()
    {
        Task run;
        lock (_gate)
        {
            _stopping?.Cancel();
            run = _run;
        }

        await run;
    }

    public void Dispose() => _stopping?.Dispose();

    private async Task RunAsync(CancellationToken stopping)
    {
        var delay = new RestartDelay();
        try
        {
            await WaitForOthersAsync(stopping);
            while (true)
            {
                var started = time.GetTimestamp();
                var exitCode = await RunOnceAsync(stopping);
                var pause = delay.Next(time.GetElapsedTime(started));
                await BlameAsync(exitCode, pause);
                await Task.Delay(pause, time, stopping);
                await PublishAsync(snapshot => snapshot with { Restarts = snapshot.Restarts + 1 });
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Finished, HealthStatus = null, Properties = [], Detail = null });
            Log.Stopped(logger, resource.Name);
        }
        catch (Exception error)
        {
            await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.FailedToStart, HealthStatus = null, Properties = [], Detail = error.Message });
            Output.Write(error.Message, isError: true);
            Log.CannotStart(logger, resource.Name, error.Message);
        }
    }

    private async Task WaitForOthersAsync(CancellationToken stopping)
    {
        foreach (var wait in _waits)
        {
            await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Waiting, Detail = $"Waits for {wait.Resource.Name}." });
            await notifications.WaitForResourceAsync(wait.Resource.Name, other => IsOver(wait, other.Snapshot), stopping);
        }
    }

    private static bool IsOver(WaitAnnotation wait, CustomResourceSnapshot other) => wait.WaitType == WaitType.WaitUntilHealthy
        ? ResourceNotificationService.IsHealthy(other)
        : other.State?.Text == KnownResourceStates.Running;

    /// <summary>Runs the process until it ends, or until <paramref name="stopping"/>, and then it is stopped.</summary>
    private async Task<int> RunOnceAsync(CancellationToken stopping)
    {
        await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Starting, ExitCode = null, HealthStatus = null, Detail = null });
        Plan = planProcess();
        using var child = await launcher.StartAsync(Plan, Output.Write);
        await PublishAsync(snapshot => snapshot with
        {
            State = KnownResourceStates.Running,
            StartTimeStamp = time.GetUtcNow().UtcDateTime,
            Properties = [new ResourcePropertySnapshot("executable.pid", child.Id)],
        });
        Log.Started(logger, resource.Name, child.Id);

        using var watching = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var health = new HealthWatch(resource, notifications, time).RunAsync(watching.Token);
        try
        {
            return await child.Exited.WaitAsync(stopping);
        }
        finally
        {
            await watching.CancelAsync();
            await health.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
                await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Stopping, HealthStatus = null });
            await child.StopAsync(StopGrace);
        }
    }

    /// <summary>Says that it ended by itself, and repeats its last words for who looks only at our output.</summary>
    private async Task BlameAsync(int exitCode, TimeSpan pause)
    {
        await PublishAsync(snapshot => snapshot with
        {
            State = KnownResourceStates.Exited,
            ExitCode = exitCode,
            HealthStatus = null,
            Properties = [],
            Detail = $"Ended by itself with exit code {exitCode}; starts again in {pause.TotalSeconds:0.#} s.",
        });
        var lastWords = string.Join(Environment.NewLine, Output.Last(LinesOfBlame).Select(line => "    " + line.Text));
        Log.EndedByItself(logger, resource.Name, exitCode, pause.TotalSeconds, lastWords);
    }

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) => notifications.PublishUpdateAsync(resource, change);
}

using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Executions;

namespace OnlineCompiler.ExecutionService.Draining;

/// <summary>
/// How the service stops: it takes nothing new, finishes what runs, and ends what is left when its time is over.
/// <code>
///   SIGTERM ─► (1) refuse, say "not ready" ─► (2) wait for what runs ─► (3) end the rest ─► listeners close, process exits
/// </code>
/// It listens until (3), so that whoever still asks is told to go elsewhere and need not guess.
/// </summary>
internal sealed class Drain(IOptions<ExecutionOptions> options, TimeProvider time, ILogger<Drain> logger) : IHostedLifecycleService, IDisposable
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private Task? _draining;
    private int _running;
    private long _beganAt;

    /// <summary>Completes when nothing new is taken any more.</summary>
    public Task Begun => _begun.Task;

    public bool HasBegun => _begun.Task.IsCompleted;

    /// <summary>Cancelled when whatever still runs has to end.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>How long what runs may still take; only once it has begun.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = options.Value.DrainTimeout - time.GetElapsedTime(_beganAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>For something new; it is waited for until the lease is disposed.</summary>
    /// <exception cref="DrainingException">Nothing new is taken any more.</exception>
    public IDisposable Enter()
    {
        lock (_lock)
        {
            if (HasBegun)
                throw new DrainingException();
            _running++;
        }
        return new Lease(this);
    }

    /// <summary>For something that was taken before, and may have been told so a moment too late to count.</summary>
    public IDisposable Join()
    {
        lock (_lock)
            _running++;
        return new Lease(this);
    }

    /// <summary>(1) to (3). Other services stop after this.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A host may be stopped twice, at the same time.
        lock (_lock)
            return _draining ??= DrainAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _over.Dispose();

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        int running;
        lock (_lock)
        {
            _beganAt = time.GetTimestamp();
            _begun.TrySetResult();
            running = _running;
            if (running == 0)
                _empty.TrySetResult();
        }
        if (running > 0)
            logger.Draining(running, options.Value.DrainTimeout);

        await Task.WhenAny(_empty.Task, Task.Delay(options.Value.DrainTimeout, time, cancellationToken));

        if (Volatile.Read(ref _running) is > 0 and var left)
            logger.EndingTheRest(left);
        await _over.CancelAsync();
    }

    private void Leave()
    {
        lock (_lock)
        {
            _running--;
            if (_running == 0 && HasBegun)
                _empty.TrySetResult();
        }
    }

    private sealed class Lease(Drain drain) : IDisposable
    {
        private Drain? _drain = drain;

        public void Dispose() => Interlocked.Exchange(ref _drain, null)?.Leave();
    }
}

/// <summary>The service takes nothing new; what was asked has not begun.</summary>
internal sealed class DrainingException() : Exception("The service is stopping and takes no more programs. Another one may.");

/// <summary>Unhealthy from the moment the service is told to stop.</summary>
internal sealed class DrainHealthCheck(Drain drain) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(drain.HasBegun
            ? HealthCheckResult.Unhealthy("Draining: the service is stopping, finishes what runs and takes no more programs.")
            : HealthCheckResult.Healthy());
}

internal static partial class Log
{
    [LoggerMessage(EventId = 800, Level = LogLevel.Information, Message = "Stopping: {Running} under way have {Time} to end")]
    public static partial void Draining(this ILogger logger, int running, TimeSpan time);

    [LoggerMessage(EventId = 801, Level = LogLevel.Warning, Message = "Stopping: {Running} have not ended in time and are ended")]
    public static partial void EndingTheRest(this ILogger logger, int running);
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Draining;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Submissions;

/// <summary>Runs the request of a submission as a call for it would, and gives its result as it will be read.</summary>
/// <exception cref="UnrunnableSubmissionException">Nobody can run it as it is.</exception>
/// <exception cref="QueueFullException">Not now.</exception>
/// <exception cref="SandboxUnavailableException">It could not be run; never the program's fault.</exception>
internal delegate Task<SubmissionResult> RunSubmission(SubmissionKind kind, ReadOnlyMemory<byte> request, CancellationToken cancellationToken);

/// <summary>Takes submissions, as many at a time as there are places to run, and says every now and then that it still has them.</summary>
internal sealed class SubmissionWorker(
    SubmissionStore store,
    SubmissionChanges changes,
    RunSubmission run,
    ISandbox sandbox,
    Drain drain,
    IOptions<SubmissionOptions> options,
    IOptions<ExecutionOptions> executionOptions,
    ILogger<SubmissionWorker> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestQueueDelay = TimeSpan.FromSeconds(5);

    /// <summary>What others may take up at once is not worth a longer stop than this.</summary>
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    private readonly string _name = $"{Environment.MachineName}-{Guid.NewGuid():N}";
    private readonly ConcurrentDictionary<string, Holding> _held = new();
    private readonly SemaphoreSlim _wake = new(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Connecting takes its time when Redis is away; nothing else is to wait for it.
        await Task.Yield();
        changes.WorkIsReady += Wake;
        changes.Ended += Look;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await TryTakeAsync(stoppingToken);
                await _wake.WaitAsync(options.Value.Beat, stoppingToken);
                // One look answers everything that was heard until now.
                while (_wake.Wait(0, CancellationToken.None))
                {
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // As it should be.
        }
        finally
        {
            changes.WorkIsReady -= Wake;
            changes.Ended -= Look;
            await LeaveAsync();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _wake.Dispose();
    }

    /// <summary>Whatever Redis says, programs of callers who wait for them go on.</summary>
    private async Task TryTakeAsync(CancellationToken stoppingToken)
    {
        try
        {
            await TakeAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.WorkerFailed(exception);
        }
    }

    private async Task TakeAsync(CancellationToken stoppingToken)
    {
        // Who cannot run anything takes nothing away from those who can.
        var room = sandbox.Readiness.IsReady && !drain.HasBegun ? executionOptions.Value.MaxConcurrent - _held.Count : 0;
        var work = await PatientlyAsync(
            () => store.WorkAsync(_name, _held.Values.Select(holding => holding.Taken), Math.Max(0, room), stoppingToken), stoppingToken);
        foreach (var id in work.Lost)
            Lose(id);
        foreach (var submission in work.Taken)
        {
            // Taken again after a silence longer than the lease: what still runs of the first time counts no more.
            Lose(submission.Id);
            var holding = new Holding(submission, CancellationTokenSource.CreateLinkedTokenSource(stoppingToken));
            _held[submission.Id] = holding;
            holding.Running = Task.Run(() => RunAsync(holding, stoppingToken), CancellationToken.None);
        }
        if (work.IsMore && work.Taken.Count < room)
            Wake();
    }

    private async Task RunAsync(Holding holding, CancellationToken stoppingToken)
    {
        var taken = holding.Taken;
        using var place = drain.Join();
        try
        {
            var tell = await TryAsync(holding, stoppingToken);
            await PatientlyAsync(
                async () =>
                {
                    await tell();
                    return true;
                },
                stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Another's now, or ended; or the service stops, and it is given back there.
        }
        catch (Exception exception)
        {
            // Its lease ends, and it is begun again.
            logger.AttemptFailed(exception, taken.Id);
        }
        finally
        {
            if (!stoppingToken.IsCancellationRequested)
            {
                _held.TryRemove(KeyValuePair.Create(taken.Id, holding));
                holding.Ending.Dispose();
                Wake();
            }
        }
    }

    /// <summary>Runs it until there is something to tell.</summary>
    /// <returns>What is to be told.</returns>
    private async Task<Func<Task>> TryAsync(Holding holding, CancellationToken stoppingToken)
    {
        var taken = holding.Taken;
        while (true)
        {
            try
            {
                var result = await run(taken.Kind, taken.Request, holding.Ending.Token);
                return () => store.FinishAsync(taken, result, stoppingToken);
            }
            catch (QueueFullException exception)
            {
                // Others' turn; it has its place in the stream.
                await Task.Delay(exception.RetryDelay < LongestQueueDelay ? exception.RetryDelay : LongestQueueDelay, holding.Ending.Token);
            }
            catch (UnrunnableSubmissionException exception)
            {
                logger.CannotRun(exception, taken.Id);
                return () => store.FailAsync(taken, exception.Message, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.AttemptFailed(exception, taken.Id);
                await Task.Delay(RetryDelay, holding.Ending.Token);
                var failure = exception is SandboxUnavailableException ? exception.Message : "Something went wrong on our side.";
                return () => store.GiveBackAsync(taken, failure, stoppingToken);
            }
        }
    }

    /// <summary>Calls until Redis answers: a result that was computed is worth waiting for.</summary>
    private async Task<T> PatientlyAsync<T>(Func<Task<T>> call, CancellationToken stoppingToken)
    {
        var hasFailed = false;
        while (true)
        {
            try
            {
                var answer = await call();
                if (hasFailed)
                    logger.StoreIsBack();
                return answer;
            }
            catch (SubmissionsUnavailableException exception)
            {
                if (!hasFailed)
                    logger.StoreUnavailable(exception.InnerException!.Message);
                hasFailed = true;
                await Task.Delay(RetryDelay, stoppingToken);
            }
        }
    }

    /// <summary>Gives back what it holds, so that nobody need wait for the lease to end.</summary>
    private async Task LeaveAsync()
    {
        using var limit = new CancellationTokenSource(FarewellLimit);
        try
        {
            await Task.WhenAll(_held.Values.Select(holding => holding.Running)).WaitAsync(limit.Token);
            foreach (var holding in _held.Values)
                await store.GiveBackAsync(holding.Taken, failure: null, limit.Token);
            await store.RetireAsync(_name, limit.Token);
        }
        catch (Exception exception) when (exception is SubmissionsUnavailableException or OperationCanceledException or ObjectDisposedException)
        {
            // The lease ends by itself.
        }
    }

    private void Lose(string id)
    {
        if (!_held.TryRemove(id, out var lost))
            return;
        logger.HoldLost(id);
        try
        {
            lost.Ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    /// <summary>Something happened to one of ours: whether it is still ours, the next look tells.</summary>
    private void Look(string id)
    {
        if (_held.ContainsKey(id))
            Wake();
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (ObjectDisposedException)
        {
            // Heard too late.
        }
    }

    private sealed class Holding(TakenSubmission taken, CancellationTokenSource ending)
    {
        public TakenSubmission Taken => taken;

        public CancellationTokenSource Ending => ending;

        public Task Running { get; set; } = Task.CompletedTask;
    }
}

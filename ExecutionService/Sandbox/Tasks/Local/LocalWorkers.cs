using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Local;

/// <summary>
/// Keeps <c>Sandbox:Tasks:LocalWorkers</c> idle worker processes on this machine: one that is taken or ends is replaced at
/// once. They dial in like any other worker, with a token of this start. None outlives the service, however that ends: a
/// local worker leaves with its call.
/// </summary>
internal sealed class LocalWorkers(
    WorkerPool pool, LocalWorkerStart start, IOptions<TaskOptions> options, IOptions<SandboxOptions> sandboxOptions,
    IHostApplicationLifetime lifetime, TimeProvider time, ILogger<LocalWorkers> logger)
    : BackgroundService
{
    public const string GrpcPortKey = "GRPC_PORT";

    /// <summary>For a worker whose call has ended to end itself.</summary>
    private static readonly TimeSpan _leavePatience = TimeSpan.FromSeconds(5);

    /// <summary>A worker that ends sooner, without a job, has something wrong with it.</summary>
    private static readonly TimeSpan _youth = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _firstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _longestDelay = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, LocalWorkerProcess> _processes = new();
    private readonly SlotPool _slots = new(sandboxOptions.Value.MaxSandboxes);

    /// <summary>Of all that live now.</summary>
    internal IReadOnlyList<int> ProcessIds => [.. _processes.Values.Select(process => process.ProcessId)];

    /// <summary>Of those that have a job.</summary>
    internal IReadOnlyList<int> BusyProcessIds => [.. _processes.Values.Where(process => process.Taken.IsCompleted).Select(process => process.ProcessId)];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_processes.Values.Select(process => process.EndWithinAsync(_leavePatience)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.LocalWorkers == 0)
            return;
        // They dial this service, which must listen first.
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stoppingToken);

        pool.Taken += worker => Find(worker)?.MarkTaken();
        pool.Left += worker => _ = Find(worker)?.EndWithinAsync(_leavePatience);
        await Task.WhenAll(Enumerable.Range(0, options.Value.LocalWorkers).Select(_ => KeepOneIdleAsync(stoppingToken)));
    }

    private LocalWorkerProcess? Find(WorkerConnection worker) => _processes.GetValueOrDefault(worker.Id);

    private async Task KeepOneIdleAsync(CancellationToken stoppingToken)
    {
        var delay = _firstDelay;
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            var problem = await ServeOnceAsync(stoppingToken);
            if (problem is null || time.GetElapsedTime(started) > _youth)
            {
                delay = _firstDelay;
                continue;
            }
            logger.LocalWorkerFailed(problem, delay.TotalSeconds);
            await Task.Delay(delay, time, stoppingToken);
            delay = delay * 2 < _longestDelay ? delay * 2 : _longestDelay;
        }
    }

    /// <summary>Starts a worker and waits until it is taken, which is null, or ends, which is a problem.</summary>
    private async Task<string?> ServeOnceAsync(CancellationToken stoppingToken)
    {
        var slot = await _slots.TakeAsync(stoppingToken);
        LocalWorkerProcess process;
        try
        {
            process = start.Start(slot.Number);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            slot.Dispose();
            return exception.Message;
        }
        _processes[process.WorkerId] = process;
        var ended = ReapAsync(process, slot);
        await Task.WhenAny(process.Taken, ended).WaitAsync(stoppingToken);
        return process.Taken.IsCompleted ? null : $"it ended with status {await ended}";
    }

    private async Task<int> ReapAsync(LocalWorkerProcess process, SlotPool.Slot slot)
    {
        var status = await process.WaitForExitAsync();
        _processes.TryRemove(process.WorkerId, out _);
        process.Dispose();
        slot.Dispose();
        return status;
    }
}

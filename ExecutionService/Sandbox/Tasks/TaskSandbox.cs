using Microsoft.Extensions.Options;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks;

/// <summary>
/// The sandbox for places without namespaces: every stage goes to a worker process of its own, most often on a machine of its
/// own, that dials in, does the one job and exits. What a worker's own sandbox promises is between it and the program.
/// </summary>
internal sealed class TaskSandbox : ISandbox
{
    /// <summary>Of workers for one job. A worker can be lost at any time; three in a row are no accident.</summary>
    private const int MaxAttempts = 3;

    /// <summary>With few workers there is a moment between the end of one and the hello of the next.</summary>
    private static readonly TimeSpan _replacementTime = TimeSpan.FromSeconds(5);

    private readonly WorkerPool _pool;
    private readonly WorkerTelemetry _telemetry;
    private readonly TaskOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private long _lastJob;

    public TaskSandbox(WorkerPool pool, WorkerTelemetry telemetry, IOptions<TaskOptions> options, TimeProvider time, ILogger<TaskSandbox> logger)
    {
        _pool = pool;
        _telemetry = telemetry;
        _options = options.Value;
        _time = time;
        _logger = logger;
        telemetry.Observe(pool);
    }

    public SandboxReadiness Readiness =>
        !_pool.HadWorker ? SandboxReadiness.NotReady($"No worker has dialled in since the start. {HowToStartWorkers}")
        : _pool.EmptyTime > _replacementTime ? SandboxReadiness.NotReady($"No worker is connected; the last one left and none came in its place. {HowToStartWorkers}")
        : new SandboxReadiness([], _pool.Weaknesses);

    public SandboxPlaces Places => PlacesToCome.Places with { OffersRoots = _pool.OffersRoots };

    private static string HowToStartWorkers =>
        $"Start workers: this program with Worker:Dispatcher (this service's gRPC address) and Worker:Token (its {TaskOptions.Section}:Token); "
        + $"or set {TaskOptions.Section}:LocalWorkers for some on this machine.";

    public async Task<ISandboxRun> StartAsync(SandboxOrder order, CancellationToken cancellationToken)
    {
        var jobId = $"job-{Interlocked.Increment(ref _lastJob)}";
        var arrived = _time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var worker = await TakeAsync(_options.WorkerPatience - _time.GetElapsedTime(arrived), cancellationToken);
            _telemetry.RecordWait(_time.GetElapsedTime(arrived));
            _logger.JobHandedOver(jobId, worker.Id);
            try
            {
                return await JobHandover.StartAsync(worker, jobId, order, _time, cancellationToken);
            }
            catch (JobNotStartedException exception)
            {
                _logger.JobNotStarted(jobId, worker.Id, exception.Message);
                if (attempt == MaxAttempts)
                    throw new SandboxLostException($"{MaxAttempts} workers could not start the program; the last one: {exception.Message}", exception);
            }
        }
    }

    private async Task<WorkerConnection> TakeAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await _pool.TakeAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            _logger.NoWorker(_options.WorkerPatience.TotalSeconds, _pool.BusyCount);
            throw new SandboxLostException(
                $"No worker was free within {_options.WorkerPatience.TotalSeconds:0.###} s ({TaskOptions.Section}:WorkerPatience); {_pool.BusyCount} are busy.", exception);
        }
    }
}

/// <summary>The worker left, or gave the job back, before anything of it ran: another may have it.</summary>
internal sealed class JobNotStartedException(string message, Exception? inner = null) : Exception(message, inner);

using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Sandbox.Cgroups;
using OnlineCompiler.ExecutionService.Sandbox.Forking;
using OnlineCompiler.ExecutionService.Sandbox.Launching;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Sandbox.Namespaces;

/// <summary>
/// The sandbox of Linux namespaces and cgroups: two walls, a <see cref="Zone"/> made at the start and, in it, fresh
/// namespaces for every stage. What it keeps on the machine (a folder, cgroups, the zone's processes) carries this
/// process's name, so that the next start can sweep what a killed service left.
/// </summary>
internal sealed class NamespaceSandbox(
    IOptions<SandboxOptions> options,
    PackLocation packs,
    IHostEnvironment environment,
    Backlog backlog,
    PreparedTelemetry telemetry,
    TimeProvider time,
    ILogger<NamespaceSandbox> logger)
    : ISandbox, IHostedService, IAsyncDisposable
{
    private readonly string _instance = InstanceName.Make();
    private readonly SlotPool _slots = new(options.Value.MaxSandboxes);
    private ICgroups? _cgroups;
    private readonly StageCleaner _cleaner = new();
    private RunStarter? _runs;
    private PreparedPool? _prepared;
    private ForkServers? _forks;
    private int _lastFork;
    private string? _directory;
    private LivingLauncher? _zone;
    private readonly Lock _removalLock = new();
    private Task? _removal;

    public SandboxReadiness Readiness { get; private set; } = SandboxReadiness.NotReady("The sandbox has not been started.");

    public SandboxPlaces Places { get; } = new("/opt/packs", "/opt/toolchains", "/tmp") { OffersRoots = true };

    /// <summary>What lives below it is all that runs have on this machine.</summary>
    internal int ZoneProcessId => _zone!.Last!.ProcessId;

    /// <summary>Where runs' control groups are made.</summary>
    internal IReadOnlyList<string> CgroupDirectories => _cgroups!.Directories;

    /// <summary>What waits for orders; null where nothing is made ahead.</summary>
    internal PreparedPool? Prepared => _prepared;

    /// <summary>Runtimes that are copied; null where nothing is made ahead.</summary>
    internal ForkServers? Forks => _forks;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var directory = _directory = MakeStateDirectory();
            _cgroups = PrepareCgroups();
            _runs = new RunStarter(_slots, _cgroups, _cgroups.Isolation, OuterUserId, _cleaner, time);
            _zone = new LivingLauncher(token => StartZoneAsync(directory, token), logger);
            await _zone.GetAsync(cancellationToken);
            Readiness = new SandboxReadiness([], [.. _cgroups.Weaknesses, .. InheritedGroups.Weaknesses(File.ReadLines(InheritedGroups.OwnStatus), Posix.IsRoot)]);
            logger.ZoneStarted(_cgroups.Description, directory);
            if (options.Value.Prepared.Enabled)
            {
                _forks = new ForkServers(StartForkServerAsync, time, logger);
                var pool = _prepared = new PreparedPool(
                    options.Value.Prepared, options.Value.MaxSandboxes / PreparedShare, PrepareAsync, () => !backlog.Exists && _slots.FreeCount > 0, telemetry, time, logger);
                _cleaner.Cleaned += pool.Wake;
            }
        }
        catch (Exception exception) when (exception is SandboxUnavailableException or IOException or UnauthorizedAccessException)
        {
            // The service stays up to say so: readiness names it, and every run is refused.
            Readiness = SandboxReadiness.NotReady(exception.Message);
            logger.SandboxUnavailable(exception.Message);
        }
    }

    public async Task<ISandboxRun> StartAsync(SandboxOrder order, CancellationToken cancellationToken)
    {
        if (!Readiness.IsReady)
            throw new SandboxUnavailableException(string.Join(' ', Readiness.Problems));
        order = WithHome(order);
        if (_prepared is { } pool && await StartAheadAsync(pool, order, cancellationToken) is { } run)
            return run;
        GiveUpOneIfFull();
        return await _zone!.StartAsync(_runs!, order, cancellationToken);
    }

    /// <summary>By what was made ahead, the best first: its own mould, a copy of its runtime, a bare stage. Null when there is none of them.</summary>
    private async Task<ISandboxRun?> StartAheadAsync(PreparedPool pool, SandboxOrder order, CancellationToken cancellationToken)
    {
        if (pool.Take(Mould.Of(order)) is { } own && await own.ReleaseAsync(order, cancellationToken) is { } run)
            return run;
        if (order.Host is null)
            return null;
        if (order.Host.Forks && await _forks!.TakeAsync(order.Host, cancellationToken) is { } lease)
        {
            try
            {
                GiveUpOneIfFull();
                return await _runs!.StartAsync(order, Mould.Of(order), new StagePlace(lease.SocketPath, lease), cancellationToken);
            }
            catch (SandboxUnavailableException exception)
            {
                // It has just died, or the machine is short of something, which the next way will tell.
                logger.CopyNotMade(order.Host.Name, exception.Message);
            }
        }
        return pool.Take(Mould.BareOf(order)) is { } bare ? await bare.ReleaseAsync(order, cancellationToken) : null;
    }

    /// <summary>Nobody waits for a place that is held by what only waits, too.</summary>
    private void GiveUpOneIfFull()
    {
        if (_slots.FreeCount == 0)
            _prepared?.GiveUpOne();
    }

    /// <summary>Makes nothing ahead, and takes apart all that was, until <see cref="Resume"/>: for those who count what is left on the machine.</summary>
    internal async Task RestAsync()
    {
        if (_prepared is null)
            return;
        await _prepared.RestAsync();
        await _cleaner.WhenCleanAsync();
        await _forks!.RestAsync();
    }

    internal void Resume()
    {
        _forks?.Resume();
        _prepared?.Resume();
    }

    public void Expect(SandboxOrder order) => _prepared?.Expect(Mould.Of(WithHome(order)));

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    /// <summary>Whoever calls, and however often: nothing is left once it has returned.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_removalLock)
            return new ValueTask(_removal ??= RemoveAsync());
    }

    private async Task RemoveAsync()
    {
        Readiness = SandboxReadiness.NotReady("The service is stopping.");
        if (_prepared is not null)
            await _prepared.DisposeAsync();
        if (_zone is not null)
            await _zone.DisposeAsync();
        await (_forks?.RestAsync() ?? Task.CompletedTask);
        await _cleaner.WhenCleanAsync();
        if (_directory is not null)
            Directory.Delete(_directory, recursive: true);
        _cgroups?.RemoveAll();
    }

    /// <summary>Of all places, those that stages which wait may hold.</summary>
    private const int PreparedShare = 4;

    private async Task<PreparedStage> PrepareAsync(Mould mould, CancellationToken cancellationToken)
    {
        if (mould.Host is not { Forks: true } host)
            return await _runs!.PrepareAsync(mould, new StagePlace((await _zone!.GetAsync(cancellationToken)).SocketPath), cancellationToken);
        var lease = await _forks!.TakeAsync(host, cancellationToken)
            ?? throw new SandboxUnavailableException($"There is no fork server of {host.Name}.");
        return await _runs!.PrepareAsync(mould, new StagePlace(lease.SocketPath, lease), cancellationToken);
    }

    private async Task<ForkServer> StartForkServerAsync(PreparedHost host)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_directory!, $"fork-{Interlocked.Increment(ref _lastFork)}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            return new ForkServer(await Zone.StartRuntimeAsync(directory.FullName, _directory!, Mounts, host, CancellationToken.None), ForkServer.DefaultMostCopies);
        }
        catch
        {
            directory.Delete(recursive: true);
            throw;
        }
    }

    private static SandboxOrder WithHome(SandboxOrder order) => order with
    {
        Environment = WithHome(order.Environment),
        Host = order.Host is { } host ? host with { Environment = WithHome(host.Environment) } : null,
    };

    private static Dictionary<string, string> WithHome(IReadOnlyDictionary<string, string> environment) => new(environment)
    {
        ["HOME"] = environment.GetValueOrDefault("HOME", "/workspace"),
        ["TMPDIR"] = environment.GetValueOrDefault("TMPDIR", "/tmp"),
    };

    private Task<LauncherProcess> StartZoneAsync(string directory, CancellationToken cancellationToken) =>
        Zone.StartAsync(directory, Mounts, cancellationToken);

    private ZoneMounts Mounts => new(
        Path.Combine(AppContext.BaseDirectory, "launcher"),
        Path.Combine(AppContext.BaseDirectory, "launcher.so"),
        packs.Directory,
        Path.GetFullPath(options.Value.ToolchainsDirectory, environment.ContentRootPath));

    private ICgroups PrepareCgroups()
    {
        try
        {
            return new CgroupFinder().Prepare(_instance);
        }
        // Root can have them; an ordinary user has to be given them, and is told how.
        catch (SandboxUnavailableException exception) when (options.Value.AllowWithoutCgroups || !Posix.IsRoot)
        {
            return new NoCgroups(exception.Message);
        }
    }

    private string MakeStateDirectory()
    {
        var state = Path.GetFullPath(options.Value.StateDirectory, environment.ContentRootPath);
        foreach (var left in StateDirectory.FindLeft(state))
            StateDirectory.Remove(left);
        return StateDirectory.Make(state, _instance, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>As an ordinary user there is one id to give, the zone's own.</summary>
    private uint OuterUserId(int slot) => Posix.IsRoot ? (uint)(options.Value.FirstUserId + slot) : 0;
}

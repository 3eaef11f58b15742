using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Sandbox.Cgroups;
using OnlineCompiler.ExecutionService.Sandbox.Launching;

namespace OnlineCompiler.ExecutionService.Sandbox.Namespaces;

/// <summary>
/// The sandbox of Linux namespaces and cgroups: two walls, a <see cref="Zone"/> made at the start and, in it, fresh
/// namespaces for every stage. What it keeps on the machine (a folder, cgroups, the zone's processes) carries this
/// process's name, so that the next start can sweep what a killed service left.
/// </summary>
internal sealed class NamespaceSandbox(
    IOptions<SandboxOptions> options, PackLocation packs, IHostEnvironment environment, TimeProvider time, ILogger<NamespaceSandbox> logger)
    : ISandbox, IHostedService, IAsyncDisposable
{
    private readonly string _instance = InstanceName.Make();
    private readonly SlotPool _slots = new(options.Value.MaxSandboxes);
    private ICgroups? _cgroups;
    private RunStarter? _runs;
    private string? _directory;
    private LivingLauncher? _zone;
    private readonly Lock _removalLock = new();
    private Task? _removal;

    public SandboxReadiness Readiness { get; private set; } = SandboxReadiness.NotReady("The sandbox has not been started.");

    public SandboxPlaces Places { get; } = new("/opt/packs", "/opt/toolchains", "/tmp");

    /// <summary>What lives below it is all that runs have on this machine.</summary>
    internal int ZoneProcessId => _zone!.Last!.ProcessId;

    /// <summary>Where runs' control groups are made.</summary>
    internal IReadOnlyList<string> CgroupDirectories => _cgroups!.Directories;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var directory = _directory = MakeStateDirectory();
            _cgroups = PrepareCgroups();
            _runs = new RunStarter(_slots, _cgroups, _cgroups.Isolation, OuterUserId, time);
            _zone = new LivingLauncher(token => StartZoneAsync(directory, token), logger);
            await _zone.GetAsync(cancellationToken);
            Readiness = new SandboxReadiness([], [.. _cgroups.Weaknesses, .. InheritedGroups.Weaknesses(File.ReadLines(InheritedGroups.OwnStatus), Posix.IsRoot)]);
            logger.ZoneStarted(_cgroups.Description, directory);
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
        return await _zone!.StartAsync(_runs!, WithHome(order), cancellationToken);
    }

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
        if (_zone is not null)
            await _zone.DisposeAsync();
        if (_directory is not null)
            Directory.Delete(_directory, recursive: true);
        _cgroups?.RemoveAll();
    }

    private static SandboxOrder WithHome(SandboxOrder order) => order with
    {
        Environment = new Dictionary<string, string>(order.Environment)
        {
            ["HOME"] = order.Environment.GetValueOrDefault("HOME", "/workspace"),
            ["TMPDIR"] = order.Environment.GetValueOrDefault("TMPDIR", "/tmp"),
        },
    };

    private Task<LauncherProcess> StartZoneAsync(string directory, CancellationToken cancellationToken) =>
        Zone.StartAsync(
            directory,
            new ZoneMounts(
                Path.Combine(AppContext.BaseDirectory, "launcher"),
                packs.Directory,
                Path.GetFullPath(options.Value.ToolchainsDirectory, environment.ContentRootPath)),
            cancellationToken);

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

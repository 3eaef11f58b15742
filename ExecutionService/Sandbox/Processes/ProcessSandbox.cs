using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Sandbox.Cgroups;
using OnlineCompiler.ExecutionService.Sandbox.Launching;

namespace OnlineCompiler.ExecutionService.Sandbox.Processes;

/// <summary>
/// The weaker sandbox for places where no namespaces can be made, such as a plain container: every program under a user id
/// of its own, with Landlock, the system call filter and limits, but in sight of the service's file system and processes.
/// Never taken by itself: an operator chooses it by <c>Sandbox:Backend</c>, and every answer is marked.
/// </summary>
internal sealed class ProcessSandbox(
    IOptions<SandboxOptions> options, PackLocation packs, IHostEnvironment environment, TimeProvider time, ILogger<ProcessSandbox> logger)
    : ISandbox, IHostedService, IAsyncDisposable
{
    private readonly string _instance = InstanceName.Make();
    private readonly string _toolchains = Path.GetFullPath(options.Value.ToolchainsDirectory, environment.ContentRootPath);
    private string? _directory;
    private ICgroups? _cgroups;
    private readonly StageCleaner _cleaner = new();
    private RunStarter? _runs;
    private LivingLauncher? _launcher;
    private readonly Lock _removalLock = new();
    private Task? _removal;

    public SandboxReadiness Readiness { get; private set; } = SandboxReadiness.NotReady("The sandbox has not been started.");

    /// <summary>The temporary folder lies beside the workspace, see Launcher/plain_folder.c.</summary>
    public SandboxPlaces Places => new(packs.Directory, _toolchains, "../tmp");

    /// <summary>A folder for every run that lives, named after its user id.</summary>
    internal string RunsDirectory => Path.Combine(_directory!, RunFolders.Name);

    internal int LauncherProcessId => _launcher!.Last!.ProcessId;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var state = Path.GetFullPath(options.Value.StateDirectory, environment.ContentRootPath);
            var left = StateDirectory.FindLeft(state);
            // Programs pass through it to their workspaces; only we can list it.
            const UnixFileMode PassThrough = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            _directory = StateDirectory.Make(state, _instance, PassThrough);
            Directory.CreateDirectory(RunsDirectory, PassThrough);
            OpenFolders.Require(RunsDirectory, packs.Directory, _toolchains);

            _cgroups = PrepareCgroups();
            _runs = new RunStarter(new SlotPool(options.Value.MaxSandboxes), _cgroups, SandboxIsolation.Process, OuterUserId, _cleaner, time);
            _launcher = new LivingLauncher(token => StartLauncherAsync(left, token), logger);
            var launcher = await _launcher.GetAsync(cancellationToken);
            RunFolders.RemoveSwept(left);
            Readiness = new SandboxReadiness([], Weaknesses.Of(launcher.Facts, _cgroups));
            logger.LauncherStarted(_cgroups.Description, _directory);
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
        if (order.Root is { } root)
            throw new SandboxUnavailableException($"The root {root} cannot be shown to a program: without namespaces, all see the machine's.");
        return await _launcher!.StartAsync(_runs!, order, cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    /// <summary>Whoever calls, and however often: nothing is left once it has returned, but what held out.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_removalLock)
            return new ValueTask(_removal ??= RemoveAsync());
    }

    private async Task RemoveAsync()
    {
        Readiness = SandboxReadiness.NotReady("The service is stopping.");
        if (_launcher is not null)
            await _launcher.DisposeAsync();
        await _cleaner.WhenCleanAsync();
        if (_directory is not null)
            await RunFolders.RemoveWhenEmptyAsync(_directory);
        _cgroups?.RemoveAll();
    }

    private Task<LauncherProcess> StartLauncherAsync(IReadOnlyList<string> left, CancellationToken cancellationToken) =>
        LauncherProcess.StartAsync(
            _directory!,
            Path.Combine(AppContext.BaseDirectory, "launcher"),
            LauncherArguments.Make(_directory!, options.Value, packs.Directory, _toolchains, left),
            cancellationToken);

    private uint OuterUserId(int slot) => (uint)(options.Value.FirstUserId + slot);

    /// <summary>Groups where there are some; rlimits hold without, and readiness says so.</summary>
    private ICgroups PrepareCgroups()
    {
        try
        {
            return new CgroupFinder().Prepare(_instance);
        }
        catch (SandboxUnavailableException exception)
        {
            return new NoCgroups(exception.Message);
        }
    }
}

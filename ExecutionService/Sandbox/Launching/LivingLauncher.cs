using System.Net.Sockets;

namespace OnlineCompiler.ExecutionService.Sandbox.Launching;

/// <summary>A launcher that is started again when it has died.</summary>
/// <param name="start">Starts one, in the folder of the last.</param>
/// <param name="logger">Told of deaths.</param>
internal sealed class LivingLauncher(Func<CancellationToken, Task<LauncherProcess>> start, ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private LauncherProcess? _last;
    private bool _isDisposed;

    /// <summary>The one that lives, or lived last.</summary>
    public LauncherProcess? Last => _last;

    public async Task<LauncherProcess> GetAsync(CancellationToken cancellationToken)
    {
        if (_last is { IsAlive: true } living && !_isDisposed)
            return living;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_isDisposed)
                throw new SandboxUnavailableException("The service is stopping.");
            if (_last is { IsAlive: true } restarted)
                return restarted;
            if (_last is { } dead)
            {
                logger.LauncherDied();
                await dead.DisposeAsync();
            }
            return _last = await start(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Starts a run with it. One that is dying refuses connections a moment before its process has ended: then once more,
    /// with the next.
    /// </summary>
    public async Task<ISandboxRun> StartAsync(RunStarter runs, SandboxOrder order, CancellationToken cancellationToken)
    {
        var launcher = await GetAsync(cancellationToken);
        try
        {
            return await runs.StartAsync(order, launcher.SocketPath, cancellationToken);
        }
        catch (SandboxUnavailableException exception) when (exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            await launcher.DisposeAsync();
            launcher = await GetAsync(cancellationToken);
            return await runs.StartAsync(order, launcher.SocketPath, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            _isDisposed = true;
            if (_last is { } launcher)
                await launcher.DisposeAsync();
        }
        finally
        {
            _gate.Release();
        }
    }
}

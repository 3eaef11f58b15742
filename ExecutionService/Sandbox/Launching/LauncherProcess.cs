using System.Diagnostics;

namespace OnlineCompiler.ExecutionService.Sandbox.Launching;

/// <summary>
/// The launcher, waiting on a socket in <see cref="Directory"/>. It ends when its standard input ends, and everything
/// below it ends with it, which the kernel sees to even if this service is killed.
/// </summary>
internal sealed class LauncherProcess : IAsyncDisposable
{
    public const string SocketName = "launcher.sock";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly List<string> _facts = [];
    private bool _isDisposed;

    private LauncherProcess(Process process, string directory)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        Directory = directory;
    }

    /// <summary>This service's own folder, see <see cref="StateDirectory"/>.</summary>
    public string Directory { get; }

    public string SocketPath => Path.Combine(Directory, SocketName);

    /// <summary>All that it, or what it was started with, said was wrong, once they have ended.</summary>
    public Task<string> Errors => _errors;

    /// <summary>Lines that it said before it was ready.</summary>
    public IReadOnlyList<string> Facts => _facts;

    public int ProcessId => _process.Id;

    public bool IsAlive => !_isDisposed && !_process.HasExited;

    /// <summary>Starts a command that is or becomes the launcher, and waits until it listens.</summary>
    /// <exception cref="SandboxUnavailableException">It did not start; the message holds what it said.</exception>
    public static async Task<LauncherProcess> StartAsync(
        string directory, string command, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        File.Delete(Path.Combine(directory, SocketName));
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing of ours is in the memory that programs start as a copy of.
        start.Environment.Clear();
        var launcher = new LauncherProcess(Start(start), directory);
        try
        {
            while (await launcher._process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(_patience, cancellationToken) is { } line)
            {
                if (line == "ready")
                    return launcher;
                launcher._facts.Add(line);
            }
            throw new SandboxUnavailableException((await launcher.Errors.WaitAsync(_patience, cancellationToken)).Trim());
        }
        catch (Exception exception)
        {
            await launcher.DisposeAsync();
            if (exception is TimeoutException)
                throw new SandboxUnavailableException($"The launcher did not start within {_patience.TotalSeconds} s.", exception);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        try
        {
            // It leaves at the end of its input, even where what started it was killed before it.
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(_patience);
            await _errors.WaitAsync(_patience);
        }
        catch (Exception exception) when (exception is TimeoutException or IOException)
        {
            _process.Kill(entireProcessTree: true);
        }
        // A process does not close what was asked for, and they would stay open until a collection.
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        _process.Dispose();
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new SandboxUnavailableException($"The command {start.FileName} cannot be started: {exception.Message}", exception);
        }
    }
}

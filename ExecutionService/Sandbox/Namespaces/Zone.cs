using System.Diagnostics;

namespace OnlineCompiler.ExecutionService.Sandbox.Namespaces;

/// <summary>
/// The outer wall, made once by bubblewrap: own pid, ipc, uts and network namespaces, a read-only root with the
/// toolchains, and in it the launcher, waiting on a socket in <see cref="Directory"/>. It dies when its standard input
/// ends, which the kernel sees to even if this service is killed.
/// </summary>
internal sealed class Zone : IAsyncDisposable
{
    private const string InsideDirectory = "/zone";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private Zone(Process process, Task<string> errors, string directory)
    {
        _process = process;
        _errors = errors;
        Directory = directory;
    }

    /// <summary>This service's own folder, closed to other users.</summary>
    public string Directory { get; }

    public string SocketPath => Path.Combine(Directory, "launcher.sock");

    /// <summary>All that bubblewrap and the launcher said was wrong, once they have ended.</summary>
    public Task<string> Errors => _errors;

    public int ProcessId => _process.Id;

    public bool IsAlive => !_process.HasExited;

    /// <summary>Starts bubblewrap with the launcher and waits until it listens.</summary>
    /// <exception cref="SandboxUnavailableException">It did not start; the message holds what it said.</exception>
    public static async Task<Zone> StartAsync(string directory, ZoneMounts mounts, CancellationToken cancellationToken)
    {
        File.Copy(mounts.Launcher, Path.Combine(directory, "launcher"), overwrite: true);
        SandboxEtc.Make(Path.Combine(directory, "etc"));
        File.Delete(Path.Combine(directory, "launcher.sock"));

        var start = new ProcessStartInfo("bwrap", Arguments(directory, mounts))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new SandboxUnavailableException("bubblewrap (the command bwrap) is not installed: install the package \"bubblewrap\".", exception);
        }

        var zone = new Zone(process, process.StandardError.ReadToEndAsync(CancellationToken.None), directory);
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(_patience, cancellationToken);
            if (line == "ready")
                return zone;
            throw new SandboxUnavailableException($"The sandbox zone could not be built: {(await zone.Errors.WaitAsync(_patience, cancellationToken)).Trim()}");
        }
        catch (Exception exception)
        {
            await zone.DisposeAsync();
            if (exception is TimeoutException)
                throw new SandboxUnavailableException($"The sandbox zone did not start within {_patience.TotalSeconds} s.", exception);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (IsAlive)
        {
            try
            {
                // The launcher leaves at the end of its input, and its namespace's processes with it.
                _process.StandardInput.Close();
                await _process.WaitForExitAsync().WaitAsync(_patience);
            }
            catch (Exception exception) when (exception is TimeoutException or IOException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        _process.Dispose();
    }

    private static List<string> Arguments(string directory, ZoneMounts mounts)
    {
        List<string> arguments =
        [
            "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-net",
            "--ro-bind", "/usr", "/usr",
            "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--symlink", "usr/sbin", "/sbin",
            "--ro-bind", Path.Combine(directory, "etc"), "/etc",
            // Made by itself it would be closed to all but root.
            "--perms", "0755", "--dir", "/opt", "--ro-bind", mounts.Packs, "/opt/packs",
            "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/run",
            "--bind", directory, InsideDirectory,
            "--bind", "/sys/fs/cgroup", "/sys/fs/cgroup",
            "--clearenv", "--new-session", "--cap-add", "ALL",
        ];
        if (System.IO.Directory.Exists(mounts.Toolchains))
            arguments.AddRange(["--ro-bind", mounts.Toolchains, "/opt/toolchains"]);
        // As an ordinary user everything happens in a user namespace, where we are root and have one id to give.
        if (!Posix.IsRoot)
            arguments.AddRange(["--unshare-user", "--uid", "0", "--gid", "0"]);
        arguments.AddRange([$"{InsideDirectory}/launcher", $"{InsideDirectory}/launcher.sock"]);
        return arguments;
    }
}

/// <param name="Launcher">The launcher's executable.</param>
/// <param name="Packs">Language packs, seen as /opt/packs.</param>
/// <param name="Toolchains">Seen as /opt/toolchains; may be absent.</param>
internal sealed record ZoneMounts(string Launcher, string Packs, string Toolchains);

using OnlineCompiler.ExecutionService.Sandbox.Launching;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Sandbox.Namespaces;

/// <summary>
/// The outer wall, made once by bubblewrap: own pid, ipc, uts and network namespaces, a read-only root with the
/// toolchains, and in it the launcher.
/// </summary>
internal static class Zone
{
    private const string InsideDirectory = "/zone";

    /// <summary>
    /// All that the launcher needs: mounts and namespaces, id maps, handing pipes and folders to a run's id, raising a
    /// loopback, and killing a pid 1 that has such an id.
    /// </summary>
    private static readonly string[] _capabilities =
        ["CAP_SYS_ADMIN", "CAP_SYS_CHROOT", "CAP_SETUID", "CAP_SETGID", "CAP_CHOWN", "CAP_NET_ADMIN", "CAP_KILL"];

    /// <summary>Keeps the kernel from taking pid 1 when memory runs out. Asked for one that it has not, bubblewrap keeps them all.</summary>
    private const string MayProtect = "CAP_SYS_RESOURCE";

    /// <summary>An ordinary user's only id is 0 in the zone, which the kernel lets no one map further without this.</summary>
    private const string MayMapRoot = "CAP_SETFCAP";

    /// <summary>Starts bubblewrap with the launcher and waits until it listens.</summary>
    /// <exception cref="SandboxUnavailableException">It did not start; the message holds what it said.</exception>
    public static Task<LauncherProcess> StartAsync(string directory, ZoneMounts mounts, CancellationToken cancellationToken)
    {
        SandboxEtc.Make(EtcOf(directory));
        return StartAsync(directory, mounts, [.. Arguments(directory, EtcOf(directory), mounts), .. Launcher], cancellationToken);
    }

    /// <summary>Starts bubblewrap with a launcher that has a runtime to be copied, and waits until it listens.</summary>
    /// <param name="directory">Its own.</param>
    /// <param name="zoneDirectory">Of the zone with the launcher, whose /etc it shares.</param>
    /// <param name="mounts">As there.</param>
    /// <param name="host">The runtime.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SandboxUnavailableException">It did not start; the message holds what it said.</exception>
    public static Task<LauncherProcess> StartRuntimeAsync(string directory, string zoneDirectory, ZoneMounts mounts, PreparedHost host, CancellationToken cancellationToken)
    {
        File.Copy(mounts.LauncherLibrary, Path.Combine(directory, "launcher.so"), overwrite: true);
        var environment = host.Environment.SelectMany(entry => new[] { "--setenv", entry.Key, entry.Value });
        return StartAsync(directory, mounts, [.. Arguments(directory, EtcOf(zoneDirectory), mounts), .. environment, .. Launcher, .. host.Command], cancellationToken);
    }

    /// <summary>Its command line in the zone; a runtime's would follow.</summary>
    private static IEnumerable<string> Launcher => [$"{InsideDirectory}/launcher", $"{InsideDirectory}/{LauncherProcess.SocketName}"];

    private static string EtcOf(string directory) => Path.Combine(directory, "etc");

    private static async Task<LauncherProcess> StartAsync(string directory, ZoneMounts mounts, List<string> arguments, CancellationToken cancellationToken)
    {
        File.Copy(mounts.Launcher, Path.Combine(directory, "launcher"), overwrite: true);
        try
        {
            return await LauncherProcess.StartAsync(directory, "bwrap", arguments, cancellationToken);
        }
        catch (SandboxUnavailableException exception) when (exception.InnerException is System.ComponentModel.Win32Exception)
        {
            throw new SandboxUnavailableException("bubblewrap (the command bwrap) is not installed: install the package \"bubblewrap\".", exception);
        }
        catch (SandboxUnavailableException exception)
        {
            throw new SandboxUnavailableException($"The sandbox zone could not be built: {exception.Message}", exception);
        }
    }

    private static List<string> Arguments(string directory, string etc, ZoneMounts mounts)
    {
        List<string> arguments =
        [
            "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-net",
            "--ro-bind", "/usr", "/usr",
            "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--symlink", "usr/sbin", "/sbin",
            "--ro-bind", etc, "/etc",
            // Made by itself it would be closed to all but root.
            "--perms", "0755", "--dir", "/opt", "--ro-bind", mounts.Packs, "/opt/packs",
            "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/run",
            "--bind", directory, InsideDirectory,
            "--bind", "/sys/fs/cgroup", "/sys/fs/cgroup",
            "--clearenv", "--new-session", "--cap-drop", "ALL",
        ];
        foreach (var capability in Posix.HasSysResource ? [.. _capabilities, MayProtect] : _capabilities)
            arguments.AddRange(["--cap-add", capability]);
        if (Directory.Exists(mounts.Toolchains))
            arguments.AddRange(["--ro-bind", mounts.Toolchains, "/opt/toolchains"]);
        // As an ordinary user everything happens in a user namespace, where we are root and have one id to give.
        if (!Posix.IsRoot)
            arguments.AddRange(["--unshare-user", "--uid", "0", "--gid", "0", "--cap-add", MayMapRoot]);
        return arguments;
    }
}

/// <param name="Launcher">The launcher's executable.</param>
/// <param name="LauncherLibrary">What a runtime loads to be copied.</param>
/// <param name="Packs">Language packs, seen as /opt/packs.</param>
/// <param name="Toolchains">Seen as /opt/toolchains; may be absent.</param>
internal sealed record ZoneMounts(string Launcher, string LauncherLibrary, string Packs, string Toolchains);

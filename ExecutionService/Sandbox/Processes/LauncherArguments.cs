using System.Globalization;
using OnlineCompiler.ExecutionService.Sandbox.Launching;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;

namespace OnlineCompiler.ExecutionService.Sandbox.Processes;

/// <summary>What the launcher is told when it runs without namespaces; see Launcher/plain_options.c.</summary>
internal static class LauncherArguments
{
    /// <summary>In the temporary folder wherever the state directory is: every service of the machine must look here.</summary>
    private const string ClaimsFile = "onlinecompiler-user-ids.lock";

    /// <summary>What runtimes ask for; the rest of /proc tells about others. Links are followed.</summary>
    private static readonly string[] _readable =
    [
        "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/nsswitch.conf", "/etc/localtime", "/etc/ssl/openssl.cnf", "/etc/ssl/certs",
        "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/uptime", "/proc/loadavg", "/proc/version", "/proc/filesystems", "/proc/sys/kernel", "/proc/sys/vm",
    ];

    /// <param name="directory">This service's own folder.</param>
    /// <param name="options">User ids and how many.</param>
    /// <param name="packs">Readable for programs.</param>
    /// <param name="toolchains">Readable for programs; may be absent.</param>
    /// <param name="left">Folders of services that died, to be swept.</param>
    public static List<string> Make(string directory, SandboxOptions options, string packs, string toolchains, IReadOnlyList<string> left)
    {
        List<string> arguments =
        [
            "--without-namespaces",
            "--work", Path.Combine(directory, RunFolders.Name),
            "--claims", Path.Combine(Path.GetTempPath(), ClaimsFile),
            "--first-user", options.FirstUserId.ToString(CultureInfo.InvariantCulture),
            "--users", options.MaxSandboxes.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (var path in _readable.Concat(SandboxEtc.Copied()).Append(packs).Append(toolchains))
            arguments.AddRange(["--readable", path]);
        foreach (var runs in left.Select(folder => Path.Combine(folder, RunFolders.Name)).Where(Directory.Exists))
            arguments.AddRange(["--left", runs]);
        arguments.Add(Path.Combine(directory, LauncherProcess.SocketName));
        return arguments;
    }
}

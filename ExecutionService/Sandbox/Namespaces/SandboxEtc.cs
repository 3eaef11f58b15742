namespace OnlineCompiler.ExecutionService.Sandbox.Namespaces;

/// <summary>
/// The sandbox's /etc: generated, except for what toolchains cannot do without (the linker's cache, Debian's choice of
/// alternatives, the configuration of compilers, the JVM, R and Racket). Nothing in it tells about the host or its accounts.
/// </summary>
internal static class SandboxEtc
{
    /// <summary>Files of the folder etc beside this one; scripts/roots.sh gives them to toolchains' own roots, too.</summary>
    private const string Generated = "sandbox-etc/";

    private static readonly string[] _copied =
    [
        "ld.so.cache", "alternatives", "services", "protocols", "mime.types",
        "fpc.cfg", "fpc-3.2.2.cfg", "gnucobol", "GNUstep", "ldc2.conf", "nim", "R", "racket",
    ];

    /// <summary>Makes it anew at <paramref name="target"/>.</summary>
    public static void Make(string target)
    {
        if (Directory.Exists(target))
            Directory.Delete(target, recursive: true);
        Directory.CreateDirectory(target);
        foreach (var name in typeof(SandboxEtc).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Generated, StringComparison.Ordinal)))
        {
            using var content = typeof(SandboxEtc).Assembly.GetManifestResourceStream(name)!;
            using var file = File.Create(Path.Combine(target, name[Generated.Length..]));
            content.CopyTo(file);
        }
        File.CreateSymbolicLink(Path.Combine(target, "localtime"), "/usr/share/zoneinfo/Etc/UTC");
        File.CreateSymbolicLink(Path.Combine(target, "mtab"), "/proc/mounts");
        foreach (var source in Copied())
            Copy(source, Path.Combine(target, Path.GetFileName(source)));
    }

    /// <summary>Files and folders of the host's /etc that programs may read.</summary>
    public static IEnumerable<string> Copied() =>
        _copied.Select(name => Path.Combine("/etc", name)).Concat(Directory.GetDirectories("/etc", "java-*")).Where(Path.Exists);

    private static void Copy(string source, string target)
    {
        // Links stay links: an alternative names a file below /usr, which the sandbox has.
        if (new FileInfo(source).LinkTarget is { } link)
        {
            File.CreateSymbolicLink(target, link);
        }
        else if (Directory.Exists(source))
        {
            Directory.CreateDirectory(target);
            foreach (var entry in Directory.GetFileSystemEntries(source))
                Copy(entry, Path.Combine(target, Path.GetFileName(entry)));
        }
        else if (IsReadableByAll(source))
        {
            File.Copy(source, target);
        }
    }

    private static bool IsReadableByAll(string file) => File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead);
}

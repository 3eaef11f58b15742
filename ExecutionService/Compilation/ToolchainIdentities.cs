using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Compilation;

/// <summary>
/// Tells a toolchain from any other, older or newer: by the pack's content, the version that it tells, and the stamps (size
/// and time of change) of what changes with an installation. Stamps are read each time: an operator may install meanwhile.
/// </summary>
internal sealed class ToolchainIdentities(PackLocation packs, IOptions<SandboxOptions> sandbox, IHostEnvironment host)
{
    private static readonly string[] _programFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>What scripts/install-languages.sh leaves in a toolchain's folder when it has finished.</summary>
    private static readonly string[] _installed = ["node_modules/.finished-lock.json", ".prepared", ".precompiled"];

    /// <summary>Of Debian's packages: any that comes, goes or changes.</summary>
    private const string PackageList = "/var/lib/dpkg/status";

    private readonly string _toolchains = Path.GetFullPath(sandbox.Value.ToolchainsDirectory, host.ContentRootPath);
    private readonly ConcurrentDictionary<string, PackContent> _contents = new();

    /// <param name="pack">As it is with the chosen version.</param>
    /// <param name="version">As its toolchain tells it.</param>
    public string Of(LanguagePack pack, string version)
    {
        var identity = new StringBuilder($"{pack.Id}\n{version}\n{pack.ToolchainFolder}\n{DigestOf(pack.Id)}\n");
        foreach (var path in _installed)
            AddStamp(identity, new FileInfo(Path.Combine(_toolchains, pack.ToolchainFolder, path)));
        if (pack.Root is { } root)
            AddStamp(identity, new FileInfo(Path.Combine(_toolchains, "roots", root, ".finished")));
        AddStamp(identity, new FileInfo(PackageList));
        foreach (var program in new[] { pack.Version.Command[0], pack.Compile?.Command[0] })
            AddProgram(identity, program);
        return identity.ToString();
    }

    private static void AddProgram(StringBuilder identity, string? name)
    {
        var path = _programFolders.Select(folder => Path.Combine(folder, name ?? "")).FirstOrDefault(File.Exists);
        if (path is not null)
            AddStamp(identity, (FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path));
    }

    private static void AddStamp(StringBuilder identity, FileInfo file) =>
        identity.Append(file.FullName).Append(' ').Append(file.Exists ? $"{file.Length} {file.LastWriteTimeUtc.Ticks}" : "-").Append('\n');

    /// <summary>SHA-256 of the pack, its test cases left out; read again only when a stamp has changed.</summary>
    private string DigestOf(string id)
    {
        var folder = new DirectoryInfo(Path.Combine(packs.Directory, id));
        var files = folder.GetFiles()
            .Concat(folder.GetDirectories().Where(inner => inner.Name != "tests").SelectMany(inner => inner.GetFiles("*", SearchOption.AllDirectories)))
            .OrderBy(file => file.FullName, StringComparer.Ordinal).ToList();
        var stamps = new StringBuilder();
        foreach (var file in files)
            AddStamp(stamps, file);
        var stamp = stamps.ToString();
        if (_contents.TryGetValue(id, out var known) && known.Stamp == stamp)
            return known.Digest;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            var content = File.ReadAllBytes(file.FullName);
            hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetRelativePath(folder.FullName, file.FullName)}\n{content.Length}\n"));
            hash.AppendData(content);
        }
        var digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        _contents[id] = new PackContent(stamp, digest);
        return digest;
    }

    private sealed record PackContent(string Stamp, string Digest);
}

using System.Collections.Concurrent;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>
/// All languages, found by id or alias. Packs are read once; a wrong pack is reported and left out, so that it stops
/// itself and not the service. Versions are asked from the toolchains, inside a sandbox, when first needed.
/// </summary>
internal sealed class LanguageCatalog
{
    private readonly SortedDictionary<string, Language> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Language> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Task<string?>> _versions = new();
    private readonly ToolchainProbe _probe;

    public LanguageCatalog(PackLocation location, ToolchainProbe probe, ILogger<LanguageCatalog> logger)
    {
        _probe = probe;
        foreach (var directory in Directory.GetDirectories(location.Directory).Where(directory => File.Exists(Path.Combine(directory, PackReader.FileName))))
        {
            try
            {
                Add(PackReader.Read(directory), directory);
            }
            catch (InvalidDataException exception)
            {
                logger.PackIsWrong(exception.Message);
            }
        }
    }

    public IReadOnlyCollection<Language> All => _byId.Values;

    /// <summary>By id or alias, whatever the case; null when unknown.</summary>
    public Language? Find(string name) => _byName.GetValueOrDefault(name.Trim());

    public IReadOnlyList<string> FindNear(string name) => NearMatches.Find(name, _byName.Keys);

    /// <summary>The installed toolchain's version; null when it is not installed.</summary>
    public async Task<string?> GetVersionAsync(Language language, CancellationToken cancellationToken)
    {
        var asked = _versions.GetOrAdd(language.Id, _ => _probe.AskVersionAsync(language.Pack));
        var version = await asked.WaitAsync(cancellationToken);
        // Asked again next time: it may have been installed meanwhile, or the sandbox was not ready.
        if (version is null)
            _versions.TryRemove(KeyValuePair.Create(language.Id, asked));
        return version;
    }

    private void Add(LanguagePack pack, string directory)
    {
        var stdin = pack.SampleStdin is { } name ? File.ReadAllText(Path.Combine(directory, name)) : "";
        var language = new Language(pack, File.ReadAllText(Path.Combine(directory, pack.Sample)), stdin);
        foreach (var key in pack.Aliases.Prepend(pack.Id))
        {
            if (_byName.TryGetValue(key, out var other))
                throw new InvalidDataException($"{Path.Combine(directory, PackReader.FileName)}: aliases: \"{key}\" belongs to {other.Id} already");
        }
        foreach (var key in pack.Aliases.Prepend(pack.Id))
            _byName[key] = language;
        _byId.Add(pack.Id, language);
    }
}

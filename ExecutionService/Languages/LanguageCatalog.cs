using System.Collections.Concurrent;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>
/// All languages, found by id or alias. Packs are read once; a wrong pack is reported and left out, so that it stops
/// itself and not the service. What is installed is asked from the toolchains, inside a sandbox, when first needed.
/// </summary>
internal sealed class LanguageCatalog
{
    /// <summary>What is missing is asked for again after this time, for workers' machines are not ours to see.</summary>
    private static readonly TimeSpan _missingFor = TimeSpan.FromMinutes(10);

    /// <summary>And after this time where something was installed here meanwhile, which may take a while itself.</summary>
    private static readonly TimeSpan _missingForAtLeast = TimeSpan.FromSeconds(15);

    private readonly SortedDictionary<string, Language> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Language> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Answer> _answers = new();
    private readonly ToolchainProbe _probe;
    private readonly InstalledFolders _folders;
    private readonly TimeProvider _time;
    private readonly ILogger<LanguageCatalog> _logger;

    public LanguageCatalog(PackLocation location, ToolchainProbe probe, InstalledFolders folders, TimeProvider time, ILogger<LanguageCatalog> logger)
    {
        _probe = probe;
        _folders = folders;
        _time = time;
        _logger = logger;
        // In an order of its own, so that of two packs with the same alias always the same one is left out.
        foreach (var directory in Directory.GetDirectories(location.Directory).Where(directory => File.Exists(Path.Combine(directory, PackReader.FileName))).Order(StringComparer.Ordinal))
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

    /// <summary>What of the language is installed; at first this takes as long as its toolchains take to tell.</summary>
    public async Task<Toolchains> GetToolchainsAsync(Language language, CancellationToken cancellationToken)
    {
        var answer = _answers.AddOrUpdate(
            language.Id,
            _ => Ask(language),
            (_, known) => IsOutdated(known) ? Ask(language) : known);
        try
        {
            return await answer.Toolchains.Value.WaitAsync(cancellationToken);
        }
        catch (SandboxUnavailableException exception)
        {
            _answers.TryRemove(KeyValuePair.Create(language.Id, answer));
            _logger.ToolchainNotAsked(language.Id, exception.Message);
            return new Toolchains([], [], []);
        }
    }

    private Answer Ask(Language language) => new(new Lazy<Task<Toolchains>>(() => _probe.AskAsync(language)), _time.GetTimestamp(), _folders.LastChange());

    private bool IsOutdated(Answer answer)
    {
        if (!answer.IsMissing && !answer.IsPartial)
            return false;
        var age = _time.GetElapsedTime(answer.AskedAt);
        return (answer.IsMissing && age > _missingFor) || (age > _missingForAtLeast && _folders.LastChange() != answer.LastChange);
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

    private sealed record Answer(Lazy<Task<Toolchains>> Toolchains, long AskedAt, DateTime LastChange)
    {
        public bool IsMissing => Known is { IsInstalled: false };

        /// <summary>Another version may come. Whoever uses the language meanwhile is not to wait for this question without cause.</summary>
        public bool IsPartial => Known is { } known && known.Missing.Any(version => version.Problem is null);

        private Toolchains? Known => Toolchains is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: var known } } ? known : null;
    }
}

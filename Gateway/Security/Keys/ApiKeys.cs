using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security.Callers;

namespace OnlineCompiler.Gateway.Security.Keys;

/// <summary>
/// Knows whose a key is. One in steady use costs no call a round trip: it is asked for again behind the calls when half of
/// <see cref="ApiKeyOptions.CacheSeconds"/> are over; only who comes back after longer waits for the store.
/// </summary>
internal sealed class ApiKeys(ApiKeyStore store, IOptions<ApiKeyOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);
    private readonly TimeSpan _lifetime = TimeSpan.FromSeconds(options.Value.CacheSeconds);
    private readonly TimeSpan _outage = TimeSpan.FromSeconds(options.Value.OutageSeconds);
    private readonly ConcurrentDictionary<string, Entry> _cache = new();
    private readonly Dictionary<string, ApiKey> _static = options.Value.Static.ToDictionary(key => key.Key, key => key.Value.ToKey(key.Key));
    private long _awaySince;

    /// <summary>Whose it is, if that is known without asking anybody.</summary>
    public CallerIdentity? Recall(string text)
    {
        if (!ApiKeyText.TryReadId(text, out var id))
            return null;
        var hash = ApiKeyText.HashOf(text);
        var key = FindStatic(id, hash) ?? RecallStored(id, hash);
        return key is null ? null : Judge(key).Identity;
    }

    /// <summary>Whose it is, or why it is nobody's.</summary>
    public async Task<Recognition> RecogniseAsync(string text, CancellationToken cancellationToken)
    {
        if (!ApiKeyText.TryReadId(text, out var id))
            return Recognition.Refuse(Refusals.Unknown("That is not an API key of this service."));
        var hash = ApiKeyText.HashOf(text);
        try
        {
            var key = FindStatic(id, hash) ?? (store.IsConfigured ? await LookUpAsync(id, hash, cancellationToken) : null);
            return key is null ? Recognition.Refuse(Refusals.Unknown("This API key is not known.")) : Judge(key);
        }
        catch (ProblemException) when (_cache.TryGetValue(hash, out var entry) && AgeOf(entry) < _outage)
        {
            return Judge(entry.Key);
        }
        catch (ProblemException)
        {
            return Recognition.Refuse(Refusals.CannotCheck("API keys"));
        }
    }

    private ApiKey? RecallStored(string id, string hash)
    {
        if (!_cache.TryGetValue(hash, out var entry))
            return null;
        var age = AgeOf(entry);
        if (age < _lifetime / 2)
            return entry.Key;
        // The store does not answer: nobody waits for it to find that out again.
        var isAway = Volatile.Read(ref _awaySince) is not 0 and var since && clock.GetElapsedTime(since) < AskAgain;
        if (isAway)
            return age < _outage ? entry.Key : null;
        if (age >= _lifetime)
            return null;
        if (entry.TryBeginRefresh())
            _ = RefreshAsync(id, hash, entry);
        return entry.Key;
    }

    private async Task RefreshAsync(string id, string hash, Entry entry)
    {
        try
        {
            await LookUpAsync(id, hash, CancellationToken.None);
        }
        catch (ProblemException)
        {
            // The entry lives on for as long as it may.
        }
        finally
        {
            entry.EndRefresh();
        }
    }

    private async Task<ApiKey?> LookUpAsync(string id, string hash, CancellationToken cancellationToken)
    {
        ApiKey? key;
        try
        {
            key = await store.FindAsync(id, hash, cancellationToken);
            Volatile.Write(ref _awaySince, 0);
        }
        catch (ProblemException)
        {
            Volatile.Write(ref _awaySince, clock.GetTimestamp());
            throw;
        }

        if (key is null)
            _cache.TryRemove(hash, out _);
        else
            Remember(hash, key);
        return key;
    }

    private void Remember(string hash, ApiKey key)
    {
        if (_cache.Count >= options.Value.CacheSize && !_cache.ContainsKey(hash))
        {
            foreach (var (other, entry) in _cache)
            {
                if (AgeOf(entry) > _lifetime)
                    _cache.TryRemove(other, out _);
            }
            if (_cache.Count >= options.Value.CacheSize)
                return;
        }
        _cache[hash] = new Entry(key, clock.GetTimestamp());
    }

    private ApiKey? FindStatic(string id, string hash) =>
        _static.TryGetValue(id, out var key) && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key.Hash), Encoding.ASCII.GetBytes(hash)) ? key : null;

    private Recognition Judge(ApiKey key)
    {
        if (key.RevokedAt is not null)
            return Recognition.Refuse(Refusals.Unknown("This API key was revoked."));
        if (key.ExpiresAt <= clock.GetUtcNow())
            return Recognition.Refuse(Refusals.Unknown("This API key has expired."));
        return Recognition.Of(new CallerIdentity($"key:{key.Id}", key.Scopes, key.Limits));
    }

    private TimeSpan AgeOf(Entry entry) => clock.GetElapsedTime(entry.AskedAt);

    private sealed class Entry(ApiKey key, long askedAt)
    {
        private int _isRefreshing;

        public ApiKey Key { get; } = key;

        public long AskedAt { get; } = askedAt;

        public bool TryBeginRefresh() => Interlocked.Exchange(ref _isRefreshing, 1) == 0;

        public void EndRefresh() => Volatile.Write(ref _isRefreshing, 0);
    }
}

using System.Diagnostics;

namespace OnlineCompiler.Hostile.Tests.Witness;

/// <summary>What the host looked like at one moment, in named facts.</summary>
internal sealed class HostSnapshot
{
    /// <summary>A clock that was set jumps further; slewing and a busy machine move less.</summary>
    private static readonly TimeSpan _clockTolerance = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, string> _facts;
    private readonly Dictionary<string, int> _descriptors;
    private readonly TimeSpan _clockAhead;

    public HostSnapshot(IEnumerable<(string Name, string Value)> facts, Dictionary<string, int> descriptors)
    {
        _facts = facts.ToDictionary(fact => fact.Name, fact => fact.Value);
        _descriptors = descriptors;
        _clockAhead = DateTimeOffset.UtcNow.TimeOfDay - Stopwatch.GetElapsedTime(0);
    }

    /// <summary>What is no more as it was, in words; nothing when the host did not notice.</summary>
    public List<string> DifferencesIn(HostSnapshot later)
    {
        var differences = _facts
            .Where(fact => later._facts[fact.Key] != fact.Value)
            .Select(fact => $"{fact.Key}:\n  before: {fact.Value}\n  after:  {later._facts[fact.Key]}")
            .ToList();
        // Fewer is fine: the runtime closes what it does not need any more when it likes.
        differences.AddRange(later._descriptors
            .Where(kind => kind.Value > _descriptors.GetValueOrDefault(kind.Key))
            .Select(kind => $"our descriptors, {kind.Key}: {_descriptors.GetValueOrDefault(kind.Key)} before, {kind.Value} after"));
        var jump = (later._clockAhead - _clockAhead).Duration();
        // Midnight is no jump.
        if (jump > _clockTolerance && (jump - TimeSpan.FromDays(1)).Duration() > _clockTolerance)
            differences.Add($"the clock jumped by {jump}");
        return differences;
    }
}

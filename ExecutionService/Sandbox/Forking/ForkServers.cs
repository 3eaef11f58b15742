using System.Collections.Concurrent;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Sandbox.Forking;

/// <summary>Fork servers for every runtime that can be one, started when it is first asked for.</summary>
/// <param name="start">Starts one.</param>
/// <param name="time">Of pauses after failures.</param>
/// <param name="logger">Told of failures.</param>
internal sealed class ForkServers(Func<PreparedHost, Task<ForkServer>> start, TimeProvider time, ILogger logger)
{
    private readonly ConcurrentDictionary<string, ForkFleet> _fleets = [];
    private volatile bool _rests;

    /// <summary>Of the servers that live.</summary>
    public IReadOnlyList<int> ProcessIds => [.. _fleets.Values.SelectMany(fleet => fleet.ProcessIds)];

    /// <summary>The right to a copy of the host's runtime; null when there can be none now.</summary>
    public async Task<ForkLease?> TakeAsync(PreparedHost host, CancellationToken cancellationToken) =>
        _rests ? null : await _fleets.GetOrAdd(host.Key, _ => new ForkFleet(host, start, time, logger)).TakeAsync(cancellationToken);

    /// <summary>Ends all that there are, and their copies with them; until <see cref="Resume"/> there are no others.</summary>
    public Task RestAsync()
    {
        _rests = true;
        return Task.WhenAll(_fleets.Values.Select(fleet => fleet.EndAsync()));
    }

    public void Resume() => _rests = false;
}

using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Sandbox.Forking;

/// <summary>
/// The fork servers of one runtime. They serve in turns, so that programs which follow each other have different hash seeds;
/// the next is started while those that are there still serve.
/// </summary>
internal sealed class ForkFleet(PreparedHost host, Func<PreparedHost, Task<ForkServer>> start, TimeProvider time, ILogger logger)
{
    /// <summary>As many seeds as programs get in turns.</summary>
    public const int Size = 4;

    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly List<ForkServer> _servers = [];
    private readonly HashSet<Task> _ends = [];
    private Task? _starting;
    private long _failedAt;
    private bool _hasFailed;

    /// <summary>Of those that live.</summary>
    public IReadOnlyList<int> ProcessIds
    {
        get
        {
            lock (_lock)
                return [.. _servers.Select(server => server.ProcessId)];
        }
    }

    /// <summary>Null when there is no server, and none can be started now.</summary>
    public async Task<ForkLease?> TakeAsync(CancellationToken cancellationToken)
    {
        var (lease, starting) = Take();
        if (lease is not null || starting is null)
            return lease;
        // Whoever comes first waits for the first.
        await starting.WaitAsync(cancellationToken);
        return Take().Lease;
    }

    /// <summary>Ends all, and their copies with them.</summary>
    public async Task EndAsync()
    {
        Task? starting;
        lock (_lock)
            starting = _starting;
        await (starting ?? Task.CompletedTask);
        Task ends;
        lock (_lock)
        {
            foreach (var server in _servers)
                _ends.Add(server.DisposeAsync().AsTask());
            _servers.Clear();
            ends = Task.WhenAll(_ends);
        }
        await ends;
    }

    private (ForkLease? Lease, Task? Starting) Take()
    {
        lock (_lock)
        {
            EndRetired();
            var able = _servers.Where(server => server.MayServe).ToList();
            if (able.Count < Size && _starting is null && !IsPausing)
                _starting = StartAsync();
            if (able.Count == 0)
                return (null, _starting);
            // The one that has not served for longest.
            var server = able[0];
            _servers.Remove(server);
            _servers.Add(server);
            server.BeginCopy();
            return (new ForkLease(server, () => End(server)), _starting);
        }
    }

    /// <summary>For a while after a start that failed.</summary>
    private bool IsPausing => _hasFailed && time.GetElapsedTime(_failedAt) < _pause;

    private void End(ForkServer server)
    {
        lock (_lock)
        {
            server.EndCopy();
            EndRetired();
        }
    }

    /// <summary>Those that may serve no more, and whose copies have all ended.</summary>
    private void EndRetired()
    {
        foreach (var server in _servers.Where(server => !server.MayServe && server.IsIdle).ToList())
        {
            _servers.Remove(server);
            _ends.RemoveWhere(end => end.IsCompleted);
            _ends.Add(server.DisposeAsync().AsTask());
        }
    }

    private async Task StartAsync()
    {
        // Out of the lock.
        await Task.Yield();
        ForkServer? server = null;
        try
        {
            server = await start(host);
        }
        // Programs are then served without, which says what is wrong if it concerns them.
        catch (Exception exception) when (exception is SandboxUnavailableException or IOException or UnauthorizedAccessException)
        {
            logger.ForkServerNotStarted(host.Name, exception.Message);
        }
        lock (_lock)
        {
            _starting = null;
            _hasFailed = server is null;
            _failedAt = time.GetTimestamp();
            if (server is not null)
                _servers.Insert(0, server);
        }
    }
}

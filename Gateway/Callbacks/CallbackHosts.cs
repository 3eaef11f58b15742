using Microsoft.Extensions.Options;

namespace OnlineCompiler.Gateway.Callbacks;

/// <summary>Counts what is being sent to each host, so that a slow one keeps nobody else waiting.</summary>
internal sealed class CallbackHosts(IOptions<CallbackOptions> options)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Host> _hosts = [];

    /// <param name="authority">Host and port.</param>
    /// <param name="wait">
    /// When to come back: later, the more have been turned away, for coming back costs, too, and thousands may wait for a host that is
    /// silent.
    /// </param>
    /// <returns>False when as many as may are being sent there.</returns>
    public bool TryEnter(string authority, out TimeSpan wait)
    {
        var limit = options.Value.MaxConcurrentPerHost;
        lock (_hosts)
        {
            if (!_hosts.TryGetValue(authority, out var host))
                _hosts[authority] = host = new Host();
            wait = TimeSpan.Zero;
            if (host.Sending < limit)
            {
                host.Sending++;
                return true;
            }
            wait = ShortestWait * (1 + (host.TurnedAway++ / limit));
            if (wait > LongestWait)
                wait = LongestWait;
            return false;
        }
    }

    public void Leave(string authority)
    {
        lock (_hosts)
        {
            var host = _hosts[authority];
            host.TurnedAway = Math.Max(0, host.TurnedAway - 1);
            if (--host.Sending == 0)
                _hosts.Remove(authority);
        }
    }

    private sealed class Host
    {
        public int Sending { get; set; }

        public int TurnedAway { get; set; }
    }
}

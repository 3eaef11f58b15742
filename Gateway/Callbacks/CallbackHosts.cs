using Microsoft.Extensions.Options;

namespace OnlineCompiler.Gateway.Callbacks;

/// <summary>Counts what is being sent to each host, so that a slow one keeps nobody else waiting.</summary>
internal sealed class CallbackHosts(IOptions<CallbackOptions> options)
{
    private readonly Dictionary<string, int> _sending = [];

    /// <returns>False when as many as may are being sent there.</returns>
    public bool TryEnter(string authority)
    {
        lock (_sending)
        {
            var count = _sending.GetValueOrDefault(authority);
            if (count >= options.Value.MaxConcurrentPerHost)
                return false;
            _sending[authority] = count + 1;
            return true;
        }
    }

    public void Leave(string authority)
    {
        lock (_sending)
        {
            if (--_sending[authority] == 0)
                _sending.Remove(authority);
        }
    }
}

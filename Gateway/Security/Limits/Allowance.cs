using Grpc.Core;

namespace OnlineCompiler.Gateway.Security.Limits;

/// <summary>
/// What one caller may still run, as this Gateway knows it. It decides alone and at once, by a bucket of tokens and a number at a time;
/// what the caller does at other Gateways it learns from <see cref="SharedLimits"/>, shortly after.
/// </summary>
internal sealed class Allowance(RunLimits limits, TimeProvider clock)
{
    private static readonly TimeSpan SlotRetry = TimeSpan.FromSeconds(1);

    /// <summary>Within it a full queue has hardly become shorter, and an empty place is not left empty for long.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private double _tokens = limits.Burst;
    private long _filledAt = clock.GetTimestamp();
    private int _running;
    private int _runningElsewhere;
    private int _untold;
    private bool _hasNews = true;
    private bool _isExchanging;
    private (RpcException Refusal, long At)? _refused;

    /// <summary>The caller's, as they are now: those of a key may change while it is used.</summary>
    public RunLimits Limits { get; private set; } = limits;

    public long Left
    {
        get
        {
            lock (_lock)
            {
                Fill();
                return (long)Math.Clamp(_tokens, 0, Limits.Burst);
            }
        }
    }

    /// <summary>Nothing would be lost without it: a new one would say the same.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                Fill();
                return _running == 0 && _untold == 0 && !_isExchanging && _tokens >= Limits.Burst;
            }
        }
    }

    public bool IsRunning
    {
        get
        {
            lock (_lock)
                return _running > 0;
        }
    }

    /// <summary>What the queue said to the caller in the last <see cref="Freshness"/>, if it refused; null otherwise.</summary>
    public RpcException? FreshRefusal
    {
        get
        {
            lock (_lock)
                return _refused is { } last && clock.GetElapsedTime(last.At) < Freshness ? last.Refusal : null;
        }
    }

    /// <summary>The queue has just refused the caller.</summary>
    public void Remember(RpcException refusal)
    {
        lock (_lock)
            _refused = (refusal, clock.GetTimestamp());
    }

    public void Use(RunLimits limits)
    {
        if (limits == Limits)
            return;
        lock (_lock)
        {
            Fill();
            // As much is missing from the new bucket as was from the old one.
            _tokens += limits.Burst - Limits.Burst;
            Limits = limits;
        }
    }

    /// <summary>Takes tokens, all or none.</summary>
    /// <param name="tokens">How many.</param>
    /// <param name="retryAfter">When there will be as many.</param>
    public bool TryTake(int tokens, out TimeSpan retryAfter)
    {
        lock (_lock)
        {
            Fill();
            _hasNews = true;
            retryAfter = Limits.TimeFor(tokens - _tokens);
            if (_tokens < tokens)
                return false;
            _tokens -= tokens;
            _untold += tokens;
            return true;
        }
    }

    /// <summary>For what there was none of after all.</summary>
    public void GiveBack(int tokens)
    {
        lock (_lock)
        {
            Fill();
            _tokens = Math.Min(Limits.Burst, _tokens + tokens);
            _untold -= tokens;
            _hasNews = true;
        }
    }

    /// <summary>Takes a token and one of the places at a time; <see cref="Finish"/> gives the place back.</summary>
    public bool TryStart(out TimeSpan retryAfter)
    {
        lock (_lock)
        {
            if (_running + _runningElsewhere >= Limits.Concurrent)
            {
                // The place may be free elsewhere by now.
                _hasNews = true;
                retryAfter = SlotRetry;
                return false;
            }
            if (!TryTake(1, out retryAfter))
                return false;
            _running++;
            return true;
        }
    }

    public void Finish()
    {
        lock (_lock)
        {
            _running--;
            _hasNews = true;
        }
    }

    /// <summary>For one exchange at a time: false when another goes on, which will tell the news as well.</summary>
    public bool TryBeginExchange()
    {
        lock (_lock)
            return !_isExchanging && (_isExchanging = true);
    }

    /// <summary>What is to be told: tokens taken since the last time, and runs going on now. Null ends the exchange: there is no news.</summary>
    public (int Taken, int Running)? Tell()
    {
        lock (_lock)
        {
            if (!_hasNews)
            {
                _isExchanging = false;
                return null;
            }
            _hasNews = false;
            Fill();
            // What has come back here since has come back there, too, where a full bucket holds no more.
            var taken = (int)Math.Min(_untold, Math.Ceiling(Limits.Burst - _tokens));
            _untold = 0;
            return (taken, _running);
        }
    }

    /// <param name="tokens">What the shared bucket holds after what was told; less than none is a debt.</param>
    /// <param name="runningElsewhere">Runs at the other Gateways.</param>
    public void Learn(double tokens, int runningElsewhere)
    {
        lock (_lock)
        {
            _tokens = tokens - _untold;
            _filledAt = clock.GetTimestamp();
            _runningElsewhere = runningElsewhere;
        }
    }

    /// <summary>It could not be told: it is kept for later, and this Gateway decides by itself until then.</summary>
    public void Keep(int taken)
    {
        lock (_lock)
        {
            _untold += taken;
            _runningElsewhere = 0;
            _hasNews = true;
        }
    }

    /// <summary>Runs that go on are told again, or they would be forgotten.</summary>
    public void Renew()
    {
        lock (_lock)
            _hasNews = true;
    }

    private void Fill()
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(Limits.Burst, _tokens + (clock.GetElapsedTime(_filledAt, now).TotalSeconds * Limits.PerSecond));
        _filledAt = now;
    }
}

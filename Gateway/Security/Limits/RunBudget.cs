using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Security.Callers;

namespace OnlineCompiler.Gateway.Security.Limits;

/// <summary>An allowance for each caller, from which everything that runs a program takes one for each.</summary>
internal sealed class RunBudget : IDisposable
{
    /// <summary>How often running ones are renewed before their lease ends, and idle callers forgotten.</summary>
    private const int RoundsPerLease = 3;

    private readonly ConcurrentDictionary<string, Allowance> _allowances = new();
    private readonly SharedLimits _shared;
    private readonly RateLimitOptions _options;
    private readonly TimeProvider _clock;
    private readonly ITimer _rounds;

    public RunBudget(SharedLimits shared, IOptions<RateLimitOptions> options, TimeProvider clock)
    {
        (_shared, _options, _clock) = (shared, options.Value, clock);
        var round = TimeSpan.FromSeconds(_options.LeaseSeconds) / RoundsPerLease;
        _rounds = clock.CreateTimer(_ => GoRound(), null, round, round);
    }

    /// <summary>The caller's allowance, as a part of a policy.</summary>
    public RateLimiter Of(string caller) => new CallersAllowance(this, caller);

    /// <summary>What holds for the caller, and the runs that it may have at once.</summary>
    public (RunLimits Limits, long Left) Look(HttpContext context)
    {
        var allowance = Find(context);
        return (allowance.Limits, allowance.Left);
    }

    /// <summary>The allowance by the limits that the caller has now.</summary>
    public Allowance Find(HttpContext context)
    {
        var limits = RunLimits.Of(Caller.IdentityOf(context)?.Limits ?? CallerLimits.Everybodys, _options);
        var allowance = _allowances.GetOrAdd(Caller.Of(context), static (_, state) => new Allowance(state.limits, state._clock), (limits, _clock));
        allowance.Use(limits);
        return allowance;
    }

    /// <summary>Takes for runs beyond the one that the policy has charged. What costs more than a full bucket empties it.</summary>
    /// <returns>False when there are not enough tokens; nothing was taken then, and the refusal says when to come back.</returns>
    public bool TryTake(string caller, int runs, [NotNullWhen(false)] out RateLimitLease? refusal)
    {
        refusal = null;
        var allowance = FindOrMake(caller);
        var tokens = Math.Min(runs, allowance.Limits.Burst - 1);
        if (tokens <= 0)
            return true;
        if (!allowance.TryTake(tokens, out var retryAfter))
            refusal = new RunLease(retryAfter);
        _shared.Tell(caller, allowance);
        return refusal is null;
    }

    /// <summary>Takes back the charge for runs that there were none of after all.</summary>
    public void GiveBack(string caller, int runs)
    {
        var allowance = FindOrMake(caller);
        allowance.GiveBack(Math.Min(runs, allowance.Limits.Burst));
        _shared.Tell(caller, allowance);
    }

    public void Dispose() => _rounds.Dispose();

    private Allowance FindOrMake(string caller) =>
        _allowances.GetOrAdd(caller, static (_, budget) => new Allowance(RunLimits.Of(CallerLimits.Everybodys, budget._options), budget._clock), this);

    private void GoRound()
    {
        foreach (var (caller, allowance) in _allowances)
        {
            if (allowance.IsRunning)
            {
                allowance.Renew();
                _shared.Tell(caller, allowance);
            }
            else if (allowance.IsIdle)
            {
                _allowances.TryRemove(new KeyValuePair<string, Allowance>(caller, allowance));
            }
        }
    }

    private sealed class CallersAllowance(RunBudget budget, string caller) : RateLimiter
    {
        /// <summary>Keeps nothing itself: it may be forgotten at any time.</summary>
        public override TimeSpan? IdleDuration => TimeSpan.MaxValue;

        public override RateLimiterStatistics? GetStatistics() => null;

        protected override RateLimitLease AttemptAcquireCore(int permitCount)
        {
            var allowance = budget.FindOrMake(caller);
            var isStarted = allowance.TryStart(out var retryAfter);
            budget._shared.Tell(caller, allowance);
            return isStarted ? new RunLease(() => Finish(allowance)) : new RunLease(retryAfter);
        }

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
            ValueTask.FromResult(AttemptAcquireCore(permitCount));

        private void Finish(Allowance allowance)
        {
            allowance.Finish();
            budget._shared.Tell(caller, allowance);
        }
    }
}

using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Draining;

namespace OnlineCompiler.ExecutionService.Executions.Resuming;

/// <summary>
/// The interactive runs of this process that may be resumed. Their tokens begin with a name of this process, for others have theirs, and a
/// caller who asks the wrong one should hear that rather than that there is none.
/// </summary>
internal sealed class HeldRuns(ExecutionRunner runner, Drain drain, IOptions<ResumeOptions> options, TimeProvider time)
{
    private const int NameBytes = 9;
    private const int SecretBytes = 32;

    private static readonly int _nameLength = Base64Url.GetEncodedLength(NameBytes);
    private static readonly int _tokenLength = _nameLength + 1 + Base64Url.GetEncodedLength(SecretBytes);

    private readonly string _name = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NameBytes));
    private readonly ConcurrentDictionary<string, HeldRun> _runs = new(StringComparer.Ordinal);
    private readonly Lock _endedLock = new();
    private readonly Queue<HeldRun> _ended = new();

    /// <summary>Whether any are kept here.</summary>
    public bool IsOffered => options.Value.Grace > TimeSpan.Zero;

    public int Count => _runs.Count;

    /// <summary>Starts to run an execution, whoever listens.</summary>
    /// <param name="execution">What to run.</param>
    /// <param name="owner">Who alone may resume it; empty for whoever has the token.</param>
    /// <exception cref="DrainingException">Nothing new is taken any more.</exception>
    public HeldRun Start(Execution execution, string owner)
    {
        var place = drain.Enter();
        var token = $"{_name}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        var run = new HeldRun(token, owner, execution, options.Value, time, Forget, drain.Over);
        _runs[token] = run;
        _ = RunAsync(run, place);
        return run;
    }

    /// <summary>The run of a token.</summary>
    /// <exception cref="RunElsewhereException">It is another process's.</exception>
    /// <exception cref="RunGoneException">There is none, or no longer, or it is somebody else's; which of these is nobody's business.</exception>
    public HeldRun Find(string token, string owner)
    {
        if (token.Length == _tokenLength && token[_nameLength] == '.' && !token.StartsWith(_name, StringComparison.Ordinal))
            throw new RunElsewhereException();
        return _runs.TryGetValue(token, out var run) && (run.Owner.Length == 0 || run.Owner == owner) ? run : throw new RunGoneException();
    }

    private async Task RunAsync(HeldRun run, IDisposable place)
    {
        using (place)
            await run.RunAsync(StoppingNotice.AddTo(runner.RunAsync(run.Execution, run.Input, CancellationToken.None), drain));
        MakeRoom(run);
    }

    private void Forget(HeldRun run) => _runs.TryRemove(run.Token, out _);

    /// <summary>Results wait for their callers, but not more of them than there is room for.</summary>
    private void MakeRoom(HeldRun ended)
    {
        lock (_endedLock)
        {
            _ended.Enqueue(ended);
            while (_ended.TryPeek(out var first) && (!_runs.ContainsKey(first.Token) || _ended.Sum(run => run.Log.Kept) > options.Value.MaxEndedBytes))
            {
                _ended.Dequeue();
                Forget(first);
            }
        }
    }
}

/// <summary>There is no such run, or no longer.</summary>
internal sealed class RunGoneException() : Exception("This run is over, or was never there.");

/// <summary>The run is another process's.</summary>
internal sealed class RunElsewhereException() : Exception("This run is not here; another instance of the service may have it.");

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OnlineCompiler.ServiceDefaults;
using StackExchange.Redis;

namespace OnlineCompiler.ExecutionService.Submissions;

/// <summary>
/// Tells what changes, on whichever instance. A message is only a hint to look: Redis forgets those that nobody hears, so who
/// waits looks again now and then, and when the connection was lost and is back.
/// </summary>
internal sealed class SubmissionChanges(SubmissionRedis redis, SubmissionStore store, ILogger<SubmissionChanges> logger) : IHostedService, IDisposable
{
    private const string Ready = "ready";
    private const string Final = "final";
    private const string Callback = "callback";

    /// <summary>Until a change that was not heard of is seen.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(string Id, object Listener), SemaphoreSlim> _listeners = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _subscribing = Task.CompletedTask;

    /// <summary>There is something for a worker to take.</summary>
    public event Action? WorkIsReady;

    /// <summary>This one has come to its final state.</summary>
    public event Action<string>? Ended;

    /// <summary>A submission has ended that somebody is to be told of.</summary>
    public event Action? CallbackIsDue;

    /// <summary>The submission as it is, then each time it has changed, up to its final state; ends early when it is forgotten.</summary>
    /// <exception cref="SubmissionsUnavailableException">Redis does not answer.</exception>
    public async IAsyncEnumerable<Submission> WatchAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // First listening, then looking: nothing can happen in between unseen.
        using var changed = new SemaphoreSlim(0);
        var key = (id, new object());
        _listeners[key] = changed;
        try
        {
            (SubmissionState State, int Attempts)? told = null;
            while (await store.FindAsync(id, cancellationToken) is { } submission)
            {
                if (told != (submission.State, submission.Attempts))
                    yield return submission;
                told = (submission.State, submission.Attempts);
                if (submission.IsFinal)
                    yield break;
                await changed.WaitAsync(LookAgain, cancellationToken);
            }
        }
        finally
        {
            _listeners.TryRemove(key, out _);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscribing = Task.Run(SubscribeAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _subscribing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>The client subscribes again by itself after a lost connection; only the first time needs patience.</summary>
    private async Task SubscribeAsync()
    {
        var connection = redis.Connection;
        connection.ConnectionRestored += (_, _) => LookEverywhere();
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await connection.GetSubscriber().SubscribeAsync(RedisChannel.Literal(SubmissionScripts.Changes), (_, message) => Hear(message.ToString()));
                LookEverywhere();
                return;
            }
            catch (Exception exception) when (RedisDefaults.IsTransient(exception))
            {
                logger.StoreUnavailable(exception.Message);
                await Task.Delay(LookAgain, _stopping.Token);
            }
        }
    }

    private void Hear(string message)
    {
        var (what, id) = message.Split(' ', 2) is [var first, var second] ? (first, second) : ("", "");
        if (what == Ready)
            WorkIsReady?.Invoke();
        if (what == Final)
            Ended?.Invoke(id);
        if (what == Callback)
            CallbackIsDue?.Invoke();
        foreach (var (key, changed) in _listeners)
        {
            if (key.Id == id)
                Wake(changed);
        }
    }

    private void LookEverywhere()
    {
        WorkIsReady?.Invoke();
        CallbackIsDue?.Invoke();
        foreach (var changed in _listeners.Values)
            Wake(changed);
    }

    private static void Wake(SemaphoreSlim changed)
    {
        try
        {
            changed.Release();
        }
        catch (ObjectDisposedException)
        {
            // Its listener has just left.
        }
    }
}

using System.Collections.Concurrent;
using OnlineCompiler.Gateway.Problems;
using StackExchange.Redis;

namespace OnlineCompiler.Gateway.Judge0.Running;

/// <summary>
/// Follows every submission that has no outcome, those of a Gateway that is gone as well, so that each is noted when it ends and not only when
/// someone asks.
/// </summary>
internal sealed class JudgeFollower(JudgeRuns runs, JudgeStore store, ILogger<JudgeFollower> logger) : BackgroundService
{
    /// <summary>How soon one is followed again that was lost: by another Gateway, or because the service went away.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, byte> _followed = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Follows it from now on.</summary>
    public void Follow(string token)
    {
        if (_followed.TryAdd(token, 0))
            _ = FollowAsync(token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Connecting takes its time when Redis is away; nothing else is to wait for it.
        await Task.Yield();
        using var stopping = stoppingToken.Register(_stopping.Cancel);
        using var timer = new PeriodicTimer(LookInterval);
        try
        {
            while (store.IsConfigured)
            {
                await LookAsync(stoppingToken);
                await timer.WaitForNextTickAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // As it should be.
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _stopping.Dispose();
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var token in await store.PendingAsync(stoppingToken))
                Follow(token);
        }
        catch (Exception exception) when (exception is ProblemException or RedisException)
        {
            logger.LookFailed(exception);
        }
    }

    private async Task FollowAsync(string token)
    {
        try
        {
            await runs.FollowAsync(token, _stopping.Token);
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // The next Gateway goes on.
        }
        catch (Exception exception)
        {
            // Whatever it is, the others are followed on, and this one again.
            logger.FollowingInterrupted(exception);
        }
        finally
        {
            _followed.TryRemove(token, out _);
        }
    }
}

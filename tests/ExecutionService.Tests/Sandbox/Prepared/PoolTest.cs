using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>A pool of stages that are made of paper, and a time of its own.</summary>
public abstract class PoolTest : IAsyncDisposable
{
    private protected static Mould Bare { get; } = Mould.BareOf(TestZone.Order);
    private protected static Mould InTerminal { get; } = Mould.BareOf(TestZone.Order with { Terminal = new TerminalDimensions(80, 24) });
    private protected static Mould Hosted { get; } = Mould.Of(TestZone.Order with { Host = new PreparedHost("host", ["host"], new Dictionary<string, string>()) });

    private protected PaperStages Stages { get; } = new();
    private protected FakeTimeProvider Time { get; } = new();
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly PreparedTelemetry _telemetry;
    private volatile bool _runsWait;
    private int _looks;
    private PreparedPool? _pool;

    /// <summary>Nothing is made meanwhile.</summary>
    private protected bool RunsWait
    {
        get => _runsWait;
        set => _runsWait = value;
    }

    protected PoolTest() => _telemetry = new PreparedTelemetry(_metrics.GetRequiredService<IMeterFactory>());

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Stages.Dispose();
        _telemetry.Dispose();
        await _metrics.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected PreparedPool Start(int mostPerMould = 8, long? budgetBytes = null, int most = 100, TimeSpan refillDelay = default)
    {
        var options = new PreparedOptions { MaxPerMould = mostPerMould, MemoryBudgetBytes = budgetBytes, RefillDelay = refillDelay };
        return _pool = new PreparedPool(options, most, Stages.MakeAsync, MayPrepare, _telemetry, Time, NullLogger.Instance);
    }

    private protected async Task EndAsync()
    {
        if (_pool is { } pool)
            await pool.DisposeAsync();
        _pool = null;
    }

    private bool MayPrepare()
    {
        Interlocked.Increment(ref _looks);
        return !RunsWait;
    }

    private protected static (Mould Mould, int Ready, int Target) OnlyOf(PreparedPool pool)
    {
        var count = Assert.Single(pool.Counts);
        return (count.Mould, count.Ready, count.Target);
    }

    /// <summary>Asks in vain, lets the pool make as many as it then wants, and no more from then on.</summary>
    private protected async Task AskForAsync(PreparedPool pool, Mould mould, int count)
    {
        RunsWait = true;
        for (var i = 0; i < count; i++)
            Assert.Null(pool.Take(mould));
        RunsWait = false;
        pool.Wake();
        await UntilAsync(() => pool.IsFull);
        RunsWait = true;
    }

    /// <summary>Until the pool has seen all that was told it so far, and decided.</summary>
    private protected async Task LookAgainAsync(PreparedPool pool)
    {
        for (var i = 0; i < 3; i++)
        {
            var before = Volatile.Read(ref _looks);
            pool.Wake();
            await UntilAsync(() => Volatile.Read(ref _looks) > before);
        }
    }

    private protected static async Task UntilAsync(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 2000 && !condition(); attempt++)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.True(condition());
    }

    /// <summary>The same, while time passes.</summary>
    private protected Task UntilLaterAsync(Func<bool> condition, TimeSpan? step = null) => UntilAsync(() =>
    {
        if (condition())
            return true;
        Time.Advance(step ?? TimeSpan.FromSeconds(5));
        return false;
    });
}

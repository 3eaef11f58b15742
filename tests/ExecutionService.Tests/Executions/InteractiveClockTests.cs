using Microsoft.Extensions.Time.Testing;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Executions;

public sealed class InteractiveClockTests : IAsyncDisposable
{
    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(200);

    private readonly CountingTime _time = new();
    private readonly FakeRun _run = new();

    [Fact]
    public async Task A_program_that_computes_reaches_the_wall_time_limit()
    {
        await PassAsync(TimeSpan.FromSeconds(3), _ => _run.CpuTime += _step);

        Assert.Equal(SandboxOutcome.WallTimeLimit, _run.Killed);
    }

    [Fact]
    public async Task Each_input_starts_the_wall_time_anew()
    {
        await PassAsync(TimeSpan.FromSeconds(6), clock =>
        {
            _run.CpuTime += _step;
            clock.CountInput();
        });

        Assert.Null(_run.Killed);
    }

    [Fact]
    public async Task A_program_that_waits_is_closed_at_the_idle_limit_and_not_before()
    {
        await PassAsync(TimeSpan.FromSeconds(9), _ => { });
        Assert.Null(_run.Killed);

        _time.ForgetDelays();
        await PassAsync(TimeSpan.FromSeconds(11), _ => { });
        Assert.Equal(SandboxOutcome.Cancelled, _run.Killed);
    }

    [Fact]
    public async Task Printing_counts_as_work()
    {
        await PassAsync(TimeSpan.FromSeconds(3), clock => clock.CountOutput());

        Assert.Equal(SandboxOutcome.WallTimeLimit, _run.Killed);
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    /// <summary>Lets time pass in steps, doing something at each, with a wall-time limit of 2 s and an idle limit of 10 s.</summary>
    private async Task PassAsync(TimeSpan duration, Action<InteractiveClock> atEachStep)
    {
        using var ending = new CancellationTokenSource();
        var clock = new InteractiveClock(_run, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), _time);
        var watching = clock.WatchAsync(ending.Token);
        var delays = 0;
        for (var passed = TimeSpan.Zero; passed < duration; passed += _step)
        {
            atEachStep(clock);
            // The clock has acted on the step before when it waits for the next, or is done.
            var expected = ++delays;
            Assert.True(SpinWait.SpinUntil(() => _time.Delays == expected || watching.IsCompleted, TimeSpan.FromSeconds(5)));
            if (watching.IsCompleted)
                break;
            _time.Advance(_step);
        }
        await ending.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private sealed class CountingTime : FakeTimeProvider
    {
        private int _delays;

        public int Delays => Volatile.Read(ref _delays);

        public void ForgetDelays() => Volatile.Write(ref _delays, 0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _delays);
            return timer;
        }
    }

    private sealed class FakeRun : ISandboxRun
    {
        public TimeSpan CpuTime { get; set; }

        public SandboxOutcome? Killed { get; private set; }

        public TimeSpan ReadCpuTime() => CpuTime;

        public void Kill(SandboxOutcome outcome, string message) => Killed = outcome;

        public IAsyncEnumerable<SandboxEvent> ReadEventsAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<SandboxEvent>();

        public ValueTask WriteInputAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask EndInputAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask SignalAsync(int signal, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask ResizeAsync(TerminalDimensions size, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

using Microsoft.Extensions.Time.Testing;
using OnlineCompiler.ExecutionService.Sandbox.Tasks;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

public sealed class OverdueClockTests
{
    private readonly FakeTimeProvider _time = new();
    private int _givenUp;

    [Fact]
    public void Only_time_spent_waiting_counts()
    {
        using var clock = Clock(TimeSpan.FromSeconds(10));

        Wait(clock, seconds: 6);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(0, _givenUp);

        Wait(clock, seconds: 5);
        Assert.Equal(1, _givenUp);
    }

    [Fact]
    public void Without_a_limit_it_waits_until_it_is_shortened()
    {
        using var clock = Clock(Timeout.InfiniteTimeSpan);
        clock.StartWaiting();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, _givenUp);

        clock.Shorten(TimeSpan.FromSeconds(15));
        _time.Advance(TimeSpan.FromSeconds(16));

        Assert.Equal(1, _givenUp);
    }

    private OverdueClock Clock(TimeSpan allowed) => new(allowed, () => _givenUp++, _time);

    private void Wait(OverdueClock clock, int seconds)
    {
        clock.StartWaiting();
        _time.Advance(TimeSpan.FromSeconds(seconds));
        clock.StopWaiting();
    }
}

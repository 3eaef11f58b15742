using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>How many wait.</summary>
public sealed class PreparedPoolSizeTests : PoolTest
{
    private const long MiB = 1024 * 1024;

    [Fact]
    public async Task One_waits_for_the_next_user_once_somebody_was_expected()
    {
        var pool = Start();
        Assert.Empty(pool.Counts);

        pool.Expect(Bare);
        await UntilAsync(() => pool.IsFull);

        Assert.Equal((Bare, 1, 1), OnlyOf(pool));
    }

    [Fact]
    public async Task More_wait_the_more_are_asked_for_and_in_time_fewer_again_and_none()
    {
        var pool = Start(mostPerMould: 6);
        for (var i = 0; i < 4; i++)
            pool.Take(Bare)?.Discard();
        await UntilAsync(() => pool.IsFull);
        Assert.Equal((Bare, 3, 3), OnlyOf(pool));
        for (var i = 0; i < 40; i++)
            pool.Take(Bare)?.Discard();
        await UntilAsync(() => pool.IsFull);
        Assert.Equal((Bare, 6, 6), OnlyOf(pool));

        Time.Advance(TimeSpan.FromMinutes(3));
        pool.Wake();
        await UntilAsync(() => OnlyOf(pool) == (Bare, 1, 1) && Stages.Gone.Count(isGone => !isGone) == 1);
        Time.Advance(TimeSpan.FromMinutes(10));
        pool.Wake();
        await UntilAsync(() => pool.Counts.Count == 0 && Stages.Gone.All(isGone => isGone));

        var made = Stages.Made;
        await LookAgainAsync(pool);
        Assert.Equal((made, 0), (Stages.Made, pool.Counts.Count));
    }

    [Fact]
    public async Task One_that_is_expected_waits_however_long_nobody_comes()
    {
        var pool = Start();
        pool.Expect(Bare);
        await UntilAsync(() => pool.IsFull);

        Time.Advance(TimeSpan.FromDays(1));
        await LookAgainAsync(pool);

        Assert.Equal((Bare, 1, 1), OnlyOf(pool));
        Assert.Equal([false], Stages.Gone);
    }

    [Fact]
    public async Task All_together_stay_within_the_memory_budget()
    {
        Stages.MemoryBytes = 30 * MiB;
        var pool = Start(mostPerMould: 20, budgetBytes: 100 * MiB);
        for (var i = 0; i < 40; i++)
        {
            pool.Take(Hosted)?.Discard();
            pool.Take(Bare)?.Discard();
        }
        await UntilAsync(() => pool.IsFull);

        Assert.Equal(3, pool.Counts.Sum(count => count.Ready));
        Assert.All(pool.Counts, count => Assert.InRange(count.Ready, 1, count.Target));
    }

    [Fact]
    public async Task One_that_turns_out_to_be_too_large_is_not_kept_and_not_made_again()
    {
        Stages.MemoryBytes = 101 * MiB;
        var pool = Start(budgetBytes: 100 * MiB);
        pool.Expect(Hosted);
        await UntilAsync(() => Stages.Gone is [true]);

        await LookAgainAsync(pool);

        Assert.Equal((Hosted, 0, 1), OnlyOf(pool));
        Assert.Equal(1, Stages.Made);
    }

    [Fact]
    public async Task No_more_wait_than_there_are_places_for_them()
    {
        var pool = Start(mostPerMould: 20, most: 5);
        for (var i = 0; i < 40; i++)
        {
            pool.Take(Bare)?.Discard();
            pool.Take(InTerminal)?.Discard();
        }
        await UntilAsync(() => pool.IsFull);

        Assert.Equal(5, pool.Counts.Sum(count => count.Ready));
    }

    [Fact]
    public async Task None_is_made_while_runs_wait()
    {
        RunsWait = true;
        var pool = Start();
        pool.Expect(Bare);
        await LookAgainAsync(pool);
        Assert.Equal(0, Stages.Made);

        RunsWait = false;
        pool.Wake();

        await UntilAsync(() => pool.IsFull);
        Assert.Equal((Bare, 1, 1), OnlyOf(pool));
    }
}

using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>Who gets one that waits, and what becomes of those that nobody gets.</summary>
public sealed class PreparedPoolTests : PoolTest
{
    [Fact]
    public async Task One_that_waits_is_never_given_to_a_program_with_another_root()
    {
        var rooted = Mould.BareOf(TestZone.Order with { Root = "toy-2" });
        var pool = Start();
        pool.Expect(Bare);
        await UntilAsync(() => pool.IsFull);

        Assert.Null(pool.Take(rooted));
        var bare = Assert.IsType<PreparedStage>(pool.Take(Bare));
        bare.Discard();
        await UntilAsync(() => pool.IsFull);
        var ready = Assert.IsType<PreparedStage>(pool.Take(rooted));
        ready.Discard();
    }

    [Fact]
    public async Task Each_is_given_to_one_and_to_nobody_when_none_waits()
    {
        var pool = Start(mostPerMould: 2);
        await AskForAsync(pool, Bare, 4);

        var taken = Enumerable.Range(0, 4).Select(_ => pool.Take(Bare)).ToList();

        Assert.Equal([true, true, false, false], taken.Select(stage => stage is not null));
        Assert.NotSame(taken[0], taken[1]);
        Assert.Equal(2, Assert.Single(pool.Counts).Taken);
        taken.ForEach(stage => stage?.Discard());
    }

    [Fact]
    public async Task One_serves_its_own_mould_only()
    {
        var pool = Start();
        pool.Expect(Bare);
        await UntilAsync(() => pool.IsFull);
        RunsWait = true;

        Assert.Null(pool.Take(InTerminal));
        Assert.Null(pool.Take(Hosted));
        pool.Take(Bare)!.Discard();
    }

    [Fact]
    public async Task One_that_dies_while_it_waits_is_never_given_away_and_another_takes_its_place()
    {
        var pool = Start();
        pool.Expect(Bare);
        await UntilAsync(() => pool.IsFull);

        Stages.Kill(0);

        await UntilAsync(() => Stages.Gone is [true]);
        Assert.Null(pool.Take(Bare));
        await UntilLaterAsync(() => OnlyOf(pool) is (_, > 0, _));
        Assert.False(Stages.Gone[1]);
    }

    [Fact]
    public async Task All_that_die_at_once_are_replaced_as_soon_as_one_would_be()
    {
        var pool = Start(mostPerMould: 5);
        await AskForAsync(pool, Bare, 20);
        RunsWait = false;

        for (var i = 0; i < 5; i++)
            Stages.Kill(i);

        await UntilAsync(() => Stages.Gone is [true, true, true, true, true]);
        await LookAgainAsync(pool);
        Assert.Equal(5, Stages.Made);

        Time.Advance(TimeSpan.FromSeconds(3));
        pool.Wake();

        await UntilAsync(() => pool.IsFull && OnlyOf(pool) is (_, 5, 5));
    }

    [Fact]
    public async Task One_that_died_just_now_refuses_its_order()
    {
        var stage = await Stages.MakeAsync(Bare, TestContext.Current.CancellationToken);
        Stages.Kill(0);
        await stage.Next;

        Assert.Null(await stage.ReleaseAsync(TestZone.Order, TestContext.Current.CancellationToken));
        await UntilAsync(() => Stages.Gone is [true]);
    }

    [Fact]
    public async Task What_cannot_be_made_is_tried_again_less_and_less_often()
    {
        Stages.Failure = new SandboxUnavailableException("not today");
        var pool = Start();
        pool.Expect(Bare);
        await UntilAsync(() => Stages.Attempts == 1);
        await LookAgainAsync(pool);
        Assert.Equal(1, Stages.Attempts);

        var begun = Time.GetUtcNow();
        await UntilLaterAsync(() => Stages.Attempts == 6, TimeSpan.FromSeconds(1));
        Assert.True(Time.GetUtcNow() - begun >= TimeSpan.FromSeconds(2 + 4 + 8 + 16 + 32), $"{Time.GetUtcNow() - begun}");

        Stages.Failure = null;
        await UntilLaterAsync(() => OnlyOf(pool) == (Bare, 1, 1));
    }

    [Fact]
    public async Task A_fault_in_making_one_does_not_end_the_pool()
    {
        Stages.Failure = new InvalidOperationException("a fault of ours");
        var pool = Start();
        pool.Expect(Bare);
        await UntilAsync(() => Stages.Attempts == 1);

        Stages.Failure = null;

        await UntilLaterAsync(() => OnlyOf(pool) == (Bare, 1, 1));
    }

    [Fact]
    public async Task None_is_made_while_a_run_has_just_begun()
    {
        var pool = Start(mostPerMould: 1, refillDelay: TimeSpan.FromMilliseconds(25));
        pool.Expect(Bare);
        await UntilAsync(() => pool.IsFull);
        pool.Take(Bare)!.Discard();
        await LookAgainAsync(pool);
        Assert.Equal((Bare, 0, 1), OnlyOf(pool));

        Time.Advance(TimeSpan.FromMilliseconds(24));
        await LookAgainAsync(pool);
        Assert.Equal((Bare, 0, 1), OnlyOf(pool));
        Time.Advance(TimeSpan.FromMilliseconds(1));

        await UntilAsync(() => OnlyOf(pool) == (Bare, 1, 1));
    }

    /// <summary>The delay runs out after the pool has seen that there is some left, and before it knows until when it waits.</summary>
    [Fact]
    public async Task One_is_made_when_the_delay_has_run_out_wherever_the_pool_is()
    {
        var pool = Start(mostPerMould: 1, refillDelay: TimeSpan.FromMilliseconds(25));
        pool.Expect(Bare);
        await UntilAsync(() => pool.IsFull);
        // Whoever asks what time it is has let some pass.
        Time.AutoAdvanceAmount = TimeSpan.FromMilliseconds(10);
        var taken = Time.GetTimestamp();
        pool.Take(Bare)!.Discard();

        await UntilLaterAsync(() => OnlyOf(pool) == (Bare, 1, 1), TimeSpan.FromMilliseconds(1));

        // Not when it looks again in any case.
        Assert.True(Time.GetElapsedTime(taken) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Some_are_made_however_often_runs_begin()
    {
        var pool = Start(mostPerMould: 1, refillDelay: TimeSpan.FromMilliseconds(25));
        pool.Expect(Bare);
        await UntilAsync(() => pool.IsFull);
        pool.Take(Bare)!.Discard();

        for (var run = 0; run < 12; run++)
        {
            Assert.Equal((Bare, 0, 1), OnlyOf(pool));
            Time.Advance(TimeSpan.FromMilliseconds(20));
            Assert.Null(pool.Take(Bare));
            await LookAgainAsync(pool);
        }
        Time.Advance(TimeSpan.FromMilliseconds(20));

        await UntilAsync(() => OnlyOf(pool) == (Bare, 1, 1));
    }

    [Fact]
    public async Task A_run_in_need_of_a_place_gets_that_of_the_fullest_mould()
    {
        var pool = Start();
        pool.Expect(InTerminal);
        await UntilAsync(() => pool.IsFull);
        await AskForAsync(pool, Bare, 4);

        pool.GiveUpOne();

        Assert.Equal([(Bare, 2), (InTerminal, 1)], pool.Counts.OrderByDescending(count => count.Ready).Select(count => (count.Mould, count.Ready)));
        await UntilAsync(() => Stages.Gone.Count(isGone => isGone) == 1);
    }

    [Fact]
    public async Task A_pool_that_rests_has_none_until_it_goes_on()
    {
        var pool = Start();
        pool.Expect(Bare);
        await UntilAsync(() => pool.IsFull);

        await pool.RestAsync();
        await UntilAsync(() => Stages.Gone is [true]);
        await LookAgainAsync(pool);
        Assert.Equal(1, Stages.Made);

        pool.Resume();
        await UntilAsync(() => OnlyOf(pool) == (Bare, 1, 1));
    }

    [Fact]
    public async Task Nothing_is_left_of_a_pool_that_has_ended()
    {
        var pool = Start();
        pool.Expect(Bare);
        pool.Expect(Hosted);
        await UntilAsync(() => pool.IsFull);

        await EndAsync();

        Assert.Equal(2, Stages.Made);
        await UntilAsync(() => Stages.Gone.All(isGone => isGone));
    }

    [Fact]
    public async Task A_pool_that_rested_has_forgotten_who_wanted_runtimes_that_boot_in_each_stage()
    {
        var copied = Mould.Of(TestZone.Order with { Host = new PreparedHost("copied", ["host"], new Dictionary<string, string>()) { Forks = true } });
        var pool = Start();
        foreach (var mould in new[] { Bare, Hosted, copied })
            pool.Expect(mould);
        await UntilAsync(() => pool.IsFull);
        Assert.Equal(3, pool.Counts.Count);

        await pool.RestAsync();
        pool.Resume();

        await UntilAsync(() => pool.IsFull);
        Assert.Equal([("bare", 1), ("copied", 1)], pool.Counts.Select(count => (count.Mould.Name, count.Ready)).Order());
    }
}

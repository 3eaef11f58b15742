using Microsoft.Extensions.Time.Testing;
using OnlineCompiler.ExecutionService.Executions;

namespace OnlineCompiler.ExecutionService.Tests.Executions;

public sealed class FairQueueTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Callers_take_turns_whatever_one_of_them_queued_before()
    {
        var queue = Queue(1, 10);
        var order = new List<string>();
        var first = await queue.EnterAsync("flood", CancellationToken.None);

        var entries = "flood flood flood other".Split(' ').Select(async caller =>
        {
            using var place = await queue.EnterAsync(caller, CancellationToken.None);
            order.Add(caller);
        }).ToList();
        first.Dispose();
        await Task.WhenAll(entries);

        Assert.Equal(["other", "flood", "flood", "flood"], order);
    }

    [Fact]
    public async Task Beyond_its_capacity_it_refuses()
    {
        var queue = Queue(1, 1);
        using var running = await queue.EnterAsync("a", CancellationToken.None);
        var waiting = queue.EnterAsync("b", CancellationToken.None);

        await Assert.ThrowsAsync<QueueFullException>(async () => await queue.EnterAsync("c", CancellationToken.None));

        running.Dispose();
        (await waiting).Dispose();
        Assert.Equal((0, 0), (queue.WaitingCount, queue.RunningCount));
    }

    [Fact]
    public async Task Who_comes_again_waits_in_turn_and_is_never_refused()
    {
        var queue = Queue(1, 1);
        var running = await queue.EnterAsync("a", CancellationToken.None);
        var waiting = queue.EnterAsync("b", CancellationToken.None).AsTask();

        running.Dispose();
        var again = queue.EnterAgainAsync("a", CancellationToken.None).AsTask();
        var onceMore = queue.EnterAgainAsync("a", CancellationToken.None).AsTask();
        using var first = await waiting;
        Assert.False(again.IsCompleted);
        // There is more waiting than there is room for, so others are refused until there is less.
        await Assert.ThrowsAsync<QueueFullException>(async () => await queue.EnterAsync("c", CancellationToken.None));

        first.Dispose();
        (await again).Dispose();
        (await onceMore).Dispose();
        Assert.Equal((0, 0), (queue.WaitingCount, queue.RunningCount));
    }

    [Fact]
    public async Task Who_gives_up_makes_room_and_loses_nobodys_turn()
    {
        var queue = Queue(1, 1);
        var running = await queue.EnterAsync("a", CancellationToken.None);
        using var patience = new CancellationTokenSource();
        var impatient = queue.EnterAsync("b", patience.Token).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);

        var patient = queue.EnterAsync("c", CancellationToken.None);
        running.Dispose();
        (await patient).Dispose();

        Assert.Equal((0, 0), (queue.WaitingCount, queue.RunningCount));
    }

    [Fact]
    public async Task Giving_a_place_back_twice_gives_it_back_once()
    {
        var queue = Queue(1, 0);
        var place = await queue.EnterAsync("a", CancellationToken.None);
        place.Dispose();
        place.Dispose();

        using var next = await queue.EnterAsync("a", CancellationToken.None);
        await Assert.ThrowsAsync<QueueFullException>(async () => await queue.EnterAsync("a", CancellationToken.None));
    }

    [Fact]
    public async Task One_caller_never_holds_every_place()
    {
        var queue = Queue(4, 10, perCaller: 3);
        var held = await EnterAsync(queue, "flood", 3);
        var fourth = queue.EnterAsync("flood", CancellationToken.None).AsTask();

        using var other = await queue.EnterAsync("other", CancellationToken.None);
        Assert.False(fourth.IsCompleted);

        // A place of another is no use to it; one of its own is.
        other.Dispose();
        Assert.False(fourth.IsCompleted);
        held[0].Dispose();
        (await fourth).Dispose();
    }

    [Fact]
    public async Task A_flood_fills_half_of_the_room_and_leaves_the_rest_to_others()
    {
        var queue = Queue(1, 64);
        using var running = await queue.EnterAsync("flood", CancellationToken.None);

        Assert.Equal(32, CountWaiting(queue, "flood", 64));
        Assert.Equal(16, CountWaiting(queue, "second flood", 64));
        Assert.Equal(1, CountWaiting(queue, "newcomer", 1));
        Assert.Equal(49, queue.WaitingCount);
    }

    [Fact]
    public async Task Who_is_refused_is_told_how_long_the_queue_takes_at_the_pace_of_late()
    {
        var queue = Queue(2, 3);
        await HoldOneAfterAnotherAsync(queue, TimeSpan.FromSeconds(5), 100);
        using var first = await queue.EnterAsync("a", CancellationToken.None);
        using var second = await queue.EnterAsync("b", CancellationToken.None);
        foreach (var caller in (string[])["c", "d", "e"])
            _ = queue.EnterAsync(caller, CancellationToken.None).AsTask();

        var refusal = await Assert.ThrowsAsync<QueueFullException>(async () => await queue.EnterAsync("f", CancellationToken.None));

        // Three before it and itself, two at a time, five seconds each.
        Assert.Equal(10, refusal.RetryDelay.TotalSeconds, 0.1);
    }

    [Theory]
    [InlineData(0.001, 0.25)]
    [InlineData(600, 30)]
    public async Task The_delay_told_is_neither_a_moment_nor_for_ever(double secondsEach, double expectedSeconds)
    {
        var queue = Queue(1, 0);
        await HoldOneAfterAnotherAsync(queue, TimeSpan.FromSeconds(secondsEach), 100);
        using var running = await queue.EnterAsync("a", CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<QueueFullException>(async () => await queue.EnterAsync("b", CancellationToken.None));

        Assert.Equal(expectedSeconds, refusal.RetryDelay.TotalSeconds);
    }

    [Fact]
    public async Task Who_left_already_takes_no_place()
    {
        var queue = Queue(1, 1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await queue.EnterAsync("a", new CancellationToken(canceled: true)));

        Assert.Equal((0, 0), (queue.WaitingCount, queue.RunningCount));
    }

    private FairQueue Queue(int places, int capacity, int? perCaller = null) => new(places, perCaller ?? places, capacity, _time);

    private static async Task<List<IDisposable>> EnterAsync(FairQueue queue, string caller, int count)
    {
        var held = new List<IDisposable>();
        for (var i = 0; i < count; i++)
            held.Add(await queue.EnterAsync(caller, CancellationToken.None));
        return held;
    }

    private static int CountWaiting(FairQueue queue, string caller, int tries) =>
        Enumerable.Range(0, tries).Count(_ => !queue.EnterAsync(caller, CancellationToken.None).AsTask().IsFaulted);

    private async Task HoldOneAfterAnotherAsync(FairQueue queue, TimeSpan each, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var place = await queue.EnterAsync("a", CancellationToken.None);
            _time.Advance(each);
        }
    }
}

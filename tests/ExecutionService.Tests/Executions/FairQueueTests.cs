using OnlineCompiler.ExecutionService.Executions;

namespace OnlineCompiler.ExecutionService.Tests.Executions;

public sealed class FairQueueTests
{
    [Fact]
    public async Task Callers_take_turns_whatever_one_of_them_queued_before()
    {
        var queue = new FairQueue(1, 10);
        var order = new List<string>();
        var first = await queue.EnterAsync("flood", CancellationToken.None);

        var entries = "flood flood flood other".Split(' ').Select(async caller =>
        {
            using var place = await queue.EnterAsync(caller, CancellationToken.None);
            order.Add(caller);
        }).ToList();
        first.Dispose();
        await Task.WhenAll(entries);

        Assert.Equal(["flood", "other", "flood", "flood"], order);
    }

    [Fact]
    public async Task Beyond_its_capacity_it_refuses()
    {
        var queue = new FairQueue(1, 1);
        using var running = await queue.EnterAsync("a", CancellationToken.None);
        var waiting = queue.EnterAsync("b", CancellationToken.None);

        await Assert.ThrowsAsync<QueueFullException>(async () => await queue.EnterAsync("c", CancellationToken.None));

        running.Dispose();
        (await waiting).Dispose();
        Assert.Equal((0, 0), (queue.WaitingCount, queue.RunningCount));
    }

    [Fact]
    public async Task Who_gives_up_makes_room_and_loses_nobodys_turn()
    {
        var queue = new FairQueue(1, 1);
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
        var queue = new FairQueue(1, 0);
        var place = await queue.EnterAsync("a", CancellationToken.None);
        place.Dispose();
        place.Dispose();

        using var next = await queue.EnterAsync("a", CancellationToken.None);
        await Assert.ThrowsAsync<QueueFullException>(async () => await queue.EnterAsync("a", CancellationToken.None));
    }
}

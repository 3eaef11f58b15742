using OnlineCompiler.ExecutionService.Executions;

namespace OnlineCompiler.ExecutionService.Tests.Executions;

/// <summary>What must hold of the queue whatever happens to it: many callers, one of them a flood, coming, leaving and giving up at random.</summary>
public sealed class FairnessTests
{
    private const int Places = 4;
    private const int PlacesPerCaller = 3;
    private const int Callers = 8;
    private const int Steps = 2_000;

    private readonly FairQueue _queue = new(Places, PlacesPerCaller, capacity: 400, TimeProvider.System);
    private readonly List<Entry> _waiting = [];
    private readonly List<Entry> _running = [];

    /// <summary>For a caller who waits and may go on: how often each other one was served since its turn was due.</summary>
    private readonly Dictionary<(int Waits, int Served), int> _overtaken = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Nobody_is_overtaken_twice_by_anyone_and_no_place_stays_empty(int seed)
    {
        var random = new Random(seed);
        var served = 0;
        for (var step = 0; step < Steps; step++)
        {
            var dice = random.Next(100);
            if (dice < 45)
                Arrive(random.Next(3) > 0 ? 0 : random.Next(Callers));
            else if (dice < 50 && _waiting.Count > 0)
                await GiveUpAsync(_waiting[random.Next(_waiting.Count)]);
            else if (_running.Count > 0)
                Leave(_running[random.Next(_running.Count)]);
            served += await SettleAsync();
            CheckPlaces();
        }
        Assert.True(served > Steps / 5, $"Only {served} were served: the test has tested little.");

        while (_running.Count > 0)
        {
            Leave(_running[0]);
            await SettleAsync();
        }
        Assert.Empty(_waiting);
        Assert.Equal((0, 0), (_queue.WaitingCount, _queue.RunningCount));
    }

    private void Arrive(int caller)
    {
        var patience = new CancellationTokenSource();
        var entering = _queue.EnterAsync($"caller {caller}", patience.Token).AsTask();
        if (!entering.IsFaulted)
            _waiting.Add(new Entry(caller, entering, patience));
    }

    private async Task GiveUpAsync(Entry entry)
    {
        await entry.Patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entry.Entering);
        _waiting.Remove(entry);
        ForgetTurnsThatAreNotDue();
    }

    private void Leave(Entry entry)
    {
        _running.Remove(entry);
        entry.Entering.Result.Dispose();
    }

    /// <summary>Takes note of who was served; the queue has decided already, only its tasks may take a moment.</summary>
    private async Task<int> SettleAsync()
    {
        var served = 0;
        while (_running.Count < _queue.RunningCount)
        {
            await Task.WhenAny(_waiting.Select(entry => entry.Entering)).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            var entry = _waiting.First(entry => entry.Entering.IsCompletedSuccessfully);
            _waiting.Remove(entry);
            _running.Add(entry);
            served++;
            CountOvertaken(entry.Caller);
        }
        ForgetTurnsThatAreNotDue();
        return served;
    }

    private void CountOvertaken(int servedCaller)
    {
        foreach (var waits in _waiting.Select(entry => entry.Caller).Distinct().Where(caller => caller != servedCaller && MayGoOn(caller)))
        {
            var count = _overtaken[(waits, servedCaller)] = _overtaken.GetValueOrDefault((waits, servedCaller)) + 1;
            Assert.True(count <= 1, $"Caller {servedCaller} was served {count} times while caller {waits} waited for its turn.");
        }
        foreach (var key in _overtaken.Keys.Where(key => key.Waits == servedCaller))
            _overtaken.Remove(key);
    }

    private void ForgetTurnsThatAreNotDue()
    {
        foreach (var key in _overtaken.Keys.Where(key => !MayGoOn(key.Waits) || !_waiting.Exists(entry => entry.Caller == key.Waits)))
            _overtaken.Remove(key);
    }

    private bool MayGoOn(int caller) => _running.Count(entry => entry.Caller == caller) < PlacesPerCaller;

    private void CheckPlaces()
    {
        Assert.InRange(_running.Count, 0, Places);
        Assert.All(_running.GroupBy(entry => entry.Caller), own => Assert.InRange(own.Count(), 1, PlacesPerCaller));
        if (_running.Count < Places)
            Assert.DoesNotContain(_waiting, entry => MayGoOn(entry.Caller));
    }

    private sealed record Entry(int Caller, Task<IDisposable> Entering, CancellationTokenSource Patience);
}

using System.Threading.Channels;
using OnlineCompiler.ExecutionService.Executions;

namespace OnlineCompiler.ExecutionService.Judging;

/// <summary>
/// Judges tests, several at once within their caller's share of the queue. One of the crew never stops before the tests do;
/// the others help as long as there is room to wait. Each gives its place back after every test, so that a judgement of a
/// thousand tests holds nobody up longer than one of them.
/// </summary>
/// <param name="caller">Whose share it is.</param>
/// <param name="tests">In the order they are taken.</param>
/// <param name="queues">Where places are waited for.</param>
/// <param name="judge">Judges a test.</param>
/// <param name="stopsAtFirstFailure">Then no test behind a failed one is begun.</param>
internal sealed class TestCrew(
    string caller, IReadOnlyList<JudgeTest> tests, ExecutionQueues queues, Func<JudgeTest, CancellationToken, Task<TestJudged>> judge, bool stopsAtFirstFailure)
    : IDisposable
{
    private const int MaxUnread = 16;

    private readonly Lock _lock = new();
    // Who reads slowly slows its own tests down.
    private readonly Channel<TestJudged> _judged = Channel.CreateBounded<TestJudged>(MaxUnread);
    private readonly CancellationTokenSource _allTaken = new();
    private int _next;
    private int _end = tests.Count;
    private int _helperCount;

    /// <summary>Tests as they end; completes when all that were begun have.</summary>
    public IAsyncEnumerable<TestJudged> ReadAsync(CancellationToken cancellationToken) => _judged.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Completes when nothing of the crew runs any more.</summary>
    /// <param name="place">To begin with; it is given back.</param>
    /// <param name="cancellationToken">Kills what runs.</param>
    public async Task WorkAsync(IDisposable place, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var helpers = new List<Task>();
        try
        {
            for (IDisposable? mine = place; mine is not null; mine = await EnterAsync(queues.Working.EnterAgainAsync, stop.Token))
            {
                CallHelpers(helpers, stop.Token);
                await TakeTestAsync(mine, stop.Token);
            }
            await Task.WhenAll(helpers);
            _judged.Writer.Complete();
        }
        catch (Exception exception)
        {
            _judged.Writer.TryComplete(exception);
        }
        finally
        {
            place.Dispose();
            await stop.CancelAsync();
            await Task.WhenAll(helpers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits for a place as long as there are tests for it; null when there are none left.</summary>
    private async Task<IDisposable?> EnterAsync(Func<string, CancellationToken, ValueTask<IDisposable>> enter, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _allTaken.Token);
        try
        {
            return await enter(caller, waiting.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _allTaken.Dispose();

    private void CallHelpers(List<Task> helpers, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            helpers.RemoveAll(helper => helper.IsCompletedSuccessfully);
            for (; _helperCount < Math.Min(queues.PlacesPerCaller, _end - _next) - 1; _helperCount++)
                helpers.Add(Task.Run(() => HelpAsync(cancellationToken), cancellationToken));
        }
    }

    private async Task HelpAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await EnterAsync(queues.Working.EnterAsync, cancellationToken) is { } place)
                await TakeTestAsync(place, cancellationToken);
        }
        catch (QueueFullException)
        {
            // The tests go on without this one; another is called after the next test.
        }
        catch (Exception exception)
        {
            _judged.Writer.TryComplete(exception);
            throw;
        }
        finally
        {
            lock (_lock)
                _helperCount--;
        }
    }

    private async Task TakeTestAsync(IDisposable place, CancellationToken cancellationToken)
    {
        TestJudged judged;
        using (place)
        {
            if (NextTest() is not { } test)
                return;
            judged = (await judge(test, cancellationToken)).ForShow();
            if (stopsAtFirstFailure && judged.Ruling.Verdict != Verdict.Accepted)
                EndBefore(test.Index);
        }
        await _judged.Writer.WriteAsync(judged, cancellationToken);
    }

    private JudgeTest? NextTest()
    {
        JudgeTest? test = null;
        bool wasLast;
        lock (_lock)
        {
            if (_next < _end)
                test = tests[_next++];
            wasLast = _next >= _end;
        }
        if (wasLast)
            _allTaken.Cancel();
        return test;
    }

    private void EndBefore(int index)
    {
        bool wasLast;
        lock (_lock)
        {
            _end = Math.Min(_end, index);
            wasLast = _next >= _end;
        }
        if (wasLast)
            _allTaken.Cancel();
    }
}

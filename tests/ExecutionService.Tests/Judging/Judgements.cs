using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Judging;

/// <summary>Makes judgements short to write and their answers short to read.</summary>
internal static class Judgements
{
    public static JudgeTest Test(string input, string expected, params string[] arguments) =>
        new() { Input = ByteString.CopyFromUtf8(input), ExpectedOutput = ByteString.CopyFromUtf8(expected), Arguments = { arguments } };

    public static JudgeRequest Judge(ExecuteRequest program, params JudgeTest[] tests) => new() { Program = program, Tests = { tests } };

    public static JudgeRequest CheckedBy(this JudgeRequest request, string checker, Limits? limits = null)
    {
        request.Checker = Requests.Python(checker, limits: limits);
        return request;
    }

    public static JudgeRequest TalkingWith(this JudgeRequest request, string interactor, Limits? limits = null)
    {
        request.Interactor = Requests.Python(interactor, limits: limits);
        return request;
    }

    public static async Task<Judged> JudgeAsync(this ServiceFixture service, JudgeRequest request)
    {
        using var call = service.Client.Judge(request, cancellationToken: TestContext.Current.CancellationToken);
        var events = new List<JudgeEvent>();
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            events.Add(call.ResponseStream.Current);
        return new Judged(events);
    }
}

/// <summary>What a judgement told, after checking what holds for every one.</summary>
internal sealed class Judged
{
    public Judged(IReadOnlyList<JudgeEvent> events)
    {
        Events = events;
        Assert.Equal(JudgeEvent.EventOneofCase.Accepted, events[0].EventCase);
        Assert.Equal(JudgeEvent.EventOneofCase.Result, events[^1].EventCase);
        Result = events[^1].Result;
        InOrderOfArrival = [.. events.Select(item => item.TestFinished).Where(test => test is not null)];
        Tests = [.. InOrderOfArrival.OrderBy(test => test.Index)];
        Assert.Equal(Enumerable.Range(0, Tests.Count), Tests.Select(test => (int)test.Index));
        Assert.Equal(Tests.Count, (int)(Result.AcceptedCount + Result.FailedCount + Result.SkippedCount));
        Assert.Equal(Tests.Count(test => test.Verdict == Verdict.Accepted), (int)Result.AcceptedCount);
        Assert.Equal(Tests.Count(test => test.Verdict == Verdict.Skipped), (int)Result.SkippedCount);
        Assert.Equal(Tests.Sum(test => test.Score), Result.Score, 9);
    }

    public IReadOnlyList<JudgeEvent> Events { get; }

    public JudgeResult Result { get; }

    public IReadOnlyList<JudgeTestResult> Tests { get; }

    public IReadOnlyList<JudgeTestResult> InOrderOfArrival { get; }

    public IEnumerable<Verdict> Verdicts => Tests.Select(test => test.Verdict);

    /// <summary>For the message of an assertion.</summary>
    public override string ToString() => string.Join('\n', Events);
}

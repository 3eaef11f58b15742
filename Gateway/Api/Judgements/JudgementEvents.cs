using System.Runtime.CompilerServices;
using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Api.Judgements;

/// <summary>Reads the service's events as the API's, one at a time or all of them.</summary>
internal static class JudgementEvents
{
    public static async IAsyncEnumerable<ServerEvent> ReadAsync(
        IAsyncStreamReader<JudgeEvent> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in source.ReadAllAsync(cancellationToken))
        {
            switch (happened.EventCase)
            {
                case JudgeEvent.EventOneofCase.Accepted:
                    yield return new ServerEvent("accepted", new AcceptedEvent(happened.Accepted.RequestId, happened.Accepted.Language, happened.Accepted.Version));
                    break;
                case JudgeEvent.EventOneofCase.Compiled:
                    yield return new ServerEvent("compiled", CompiledAnswer.From(happened.Compiled));
                    break;
                case JudgeEvent.EventOneofCase.TestFinished:
                    yield return new ServerEvent("test", TestAnswer.From(happened.TestFinished));
                    break;
                case JudgeEvent.EventOneofCase.Result:
                    yield return new ServerEvent("result", JudgementResult.From(happened.Result));
                    break;
            }
        }
    }

    /// <exception cref="ProblemException">The service ended its answer before it had a result.</exception>
    public static async Task<JudgementAnswer> GatherAsync(IAsyncEnumerable<ServerEvent> events)
    {
        var compiled = new List<CompiledAnswer>();
        var tests = new List<TestAnswer>();
        JudgementResult? result = null;
        await foreach (var happened in events)
        {
            switch (happened.Data)
            {
                case CompiledAnswer part:
                    compiled.Add(part);
                    break;
                case TestAnswer test:
                    tests.Add(test);
                    break;
                case JudgementResult last:
                    result = last;
                    break;
            }
        }

        return result is null
            ? throw new ProblemException(ProblemKind.Unavailable.Problem("The service ended its answer too early."))
            : new JudgementAnswer(result, compiled, [.. tests.OrderBy(test => test.Index)]);
    }
}

using System.Runtime.CompilerServices;
using Grpc.Core;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Api.Executions;

/// <summary>Reads the service's events as the API's, in their order, one at a time: whoever reads slowly slows the program down.</summary>
internal static class ExecutionEvents
{
    public static async IAsyncEnumerable<ExecutionEvent> ReadAsync(
        IAsyncStreamReader<ExecuteEvent> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One for each stage and stream: their bytes mix in the order of arrival.
        var splitters = new Dictionary<(Stage, Output.Types.Stream), Utf8Splitter>();

        while (await source.MoveNext(cancellationToken))
        {
            var current = source.Current;
            switch (current.EventCase)
            {
                case ExecuteEvent.EventOneofCase.Accepted:
                    yield return new AcceptedEvent(current.Accepted.RequestId, current.Accepted.Language, current.Accepted.Version);
                    break;
                case ExecuteEvent.EventOneofCase.StageStarted:
                    yield return new StageEvent(current.StageStarted.Stage);
                    break;
                case ExecuteEvent.EventOneofCase.Output:
                    if (Split(splitters, current.Output) is { Data.Bytes.IsEmpty: false } output)
                        yield return output;
                    break;
                case ExecuteEvent.EventOneofCase.StageFinished:
                    foreach (var rest in Flush(splitters))
                        yield return rest;
                    yield return new StageResultEvent(current.StageFinished.Stage, StageAnswer.From(current.StageFinished.Result)!);
                    break;
                case ExecuteEvent.EventOneofCase.Artifact:
                    yield return ArtifactEvent.From(current.Artifact);
                    break;
                case ExecuteEvent.EventOneofCase.Result:
                    yield return ExecutionAnswer.From(current.Result);
                    break;
            }
        }
    }

    private static OutputEvent Split(Dictionary<(Stage, Output.Types.Stream), Utf8Splitter> splitters, Output output)
    {
        var key = (output.Stage, output.Stream);
        if (!splitters.TryGetValue(key, out var splitter))
            splitters[key] = splitter = new Utf8Splitter();
        return new OutputEvent(output.Stage, output.Stream, splitter.Push(output.Data.Memory));
    }

    private static IEnumerable<OutputEvent> Flush(Dictionary<(Stage Stage, Output.Types.Stream Stream), Utf8Splitter> splitters)
    {
        foreach (var (key, splitter) in splitters)
        {
            if (splitter.Flush() is { Bytes.IsEmpty: false } rest)
                yield return new OutputEvent(key.Stage, key.Stream, rest);
        }
    }
}

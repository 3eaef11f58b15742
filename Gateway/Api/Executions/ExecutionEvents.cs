using System.Runtime.CompilerServices;
using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Json;

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
            if (current.Position > 0 || current.Resumed is not null)
            {
                // A run that may be resumed is told event by event: nothing may wait here for what comes, which another connection may get.
                if (Plain(current) is { } item)
                    yield return item with { Position = current.Position, Inputs = current.Inputs };
                continue;
            }
            switch (current.EventCase)
            {
                case ExecuteEvent.EventOneofCase.Output:
                    if (Split(splitters, current.Output) is { Data.Bytes.IsEmpty: false } output)
                        yield return output;
                    break;
                case ExecuteEvent.EventOneofCase.StageFinished:
                    foreach (var rest in Flush(splitters))
                        yield return rest;
                    yield return Plain(current)!;
                    break;
                default:
                    if (Plain(current) is { } plain)
                        yield return plain;
                    break;
            }
        }
    }

    /// <summary>The event as it is; null for one that is unknown here.</summary>
    private static ExecutionEvent? Plain(ExecuteEvent current) => current.EventCase switch
    {
        ExecuteEvent.EventOneofCase.Accepted => ToAccepted(current.Accepted),
        ExecuteEvent.EventOneofCase.StageStarted => new StageEvent(current.StageStarted.Stage),
        ExecuteEvent.EventOneofCase.Output => new OutputEvent(current.Output.Stage, current.Output.Stream, TextOrBytes.From(current.Output.Data)),
        ExecuteEvent.EventOneofCase.StageFinished => new StageResultEvent(current.StageFinished.Stage, StageAnswer.From(current.StageFinished.Result)!),
        ExecuteEvent.EventOneofCase.Artifact => ArtifactEvent.From(current.Artifact),
        ExecuteEvent.EventOneofCase.Result => ExecutionAnswer.From(current.Result),
        ExecuteEvent.EventOneofCase.Resumed => new ResumedEvent(current.Resumed.RequestId, current.Resumed.Language, current.Resumed.Version),
        ExecuteEvent.EventOneofCase.Missed => new MissedEvent(current.Missed.Bytes),
        ExecuteEvent.EventOneofCase.Stopping => new StoppingEvent(current.Stopping.WithinMs),
        _ => null,
    };

    private static AcceptedEvent ToAccepted(Accepted accepted) => new(accepted.RequestId, accepted.Language, accepted.Version)
    {
        Resume = accepted.ResumeToken is "" ? null : new ResumeOffer(accepted.ResumeToken, accepted.ResumeWithinMs),
    };

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

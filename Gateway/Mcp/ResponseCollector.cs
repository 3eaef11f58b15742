using Google.Protobuf;
using Grpc.Core;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Mcp;

/// <summary>Puts the events of a run together to the answer that a call without events would have given.</summary>
internal sealed class ResponseCollector
{
    private readonly Dictionary<(Stage, Output.Types.Stream), MemoryStream> _outputs = [];
    private readonly List<Artifact> _artifacts = [];
    private ExecuteResponse? _result;

    /// <exception cref="RpcException"><c>UNAVAILABLE</c>: the service stopped before it said how the run ended.</exception>
    public ExecuteResponse Response => _result ?? throw new RpcException(new Status(StatusCode.Unavailable, "The events ended before the result."));

    public void Add(ExecuteEvent item)
    {
        switch (item.EventCase)
        {
            case ExecuteEvent.EventOneofCase.Output:
                var key = (item.Output.Stage, item.Output.Stream);
                if (!_outputs.TryGetValue(key, out var text))
                    _outputs[key] = text = new MemoryStream();
                text.Write(item.Output.Data.Span);
                break;
            case ExecuteEvent.EventOneofCase.Artifact:
                _artifacts.Add(item.Artifact);
                break;
            case ExecuteEvent.EventOneofCase.Result:
                _result = item.Result.Clone();
                Fill(_result.Compile, Stage.Compile);
                Fill(_result.Run, Stage.Run);
                _result.Artifacts.AddRange(_artifacts);
                break;
        }
    }

    private void Fill(StageResult? result, Stage stage)
    {
        if (result is null)
            return;
        result.Stdout = TextOf(stage, Output.Types.Stream.Stdout);
        result.Stderr = TextOf(stage, Output.Types.Stream.Stderr);
    }

    private ByteString TextOf(Stage stage, Output.Types.Stream stream) =>
        _outputs.TryGetValue((stage, stream), out var text) ? UnsafeByteOperations.UnsafeWrap(text.GetBuffer().AsMemory(0, (int)text.Length)) : ByteString.Empty;
}

using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Gathers the events of an execution into its one answer; the output limit bounds what it holds.</summary>
internal sealed class GatheredAnswer(Executions.Execution execution)
{
    private readonly Dictionary<(ExecutionStage, SandboxStream), MemoryStream> _output = [];
    private readonly List<Artifact> _artifacts = [];
    private ExecuteResponse? _response;

    public ExecuteResponse Response => _response ?? throw new InvalidOperationException("The execution has not finished.");

    public void Add(ExecutionEvent happened)
    {
        switch (happened)
        {
            case StageOutput output:
                if (!_output.TryGetValue((output.Stage, output.Stream), out var stream))
                    _output[(output.Stage, output.Stream)] = stream = new MemoryStream();
                stream.Write(output.Data.Span);
                break;
            case ArtifactCollected artifact:
                _artifacts.Add(EventMapper.Map(artifact.File));
                break;
            case ExecutionFinished finished:
                _response = EventMapper.Map(execution, finished);
                _response.Artifacts.Add(_artifacts);
                AddOutput(_response.Compile, ExecutionStage.Compile);
                AddOutput(_response.Run, ExecutionStage.Run);
                break;
        }
    }

    private void AddOutput(StageResult? result, ExecutionStage stage)
    {
        if (result is null)
            return;
        result.Stdout = Bytes(stage, SandboxStream.StandardOutput);
        result.Stderr = Bytes(stage, SandboxStream.StandardError);
    }

    private ByteString Bytes(ExecutionStage stage, SandboxStream stream) =>
        _output.TryGetValue((stage, stream), out var bytes)
            ? UnsafeByteOperations.UnsafeWrap(bytes.GetBuffer().AsMemory(0, (int)bytes.Length))
            : ByteString.Empty;
}

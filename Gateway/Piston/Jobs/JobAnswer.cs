using System.ComponentModel;
using System.Text.Json.Serialization;
using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Piston.Runtimes;

namespace OnlineCompiler.Gateway.Piston.Jobs;

/// <summary>The answer to a job, whatever its program did.</summary>
internal sealed record JobAnswer
{
    [JsonPropertyOrder(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Only where the language has a compile stage.")]
    public StageReport? Compile { get; init; }

    [JsonPropertyOrder(2), Description("When compiling failed there was no run, and this is a copy of compile.")]
    public required StageReport Run { get; init; }

    [JsonPropertyOrder(3), Description("Piston's name of the language, whatever alias the job used.")]
    public required string Language { get; init; }

    [JsonPropertyOrder(4), Description("The version that ran it.")]
    public required string Version { get; init; }

    /// <exception cref="RpcException">The service refused or failed.</exception>
    public static async Task<JobAnswer> GatherAsync(Runtime runtime, IAsyncStreamReader<ExecuteEvent> events, CancellationToken cancellationToken)
    {
        var outputs = new Dictionary<Stage, StageOutput> { [Stage.Compile] = new(), [Stage.Run] = new() };
        ExecuteResponse? result = null;
        while (await events.MoveNext(cancellationToken))
        {
            if (events.Current is { EventCase: ExecuteEvent.EventOneofCase.Output, Output: var output })
                outputs[output.Stage].Add(output.Stream, output.Data);
            else if (events.Current.EventCase is ExecuteEvent.EventOneofCase.Result)
                result = events.Current.Result;
        }

        if (result is not { Compile: { } } and not { Run: { } })
            throw new RpcException(new Status(StatusCode.Internal, "The service ended its answer without a result."));
        foreach (var output in outputs.Values)
            output.End();
        var compile = result.Compile is null ? null : StageReport.From(result.Compile, outputs[Stage.Compile]);
        return new JobAnswer
        {
            Compile = compile,
            Run = result.Run is null ? compile! : StageReport.From(result.Run, outputs[Stage.Run]),
            Language = runtime.Language,
            Version = runtime.Version,
        };
    }
}

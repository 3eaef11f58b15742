using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Api.Executions;

/// <summary>Examples for the API's pages, made of the types themselves so that they cannot disagree.</summary>
internal static class ExecutionExamples
{
    public static readonly ExecutionBody Body = new()
    {
        Language = "python",
        Version = "3",
        Files = [new FileBody { Path = "main.py", Content = TextOrBytes.From("print(input()[::-1])") }],
        Stdin = TextOrBytes.From("abc"),
        Arguments = [],
        Limits = new LimitsBody { WallTimeMs = 2_000, MemoryBytes = 134_217_728 },
        Collect = ["*.png"],
    };

    public static readonly ExecutionAnswer Answer = new()
    {
        Id = "0198c1f3a7c87d3e9b1f0a2c4d5e6f70",
        Language = "python",
        Version = "3.11.2",
        Outcome = Outcome.Succeeded,
        Compile = null,
        Run = new StageAnswer
        {
            Outcome = Outcome.Succeeded,
            ExitCode = 0,
            Signal = null,
            Stdout = TextOrBytes.From("cba\n"),
            Stderr = TextOrBytes.From(""),
            Truncated = false,
            WallTimeMs = 6.1,
            CpuTimeMs = 4.9,
            MemoryPeakBytes = 9_437_184,
            Message = null,
        },
        Artifacts = [],
    };

    public const string Events =
        "event: accepted\ndata: {\"id\":\"0198c1f3a7c87d3e9b1f0a2c4d5e6f70\",\"language\":\"python\",\"version\":\"3.11.2\"}\n\n" +
        "event: stage\ndata: {\"stage\":\"run\"}\n\n" +
        "event: output\ndata: {\"stage\":\"run\",\"stream\":\"stdout\",\"data\":\"cba\\n\"}\n\n";
}

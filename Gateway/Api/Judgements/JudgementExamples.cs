using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Api.Judgements;

/// <summary>Examples for the API's pages, made of the types themselves so that they cannot disagree.</summary>
internal static class JudgementExamples
{
    public static readonly JudgementBody Body = new()
    {
        Program = new PartBody
        {
            Language = "python",
            Files = [new FileBody { Path = "main.py", Content = TextOrBytes.From("a, b = map(int, input().split())\nprint(a + b)") }],
            Limits = new LimitsBody { CpuTimeMs = 1_000 },
        },
        Tests =
        [
            new TestBody { Id = "small", Input = TextOrBytes.From("1 2"), ExpectedOutput = TextOrBytes.From("3\n") },
            new TestBody { Id = "large", Input = TextOrBytes.From("1000000000 1"), ExpectedOutput = TextOrBytes.From("1000000001\n"), Points = 2, Hidden = true },
        ],
        Comparison = new ComparisonBody { Mode = ComparisonMode.Tokens },
    };

    public static readonly JudgementAnswer Answer = new()
    {
        Id = "0198c1f3a7c87d3e9b1f0a2c4d5e6f70",
        Language = "python",
        Version = "3.11.2",
        Verdict = Verdict.Accepted,
        Score = 3,
        Points = 3,
        Accepted = 2,
        Failed = 0,
        Skipped = 0,
        Message = null,
        Compiled = [],
        Tests = [Test(0, "small", 1, isHidden: false), Test(1, "large", 2, isHidden: true)],
    };

    public const string Events =
        "event: accepted\ndata: {\"id\":\"0198c1f3a7c87d3e9b1f0a2c4d5e6f70\",\"language\":\"python\",\"version\":\"3.11.2\"}\n\n" +
        "event: test\ndata: {\"index\":1,\"id\":\"large\",\"verdict\":\"accepted\",\"score\":2,\"points\":2,\"message\":null,\"hidden\":true,\"run\":{…}}\n\n";

    private static TestAnswer Test(uint index, string id, double points, bool isHidden) => new()
    {
        Index = index,
        Id = id,
        Verdict = Verdict.Accepted,
        Score = points,
        Points = points,
        Message = null,
        Hidden = isHidden,
        Run = new StageAnswer
        {
            Outcome = Outcome.Succeeded,
            ExitCode = isHidden ? null : 0,
            Signal = null,
            Stdout = TextOrBytes.From(isHidden ? "" : "3\n"),
            Stderr = TextOrBytes.From(""),
            Truncated = false,
            WallTimeMs = 6.1,
            CpuTimeMs = 4.9,
            MemoryPeakBytes = 9_437_184,
            Message = null,
        },
    };
}

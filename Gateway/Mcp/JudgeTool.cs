using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Api.Judgements;
using OnlineCompiler.Gateway.Json;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Mcp;

internal sealed class JudgeTool(ExecutionClient client, RunBudget budget, TimeProvider clock, IHttpContextAccessor context)
{
    [McpServerTool(Name = "judge", Title = "Judge a program by tests", Destructive = false, ReadOnly = true, OpenWorld = false, Idempotent = false,
        UseStructuredContent = true, OutputSchemaType = typeof(ToolJudgement))]
    [Description(
        "Compiles a program once, runs it on every test, and compares what it printed with what was expected: a verdict for each test and for all. " +
        "For each run that failed it tells where the output differs, or how the program ended.")]
    public Task<CallToolResult> JudgeAsync(
        McpServer server,
        RequestContext<CallToolRequestParams> request,
        [Description("Id or alias of a language, e.g. \"python\", \"cpp\"; list_languages has them.")] string language,
        [Description("1-1000 tests.")] IReadOnlyList<ToolTest> tests,
        [Description("The program's text, when it is one file. Give this or files.")] string? code = null,
        [Description("The program's files, the first to start with. Give this or code.")] IReadOnlyList<ToolFile>? files = null,
        [Description("How outputs are compared: lines (without white space at their ends), exact, tokens, noWhiteSpace or numbers. Default lines.")] ComparisonMode? comparison = null,
        [Description("Numbers only: how far a number may be off. Default 1e-6, absolute or relative.")] double? tolerance = null,
        [Description("Version range of the toolchain. Default: the language's usual one.")] string? version = null,
        [Description("Extra arguments for the compiler of a compiled language.")] IReadOnlyList<string>? compilerArguments = null,
        [Description("Milliseconds that each run may take, 1-60000. Default 10000.")] uint? wallTimeMs = null,
        [Description("Bytes of memory that each run may use. Default 256 MiB, some languages more.")] ulong? memoryBytes = null,
        [Description("Skip the tests after the first failed one.")] bool stopAtFirstFailure = false,
        CancellationToken cancellationToken = default) => ToolAnswers.AnswerAsync(
            async () =>
            {
                Caller.Demand(context.HttpContext!, Scopes.Judge);
                var body = new JudgementBody
                {
                    Program = new PartBody
                    {
                        Language = language,
                        Version = version,
                        Files = await ToolProgram.FilesAsync(client, language, code, files, cancellationToken),
                        CompilerArguments = compilerArguments,
                        Limits = new LimitsBody { WallTimeMs = wallTimeMs, MemoryBytes = memoryBytes },
                    },
                    Tests = [.. tests.Select(test => test?.ToBody())],
                    Comparison = comparison is null && tolerance is null
                        ? null
                        : new ComparisonBody { Mode = comparison, AbsoluteTolerance = tolerance, RelativeTolerance = tolerance },
                    StopAtFirstFailure = stopAtFirstFailure,
                };
                var events = JudgementsApi.ReadAsync(JudgementsApi.Charge(body, budget, context.HttpContext!), client, clock, cancellationToken);
                var heard = TellAsync(events, server, request.Params.ProgressToken, tests.Count, cancellationToken);
                return ToolAnswers.From(ToolJudgement.From(await JudgementEvents.GatherAsync(heard)));
            },
            cancellationToken);

    /// <summary>Passes the events on, and tells of each test when it is over.</summary>
    private static async IAsyncEnumerable<ServerEvent> TellAsync(
        IAsyncEnumerable<ServerEvent> events, McpServer server, ProgressToken? listener, int tests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var done = 0;
        await foreach (var item in events)
        {
            if (listener is { } token && item.Data is TestAnswer test)
            {
                var message = string.Create(CultureInfo.InvariantCulture, $"Test {test.Id}: {ToolJudgement.NameOf(test.Verdict)}");
                await server.NotifyProgressAsync(token, new ProgressNotificationValue { Progress = ++done, Total = tests, Message = message }, cancellationToken: cancellationToken);
            }
            yield return item;
        }
    }
}

internal sealed record ToolTest(
    [property: Description("What the program reads from standard input.")] string? Input,
    [property: Description("What it must print.")] string? ExpectedOutput,
    [property: Description("Arguments of the program.")] IReadOnlyList<string>? Arguments = null)
{
    public TestBody ToBody() => new()
    {
        Input = Input is null ? null : TextOrBytes.From(Input),
        ExpectedOutput = ExpectedOutput is null ? null : TextOrBytes.From(ExpectedOutput),
        Arguments = Arguments,
    };
}

internal sealed record ToolJudgement
{
    [Description("That of the first test that failed; accepted when none did; compilationError when the program does not compile.")]
    public required Verdict Verdict { get; init; }

    public required uint Accepted { get; init; }

    public required uint Failed { get; init; }

    public required uint Skipped { get; init; }

    [Description("Why no test ran; else null.")]
    public required string? Message { get; init; }

    [Description("What the compiler said; empty when the language has no compile stage.")]
    public required string CompilerOutput { get; init; }

    [Description("In the order of the call.")]
    public required IReadOnlyList<ToolTestResult> Tests { get; init; }

    public static ToolJudgement From(JudgementAnswer answer) => new()
    {
        Verdict = answer.Verdict,
        Accepted = answer.Accepted,
        Failed = answer.Failed,
        Skipped = answer.Skipped,
        Message = answer.Message,
        CompilerOutput = string.Concat(answer.Compiled.Select(compiled => compiled.Result.Stdout.ToText() + compiled.Result.Stderr.ToText())),
        Tests = [.. answer.Tests.Select(test => new ToolTestResult(
            test.Verdict, test.Message, test.Run?.Stdout.ToText() ?? "", test.Run?.Stderr.ToText() ?? "", test.Run?.ExitCode, test.Run?.WallTimeMs ?? 0, test.Run?.MemoryPeakBytes ?? 0))],
    };

    public static string NameOf(Verdict verdict) => System.Text.Json.JsonSerializer.SerializeToElement(verdict, ToolJson.Options).GetString()!;
}

internal sealed record ToolTestResult(
    Verdict Verdict,
    [property: Description("Where the output differs, or which limit was reached; null when there is nothing to say.")] string? Message,
    [property: Description("The first 16 KiB of what the program printed.")] string Stdout,
    string Stderr,
    [property: Description("0-255; null unless the program exited by itself.")] int? ExitCode,
    double WallTimeMs,
    ulong MemoryPeakBytes);

using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Json;
using OnlineCompiler.Gateway.Security;

namespace OnlineCompiler.Gateway.Mcp;

internal sealed class RunCodeTool(ExecutionClient client, TimeProvider clock, IHttpContextAccessor context)
{
    [McpServerTool(Name = "run_code", Title = "Run a program", Destructive = false, ReadOnly = true, OpenWorld = false, Idempotent = false,
        UseStructuredContent = true, OutputSchemaType = typeof(RunCodeAnswer))]
    [Description(
        "Compiles and runs a program in a fresh sandbox without a network, and returns what it printed, how it ended and what it used. " +
        "Images and other files that it wrote come back when \"collect\" names them.")]
    public Task<CallToolResult> RunAsync(
        McpServer server,
        RequestContext<CallToolRequestParams> request,
        [Description("Id or alias of a language, e.g. \"python\", \"cpp\"; list_languages has them.")] string language,
        [Description("The program's text, when it is one file. Give this or files.")] string? code = null,
        [Description("The program's files, the first to start with. Give this or code.")] IReadOnlyList<ToolFile>? files = null,
        [Description("What the program reads from standard input.")] string? stdin = null,
        [Description("Arguments of the program.")] IReadOnlyList<string>? arguments = null,
        [Description("Version range of the toolchain, e.g. \"3\", \"^12\". Default: the language's usual one.")] string? version = null,
        [Description("Extra arguments for the compiler of a compiled language.")] IReadOnlyList<string>? compilerArguments = null,
        [Description("Milliseconds that the run may take, 1-60000. Default 10000.")] uint? wallTimeMs = null,
        [Description("Bytes of memory that the run may use. Default 256 MiB, some languages more.")] ulong? memoryBytes = null,
        [Description("Globs (*, ?, **) of files to return after the run, e.g. \"*.png\".")] IReadOnlyList<string>? collect = null,
        CancellationToken cancellationToken = default) => ToolAnswers.AnswerAsync(
            async () =>
            {
                Caller.Demand(context.HttpContext!, Scopes.Run);
                var body = new ExecutionBody
                {
                    Language = language,
                    Version = version,
                    Files = await ToolProgram.FilesAsync(client, language, code, files, cancellationToken),
                    Stdin = stdin is null ? null : TextOrBytes.From(stdin),
                    Arguments = arguments,
                    CompilerArguments = compilerArguments,
                    Limits = new LimitsBody { WallTimeMs = wallTimeMs, MemoryBytes = memoryBytes },
                    Collect = collect,
                };
                var response = await RunAsync(body.ToRequest(Caller.Of(context.HttpContext!)), server, request.Params.ProgressToken, cancellationToken);
                return ToolAnswers.From(RunCodeAnswer.From(response), response.Artifacts.Select(ToolArtifacts.ToContent));
            },
            cancellationToken);

    /// <summary>Tells each stage as it begins, and gives the answer as if nobody had listened.</summary>
    private async Task<ExecuteResponse> RunAsync(ExecuteRequest request, McpServer server, ProgressToken? listener, CancellationToken cancellationToken)
    {
        using var call = client.ExecuteStream(request, deadline: ExecutionsApi.DeadlineFrom(clock), cancellationToken: cancellationToken);
        var collector = new ResponseCollector();
        var steps = 0;
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            var current = call.ResponseStream.Current;
            collector.Add(current);
            // Awaited, so that they leave in their order.
            if (listener is { } token && Describe(current) is { } message)
                await server.NotifyProgressAsync(token, new ProgressNotificationValue { Progress = ++steps, Message = message }, cancellationToken: cancellationToken);
        }
        return collector.Response;
    }

    private static string? Describe(ExecuteEvent item) => item.EventCase switch
    {
        ExecuteEvent.EventOneofCase.Accepted => $"Accepted for {item.Accepted.Language} {item.Accepted.Version}",
        ExecuteEvent.EventOneofCase.StageStarted => item.StageStarted.Stage == Stage.Compile ? "Compiling" : "Running",
        _ => null,
    };
}

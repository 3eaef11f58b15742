using System.ComponentModel;
using System.Text;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using OnlineCompiler.Ai.V1;
using OnlineCompiler.Gateway.Api.Ai;
using OnlineCompiler.Gateway.Json;
using OnlineCompiler.Gateway.Security;

namespace OnlineCompiler.Gateway.Mcp;

internal sealed class ExplainErrorTool(ExecutionClient executions, AssistantClient assistant, IHttpContextAccessor context)
{
    [McpServerTool(Name = "explain_error", Title = "Explain an error", Destructive = false, ReadOnly = true, OpenWorld = true, Idempotent = false,
        UseStructuredContent = true, OutputSchemaType = typeof(Explanation))]
    [Description("Explains in Markdown what went wrong with a program, by the service's own assistant; it says so when there is none.")]
    public Task<CallToolResult> ExplainAsync(
        [Description("Id of a language.")] string language,
        [Description("What the compiler said, or the program wrote to standard error.")] string error,
        [Description("The program's text, when it is one file. Give this or files.")] string? code = null,
        [Description("The program's files, the first to start with. Give this or code.")] IReadOnlyList<ToolFile>? files = null,
        [Description("What you want to know. Default: what went wrong.")] string? question = null,
        [Description("Language of the answer as an IETF tag. Default \"en\".")] string? locale = null,
        CancellationToken cancellationToken = default) => ToolAnswers.AnswerAsync(
            async () =>
            {
                Caller.Demand(context.HttpContext!, Scopes.Ai);
                var program = await ToolProgram.FilesAsync(executions, language, code, files, cancellationToken);
                var body = new ExplainBody
                {
                    Program = new ProgramBody { Language = language, Files = [.. program.Select(file => new ProgramFileBody { Path = file.Path, Content = file.Content!.Value.ToText() })] },
                    LastRun = new RunReportBody { Stderr = TextOrBytes.From(error) },
                    Question = question,
                    Locale = locale,
                };
                return ToolAnswers.From(await ExplainAsync(body.ToRequest(), cancellationToken));
            },
            cancellationToken);

    private async Task<Explanation> ExplainAsync(ExplainRequest request, CancellationToken cancellationToken)
    {
        using var call = assistant.Explain(request, cancellationToken: cancellationToken);
        var (text, model) = (new StringBuilder(), "");
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            var current = call.ResponseStream.Current;
            text.Append(current.Text);
            model = current.Completion?.Model ?? model;
        }
        return new Explanation(text.ToString(), model);
    }
}

internal sealed record Explanation(
    [property: Description("Markdown.")] string Text,
    [property: Description("As its provider names it.")] string Model);

using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Mcp;

internal sealed class ListLanguagesTool(ExecutionClient client)
{
    [McpServerTool(Name = "list_languages", Title = "List languages", Destructive = false, ReadOnly = true, OpenWorld = false, Idempotent = true,
        UseStructuredContent = true, OutputSchemaType = typeof(ToolLanguages))]
    [Description("Tells in which languages programs can be run, with versions, file names and installed libraries.")]
    public Task<CallToolResult> ListAsync(
        [Description("Part of a language's id, name or alias; not there for all.")] string? query = null, CancellationToken cancellationToken = default) => ToolAnswers.AnswerAsync(
            async () =>
            {
                var list = await client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: cancellationToken);
                return ToolAnswers.From(new ToolLanguages(
                    [.. list.Languages.Where(language => language.Installed && Matches(language, query)).Select(ToolLanguage.From)]));
            },
            cancellationToken);

    private static bool Matches(Language language, string? query) => query is null
        || language.Aliases.Prepend(language.Id).Append(language.Name).Any(name => name.Contains(query, StringComparison.OrdinalIgnoreCase));
}

internal sealed record ToolLanguages(IReadOnlyList<ToolLanguage> Languages);

internal sealed record ToolLanguage(
    string Id,
    string Name,
    IReadOnlyList<string> Aliases,
    [property: Description("All installed ones, the highest first; the usual one is version.")] IReadOnlyList<string> Versions,
    string Version,
    [property: Description("Name of the file to start with.")] string EntryPoint,
    [property: Description("Whether there is a compile stage before the run.")] bool Compiled,
    [property: Description("Popular libraries that are installed, as name and version.")] IReadOnlyList<string> Libraries)
{
    public static ToolLanguage From(Language language) => new(
        language.Id, language.Name, language.Aliases, language.Versions, language.Version, language.EntryPoint, language.Compiled,
        [.. language.Libraries.Select(library => $"{library.Name} {library.Version}".TrimEnd())]);
}

using System.ComponentModel;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Json;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Mcp;

internal sealed record ToolFile(
    [property: Description("Relative, '/'-separated.")] string Path,
    [property: Description("Its text.")] string Content);

internal static class ToolProgram
{
    /// <summary>The files of a program that is given as one text or as several files.</summary>
    /// <exception cref="ProblemException">Neither is given, or both.</exception>
    public static async Task<IReadOnlyList<FileBody>> FilesAsync(
        ExecutionClient client, string language, string? code, IReadOnlyList<ToolFile>? files, CancellationToken cancellationToken)
    {
        if (code is null == files is null or { Count: 0 })
            throw ProblemException.ForField("code", "Give the program as code, or as files, not both.");
        return code is null
            ? [.. files!.Select(file => new FileBody { Path = file.Path, Content = TextOrBytes.From(file.Content) })]
            : [new FileBody { Path = await PathAsync(client, language, cancellationToken), Content = TextOrBytes.From(code) }];
    }

    /// <summary>Some compilers care for the name of the file; of a language that nobody knows, the service will say so.</summary>
    private static async Task<string> PathAsync(ExecutionClient client, string language, CancellationToken cancellationToken)
    {
        var list = await client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: cancellationToken);
        return list.Languages.FirstOrDefault(known => known.Id == language || known.Aliases.Contains(language))?.EntryPoint ?? "main";
    }
}

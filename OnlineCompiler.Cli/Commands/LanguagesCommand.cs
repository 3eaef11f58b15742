using System.CommandLine;
using OnlineCompiler.Cli.Running;
using OnlineCompiler.Cli.Terminals;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Commands;

/// <summary><c>oc languages</c></summary>
internal static class LanguagesCommand
{
    private static readonly string[] Headings = ["LANGUAGE", "NAME", "VERSIONS", "FILES"];

    public static Command Create()
    {
        var server = new ServerOption();
        var apiKey = new ApiKeyOption();
        var all = new Option<bool>("--all") { Description = "Those that are not installed, too" };
        var command = new Command("languages", "List what the server can run") { server, apiKey, all };
        command.SetAction((parsed, cancellationToken) => Failures.ReportAsync(parsed.GetRequiredValue(server), async () =>
        {
            using var client = ServerOption.CreateClient(parsed.GetRequiredValue(server), parsed.GetValue(apiKey));
            return await ListAsync(client, parsed.GetValue(all), cancellationToken);
        }));
        return command;
    }

    private static async Task<int> ListAsync(OnlineCompilerClient client, bool all, CancellationToken cancellationToken)
    {
        var languages = await client.ListLanguagesAsync(cancellationToken);
        var rows = languages.Where(language => all || language.Installed).Select(Row).Prepend(Headings).ToList();
        var widths = Enumerable.Range(0, Headings.Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        foreach (var row in rows)
            StandardStreams.WriteOutput(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd() + "\n");
        return 0;
    }

    private static string[] Row(Language language) =>
        [language.Id, language.Name, language.Installed ? string.Join(" ", language.Versions) : "not installed", string.Join(" ", language.Extensions)];
}

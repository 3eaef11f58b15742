using System.CommandLine;
using OnlineCompiler.Cli.Running;
using OnlineCompiler.Cli.Terminals;

namespace OnlineCompiler.Cli.Commands;

/// <summary>Everything that can be typed after <c>oc</c>.</summary>
internal static class CommandLine
{
    private const string Separator = "--";

    /// <returns>The exit status.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        // The parser would take what follows for files of ours; it is the program's, whatever it looks like.
        var separator = Array.IndexOf(arguments, Separator);
        var own = separator < 0 ? arguments : arguments[..separator];
        var programs = separator < 0 ? [] : arguments[(separator + 1)..];

        var root = new RootCommand("Runs programs on an OnlineCompiler as if they ran here.")
        {
            RunCommand.Create(programs),
            SubmitCommand.Create(programs),
            WaitCommand.Create(),
            WaitCommand.CreateCancel(),
            LanguagesCommand.Create(),
        };
        var parsed = root.Parse(own);
        if (parsed.Errors.Count > 0)
            return Refuse(parsed);
        // Signals are the program's, and failures are told by the commands.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    // On standard error: standard output is the program's.
    private static int Refuse(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
            StandardStreams.Say(error.Message);
        var command = parsed.CommandResult.Command;
        StandardStreams.Say(command is RootCommand ? "See oc --help." : $"See oc {command.Name} --help.");
        return ExitStatus.OwnFailure;
    }
}
